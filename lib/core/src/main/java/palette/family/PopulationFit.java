package palette.family;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.util.MathArrays;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.fit.Fit;
import palette.fit.Fitted;
import palette.fit.Parameter;
import palette.fit.TrainingSet;
import palette.fit.VectorUnits;
import palette.numeric.Lbfgs;
import palette.reward.PrototypeModel.Prior;
import palette.reward.Temperature;
import palette.support.Provenance;

/**
 * The population's score as a convex problem. With s_i = v . x_i + e_i,
 *
 * <pre>
 * sum_j weight_j * log(1 + exp(-(s_chosen - s_rejected))) + ridge/2 |v|^2 + identityRidge/2 |e|^2
 * </pre>
 *
 * An iteration scores each item once; an answer costs one subtraction and one exponential, and the
 * gradient flows back by item.
 */
final class PopulationFit {
  private static final int ITERATIONS = 300;
  private static final double TOLERANCE = 1e-4;
  private static final double[] OWN = {100, 30, 10, 3, 1};
  private static final double[] CONTENT = {10, 1000};
  private static final double USUAL_OWN = 10;
  private static final double USUAL_CONTENT = 100;

  private final Population.Spec spec;
  private final Preferences train;
  private final Catalog known;
  private final VectorUnits units;
  private final Provenance provenance;
  private final int[] place; // position in the answers' catalog -> known item
  private final int inputs; // D
  private final double[][] x; // [item][D]
  private final double total; // weight of all answers
  private final double[] curvature; // how sharply the loss can curve along each number, at most

  PopulationFit(Population.Spec spec, Preferences train, Catalog known, Provenance provenance) {
    this.spec = spec;
    this.train = train;
    this.known = known;
    this.units = VectorUnits.of(train, known);
    this.provenance = provenance;
    this.inputs = known.dimension();
    this.place = train.items().ids().stream().mapToInt(known::indexOf).toArray();
    this.x = new double[known.size()][inputs];
    for (int i = 0; inputs > 0 && i < x.length; i++) {
      float[] vector = units.item(known.vector(i));
      for (int c = 0; c < inputs; c++) x[i][c] = vector[c];
    }
    double sum = 0;
    for (int row = 0; row < train.size(); row++) sum += train.weight(row);
    this.total = sum;
    this.curvature = curvature();
  }

  // ------------------------------------------------------------------------------------ the fit

  static Population fit(Population.Spec spec, Preferences train, Preferences validation) {
    TrainingSet.requireAnswers(train);
    var answers = Fit.embedded(train, spec);
    var seen = Fit.embedded(validation, train, answers, spec);
    var what = Provenance.now(Fit.provenance(spec, train, validation));
    return new PopulationFit(spec, answers, TrainingSet.occurring(answers), what).best(seen);
  }

  /** Chooses the items' ridge first, then the content's, then the temperature. */
  private Population best(Preferences seen) {
    boolean chooses = seen.size() > 0;
    var judge = chooses ? seen : train;
    double content = spec.settings().get(Population.RIDGE);
    double own = spec.settings().get(Population.IDENTITY_RIDGE);
    double usual = content > 0 ? content : USUAL_CONTENT;
    var best = new Candidate(start(), usual, own > 0 ? own : USUAL_OWN, Double.POSITIVE_INFINITY);
    if (!chooses || own > 0) best = candidate(best, usual, best.own, judge);
    else for (double ridge : OWN) best = better(best, candidate(best, usual, ridge, judge));
    if (chooses && content == 0 && inputs > 0) {
      for (double ridge : CONTENT) best = better(best, candidate(best, ridge, best.own, judge));
    }
    double temperature = Temperature.of(margins(best, judge), judge);
    return model(best, temperature);
  }

  /** A solution, and the log loss that it has on the answers that choose. */
  private record Candidate(double[] at, double content, double own, double loss) {}

  private static Candidate better(Candidate a, Candidate b) {
    return b.loss < a.loss ? b : a;
  }

  private Candidate candidate(Candidate from, double content, double own, Preferences judge) {
    double[] at = solve(content, own, from.at);
    var solved = new Candidate(at, content, own, 0);
    double[] margins = margins(solved, judge);
    return new Candidate(at, content, own, Temperature.logLoss(margins, judge, 1));
  }

  private double[] margins(Candidate candidate, Preferences answers) {
    return model(candidate, 1).margins(answers);
  }

  private Population model(Candidate candidate, double temperature) {
    double[] at = candidate.at;
    double[] ridges = {candidate.content, candidate.own};
    var parameters = new LinkedHashMap<String, Tensor>();
    put(parameters, PopulationBasis.CONTENT, Arrays.copyOf(at, inputs));
    put(parameters, PopulationBasis.OWN, Arrays.copyOfRange(at, inputs, at.length));
    put(parameters, PopulationBasis.RIDGES, ridges);
    units.addTo(parameters);
    var none = Catalog.empty();
    var prior = Prior.onePoint();
    return new Population(
        new Fitted(
            spec, none, known, none, parameters, prior, temperature, null, null, provenance));
  }

  private static void put(Map<String, Tensor> into, Parameter parameter, double[] values) {
    into.put(parameter.name(), Tensor.of(values, values.length));
  }

  // -------------------------------------------------------------------------------- the problem

  /** v, then e: the minimum, each in units of its own curvature, so that rare items move too. */
  double[] solve(double ridge, double identityRidge, double[] start) {
    double[] unit = new double[start.length];
    double[] from = new double[start.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = 1 / Math.sqrt(curvature[i] + (i < inputs ? ridge : identityRidge));
      from[i] = start[i] / unit[i];
    }
    Lbfgs.Function f =
        (steps, gradient) -> {
          double value = value(MathArrays.ebeMultiply(steps, unit), gradient, ridge, identityRidge);
          for (int i = 0; i < unit.length; i++) gradient[i] *= unit[i];
          return value;
        };
    var minimum = Lbfgs.minimize(f, from, TOLERANCE * Math.sqrt(total), ITERATIONS);
    return MathArrays.ebeMultiply(minimum.x(), unit);
  }

  /** sum_j weight_j / 4 * (difference of the two items)^2, number by number. */
  private double[] curvature() {
    double[] curvature = start();
    for (int row = 0; row < train.size(); row++) {
      int chosen = place[train.chosen(row)];
      int rejected = place[train.rejected(row)];
      curvature[inputs + chosen] += train.weight(row) / 4;
      curvature[inputs + rejected] += train.weight(row) / 4;
    }
    for (int i = 0; i < x.length; i++) {
      for (int c = 0; c < inputs; c++) curvature[c] += curvature[inputs + i] * x[i][c] * x[i][c];
    }
    return curvature;
  }

  /** Nobody prefers anything. */
  double[] start() {
    return new double[inputs + x.length];
  }

  /** The objective; writes its gradient. */
  double value(double[] at, double[] gradient, double ridge, double identityRidge) {
    Arrays.fill(gradient, 0);
    double[] pull = new double[x.length];
    double loss = losses(scores(at), pull);
    for (int i = 0; i < x.length; i++) {
      for (int c = 0; c < inputs; c++) gradient[c] += pull[i] * x[i][c];
      gradient[inputs + i] = pull[i];
    }
    return loss
        + prior(at, gradient, ridge, 0, inputs)
        + prior(at, gradient, identityRidge, inputs, at.length);
  }

  private double[] scores(double[] at) {
    double[] scores = new double[x.length];
    for (int i = 0; i < scores.length; i++) {
      double sum = at[inputs + i];
      for (int c = 0; c < inputs; c++) sum += at[c] * x[i][c];
      scores[i] = sum;
    }
    return scores;
  }

  private double losses(double[] scores, double[] pull) {
    double loss = 0;
    for (int row = 0; row < train.size(); row++) {
      int chosen = place[train.chosen(row)];
      int rejected = place[train.rejected(row)];
      double m = scores[chosen] - scores[rejected];
      double e = Math.exp(-Math.abs(m)); // log1p is five times as slow, and no better in a sum
      double weight = train.weight(row);
      loss += weight * (Math.max(-m, 0) + Math.log(1 + e));
      double slope = weight * (m >= 0 ? e : 1) / (1 + e);
      pull[chosen] -= slope;
      pull[rejected] += slope;
    }
    return loss;
  }

  private static double prior(double[] at, double[] gradient, double ridge, int from, int to) {
    double square = 0;
    for (int i = from; i < to; i++) {
      square += at[i] * at[i];
      gradient[i] += ridge * at[i];
    }
    return ridge / 2 * square;
  }
}
