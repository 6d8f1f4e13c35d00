package palette.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.fit.BasisModel;
import palette.fit.Fit;
import palette.fit.FitSpec;
import palette.fit.Fitted;
import palette.fit.ItemRewards;
import palette.fit.Objective;
import palette.fit.TrainingSet;
import palette.fit.UserWeights;
import palette.numeric.Links;
import palette.numeric.Newton;
import palette.numeric.Span;
import palette.reward.History;
import palette.reward.PrototypeModel.Prior;
import palette.reward.Space;
import palette.support.Provenance;

/** Everybody's ridge around the population, and the choice of its strength. */
final class HierarchicalFit {
  private static final double[] RIDGES = {100, 30, 10, 3, 1};
  private static final double USUAL = 10;

  private final Hierarchical.Spec spec;
  private final TrainingSet data;
  private final double size; // of items' vectors
  private final int columns;
  private final ItemRewards rewards; // of the entries
  private final double[] center;
  private final int[][] trained; // rows by user
  private final int[][] judged;

  private HierarchicalFit(Hierarchical.Spec spec, TrainingSet data, BasisModel everybody) {
    this.spec = spec;
    this.data = data;
    float[][] x = data.entries.features();
    int inputs = data.entries.dimension();
    size = size(data.items) / data.units.items();
    columns = inputs + (spec.carriesIdentities(data) ? data.items.size() : 0);
    var scene = new ItemRewards.Scene(x, data.entries.identity(), new float[0][], 0);
    rewards = HierarchicalBasis.rows(size, scene);
    center = center(everybody, inputs);
    trained = byUser(data.train);
    judged = byUser(data.validation);
  }

  static Hierarchical fit(Hierarchical.Spec spec, Preferences train, Preferences validation) {
    var answers = Fit.embedded(train, spec);
    var seen = Fit.embedded(validation, train, answers, spec);
    var data = TrainingSet.of(answers, seen, false, false);
    var fit = new HierarchicalFit(spec, data, spec.everybody().fit(answers, seen));
    return fit.best(Provenance.now(Fit.provenance(spec, train, validation)));
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
  private double[] center(BasisModel everybody, int inputs) {
    var learned = everybody.fitted().parameters();
    double[] content = PopulationBasis.CONTENT.of(learned).doubles();
    double[] own = PopulationBasis.OWN.of(learned).doubles();
    double[] center = new double[columns];
    for (int c = 0; c < inputs; c++) center[c] = content[c] * size / everybody.temperature();
    for (int i = 0; inputs + i < columns; i++)
      center[inputs + i] = own[i] / everybody.temperature();
    return Tensor.of(center, columns).doubles(); // as it will be saved
  }

  private int[][] byUser(TrainingSet.Rows rows) {
    var lists = new ArrayList<List<Integer>>();
    for (int u = 0; u < data.users.size(); u++) lists.add(new ArrayList<>());
    for (int row = 0; row < rows.size(); row++) lists.get(rows.user[row]).add(row);
    return lists.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  // --------------------------------------------------------------------------------- the choice

  private Hierarchical best(Provenance provenance) {
    double asked = spec.settings().get(Hierarchical.RIDGE);
    boolean chooses = asked == 0 && data.validation.size() > 0;
    double[] ridges = chooses ? RIDGES : new double[] {asked > 0 ? asked : USUAL};
    var history = history(ridges);
    double ridge = ridges[history.best() - 1];
    double[][] deviations = new double[trained.length][];
    for (int u = 0; u < deviations.length; u++) {
      deviations[u] = weights(u, ridge)[0];
      for (int k = 0; k < columns; k++) deviations[u][k] -= center[k];
    }
    var prior = new Prior(Space.FREE, center, ridge, false);
    return new Hierarchical(fitted(deviations, prior, history, provenance));
  }

  /** One "epoch" a ridge, from strong to weak. */
  private History history(double[] ridges) {
    double[][] margins = new double[ridges.length][data.validation.size()];
    double[][] trainMargins = new double[ridges.length][data.train.size()];
    for (int u = 0; u < trained.length; u++) {
      double[][] w = weights(u, ridges);
      for (int r = 0; r < w.length; r++) {
        for (int row : trained[u]) trainMargins[r][row] = margin(data.train, row, w[r]);
        for (int row : judged[u]) margins[r][row] = margin(data.validation, row, w[r]);
      }
    }
    var tried = new ArrayList<History.Epoch>();
    int best = 1;
    for (int r = 0; r < ridges.length; r++) {
      double loss = loss(data.validation, margins[r]);
      double accuracy = Objective.Measured.accuracy(margins[r], data.validation);
      tried.add(new History.Epoch(r + 1, loss(data.train, trainMargins[r]), loss, accuracy, 0));
      if (loss < tried.get(best - 1).validationLoss()) best = r + 1;
    }
    return new History(tried, best);
  }

  private static double loss(TrainingSet.Rows rows, double[] margins) {
    double sum = 0;
    for (int row = 0; row < margins.length; row++) {
      sum += rows.weight[row] * Links.logLoss(margins[row]);
    }
    return sum / Arrays.stream(rows.weight).sum();
  }

  private double margin(TrainingSet.Rows rows, int row, double[] w) {
    return rewards.margin(rows.chosen[row], rows.rejected[row], -1, w, null);
  }

  // -------------------------------------------------------------------------------- one person

  /** Somebody's weights by each of some ridges. */
  private double[][] weights(int user, double... ridges) {
    int n = trained[user].length;
    double[] rows = new double[n * columns];
    double[] evidence = new double[n];
    double[] row = new double[columns];
    for (int j = 0; j < n; j++) {
      int at = trained[user][j];
      rewards.margins(data.train.chosen[at], data.train.rejected[at], -1, row);
      System.arraycopy(row, 0, rows, j * columns, columns);
      evidence[j] = data.train.weight[at];
    }
    var span = Span.of(rows, n, columns);
    var solver = Newton.free(span.rank());
    double[] from = span.inside(center);
    double[] there = from.clone(); // the next ridge begins where the last one ended
    double[][] weights = new double[ridges.length][];
    for (int r = 0; r < ridges.length; r++) {
      solver.solve(span.rows(), evidence, n, ridges[r], from, there);
      double[] by = there.clone();
      for (int i = 0; i < by.length; i++) by[i] -= from[i];
      weights[r] = center.clone();
      span.move(weights[r], by);
    }
    return weights;
  }

  // ---------------------------------------------------------------------------------- the model

  private Fitted fitted(
      double[][] deviations, Prior prior, History history, Provenance provenance) {
    double[] flat = Arrays.stream(deviations).flatMapToDouble(Arrays::stream).toArray();
    Map<String, Tensor> learned = new LinkedHashMap<>();
    learned.put(UserWeights.OFFSET.name(), Tensor.of(flat, deviations.length, columns));
    learned.put(UserWeights.MEAN.name(), Tensor.of(center, columns));
    learned.put(HierarchicalBasis.SIZE.name(), Tensor.of(new double[] {size}, 1));
    data.units.addTo(learned);
    var counted =
        spec.like(spec.settings().with(FitSpec.PROTOTYPES, columns), null, spec.embedder());
    return new Fitted(
        counted,
        data.users,
        data.items,
        data.prompts,
        learned,
        prior,
        1,
        null,
        history,
        provenance);
  }
}
