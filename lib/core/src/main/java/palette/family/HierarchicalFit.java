package palette.family;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.fit.BasisModel;
import palette.fit.Fit;
import palette.fit.FitSpec;
import palette.fit.Fitted;
import palette.fit.Objective;
import palette.fit.TrainingSet;
import palette.fit.UserWeights;
import palette.personalize.Localizer;
import palette.personalize.Persons;
import palette.reward.History;
import palette.reward.PrototypeModel.Prior;
import palette.reward.Space;
import palette.reward.Temperature;
import palette.support.Progress;
import palette.support.Provenance;

/** Everybody's ridge around the population, and the choice of its strength. */
final class HierarchicalFit {
  private static final double[] RIDGES = {100, 30, 10, 3, 1};
  private static final double USUAL = 10;

  private final Hierarchical.Spec spec;
  private final Preferences train;
  private final Preferences validation; // of users that are in the training
  private final TrainingSet data;
  private final double size; // of items' vectors
  private final double[] center;
  private final Provenance from;

  private HierarchicalFit(
      Hierarchical.Spec spec, Preferences train, Preferences validation, Provenance from) {
    this.spec = spec;
    this.train = train;
    this.data = TrainingSet.of(train, validation, false, false);
    var met = validation.answering().stream().filter(id -> data.users.indexOf(id) >= 0).toList();
    this.validation = validation.ofUsers(met);
    this.size = size(data.items) / data.units.items();
    this.center = center(spec.everybody().fit(train, validation));
    this.from = from;
  }

  static Hierarchical fit(Hierarchical.Spec spec, Preferences train, Preferences validation) {
    var answers = Fit.embedded(train, spec);
    var seen = Fit.embedded(validation, train, answers, spec);
    var from = Provenance.now(Fit.provenance(spec, train, validation));
    var fit = new HierarchicalFit(spec, answers, seen, from);
    return Progress.quietly(fit::best);
  }

  /** The root of the mean squared length; 1 where there are no vectors. */
  private static double size(Catalog items) {
    double squares = 0;
    for (int i = 0; items.hasVectors() && i < items.size(); i++) {
      for (float v : items.vector(i)) squares += v * v;
    }
    return squares == 0 ? 1 : (float) Math.sqrt(squares / items.size());
  }

  /** The population's numbers in our columns, over its temperature. */
  private double[] center(BasisModel everybody) {
    var learned = everybody.fitted().parameters();
    double[] content = PopulationBasis.CONTENT.of(learned).doubles();
    double[] own = PopulationBasis.OWN.of(learned).doubles();
    int inputs = data.entries.dimension();
    double[] center = new double[inputs + (spec.carriesIdentities(data) ? own.length : 0)];
    for (int k = 0; k < center.length; k++) {
      double score = k < inputs ? content[k] * size : own[k - inputs];
      center[k] = score / everybody.temperature();
    }
    return Tensor.of(center, center.length).doubles(); // as it will be saved
  }

  /** Everybody at the strength of the lowest validation loss. */
  private Hierarchical best() {
    double asked = spec.settings().get(Hierarchical.RIDGE);
    boolean chooses = asked == 0 && validation.size() > 0;
    double[] ridges = chooses ? RIDGES : new double[] {asked > 0 ? asked : USUAL};
    var localizer = Localizer.of(model(1, null, new History(List.of(), 0)));
    var tried = new ArrayList<History.Epoch>(); // one a ridge, from strong to weak
    Persons people = null;
    int best = 1;
    for (double ridge : ridges) {
      var placed = localizer.strength(ridge).fitAll(train);
      tried.add(tried(tried.size() + 1, placed));
      boolean better =
          tried.get(tried.size() - 1).validationLoss() < tried.get(best - 1).validationLoss();
      if (better) best = tried.size();
      if (better || people == null) people = placed;
    }
    return model(ridges[best - 1], people, new History(tried, best));
  }

  private History.Epoch tried(int number, Persons placed) {
    double[] margins = placed.margins(validation);
    double accuracy = Objective.Measured.accuracy(margins, data.validation);
    double trained = loss(placed.margins(train), train);
    return new History.Epoch(number, trained, loss(margins, validation), accuracy, 0);
  }

  private static double loss(double[] margins, Preferences answers) {
    double total = IntStream.range(0, answers.size()).mapToDouble(answers::weight).sum();
    return Temperature.logLoss(margins, answers, 1) / total;
  }

  /** The model of these people; of nobody but the population where they are null. */
  private Hierarchical model(double ridge, Persons people, History history) {
    int columns = center.length;
    double[][] deviations = new double[data.users.size()][columns];
    for (int u = 0; people != null && u < deviations.length; u++) {
      deviations[u] = people.weights(data.users.id(u));
      for (int k = 0; k < columns; k++) deviations[u][k] -= center[k];
    }
    Map<String, Tensor> learned = new LinkedHashMap<>();
    learned.put(UserWeights.OFFSET.name(), Tensor.of(deviations, columns));
    learned.put(UserWeights.MEAN.name(), Tensor.of(center, columns));
    learned.put(HierarchicalBasis.SIZE.name(), Tensor.of(new double[] {size}, 1));
    data.units.addTo(learned);
    var settings = spec.settings().with(FitSpec.PROTOTYPES, columns);
    var its = spec.like(settings, null, spec.embedder());
    var prior = new Prior(Space.FREE, center, ridge, false);
    return new Hierarchical(
        new Fitted(
            its, data.users, data.items, data.prompts, learned, prior, 1, null, history, from));
  }
}
