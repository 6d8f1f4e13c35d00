package palette.reward;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.TreeSet;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.support.InputException;
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
  private final Provenance provenance;
  private final int[] place; // position in the answers' catalog -> known item
  private final int inputs; // D
  private final double[][] x; // [item][D]
  private final double total; // weight of all answers
  private final double[] bend; // how sharply the loss can curve along each number, at most

  PopulationFit(Population.Spec spec, Preferences train, Catalog known, Provenance provenance) {
    this.spec = spec;
    this.train = train;
    this.known = known;
    this.provenance = provenance;
    this.inputs = known.dimension();
    this.place = train.items().ids().stream().mapToInt(known::indexOf).toArray();
    this.x = new double[known.size()][inputs];
    for (int i = 0; inputs > 0 && i < x.length; i++) {
      float[] vector = known.vector(i);
      for (int c = 0; c < inputs; c++) x[i][c] = vector[c];
    }
    double sum = 0;
    for (int row = 0; row < train.size(); row++) sum += train.weight(row);
    this.total = sum;
    this.bend = bend();
  }

  // ------------------------------------------------------------------------------------ the fit

  static Population fit(Population.Spec spec, Preferences train, Preferences validation) {
    if (train.size() == 0) {
      throw new InputException("fit", "at least one answer", "none", "Check the split.");
    }
    var answers = embedded(spec, train);
    boolean same = validation.items() == train.items();
    var seen = same ? validation.withItems(answers.items()) : embedded(spec, validation);
    var what = provenance(spec, train, validation);
    var problem = new PopulationFit(spec, answers, occurring(answers), what);
    return problem.best(seen);
  }

  /** Chooses the items' ridge first, then the content's, then the temperature. */
  private Population best(Preferences seen) {
    boolean chooses = seen.size() > 0;
    var judge = chooses ? seen : train;
    double content = spec.settings.real("ridge");
    double own = spec.settings.real("identityRidge");
    double usual = content > 0 ? content : USUAL_CONTENT;
    var best = new Candidate(start(), usual, own > 0 ? own : USUAL_OWN, Double.POSITIVE_INFINITY);
    if (!chooses || own > 0) best = candidate(best, usual, best.own, judge);
    else for (double ridge : OWN) best = better(best, candidate(best, usual, ridge, judge));
    if (chooses && content == 0 && inputs > 0) {
      for (double ridge : CONTENT) best = better(best, candidate(best, ridge, best.own, judge));
    }
    double temperature = Calibration.temperature(margins(best, judge), judge);
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
    double loss = 0;
    for (int row = 0; row < margins.length; row++) {
      loss += judge.weight(row) * Links.logLoss(margins[row]);
    }
    return new Candidate(at, content, own, loss);
  }

  private double[] margins(Candidate candidate, Preferences answers) {
    return model(candidate, 1).margins(answers);
  }

  private Population model(Candidate candidate, double temperature) {
    double[] at = candidate.at;
    double[] ridges = {candidate.content, candidate.own};
    var parameters = new LinkedHashMap<String, Tensor>();
    parameters.put("content", Tensor.of(Arrays.copyOf(at, inputs), inputs));
    parameters.put("items", Tensor.of(Arrays.copyOfRange(at, inputs, at.length), x.length));
    parameters.put("ridges", Tensor.of(ridges, 2));
    return new Population(new Population.Fitted(spec, known, parameters, temperature, provenance));
  }

  private static Preferences embedded(Population.Spec spec, Preferences answers) {
    var items = answers.items();
    if (spec.embedder == null || items.hasVectors() || items.size() == 0) return answers;
    return answers.withItems(items.withVectors(spec.embedder.embed(items.texts())));
  }

  private static Catalog occurring(Preferences answers) {
    var occurs = new TreeSet<Integer>();
    for (int row = 0; row < answers.size(); row++) {
      occurs.add(answers.chosen(row));
      occurs.add(answers.rejected(row));
    }
    return answers.items().select(occurs.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Provenance provenance(
      Population.Spec spec, Preferences train, Preferences validation) {
    var what = new TreeMap<String, String>();
    what.put("spec", spec.toString());
    what.put("train", train.fingerprint());
    what.put("validation", validation.fingerprint());
    what.put("embedder", spec.embedder == null ? "none" : spec.embedder.fingerprint());
    return Provenance.now(what);
  }

  // -------------------------------------------------------------------------------- the problem

  /**
   * v, then e: the minimum, from a start of the same form. Each number is measured in units of its
   * own curvature, so that an item in ten answers moves as readily as one in ten thousand.
   */
  double[] solve(double ridge, double identityRidge, double[] start) {
    double[] unit = new double[start.length];
    double[] from = new double[start.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = 1 / Math.sqrt(bend[i] + (i < inputs ? ridge : identityRidge));
      from[i] = start[i] / unit[i];
    }
    Lbfgs.Function f =
        (steps, gradient) -> {
          double value = value(times(steps, unit), gradient, ridge, identityRidge);
          for (int i = 0; i < unit.length; i++) gradient[i] *= unit[i];
          return value;
        };
    var minimum = Lbfgs.minimize(f, from, TOLERANCE * Math.sqrt(total), ITERATIONS);
    return times(minimum.x(), unit);
  }

  private static double[] times(double[] a, double[] b) {
    double[] product = a.clone();
    for (int i = 0; i < a.length; i++) product[i] *= b[i];
    return product;
  }

  /** sum_j weight_j / 4 * (difference of the two items)^2, number by number. */
  private double[] bend() {
    double[] bend = start();
    for (int row = 0; row < train.size(); row++) {
      int chosen = place[train.chosen(row)];
      int rejected = place[train.rejected(row)];
      bend[inputs + chosen] += train.weight(row) / 4;
      bend[inputs + rejected] += train.weight(row) / 4;
    }
    for (int i = 0; i < x.length; i++) {
      for (int c = 0; c < inputs; c++) bend[c] += bend[inputs + i] * x[i][c] * x[i][c];
    }
    return bend;
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
