package palette.numeric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A logistic model of answers with effects of each person's own beside what is known of them,
 *
 * <pre>P(answer j of u) = sigmoid(o_uj + t_u . b_uj),   t_u ~ N(0, S / ridge)</pre>
 *
 * with offsets o and slopes b given. Everybody's t is a convex problem ({@link Newton}). The ridge
 * is that of the lowest loss of answers set aside, with no effects at all among those tried. S is
 * learned by EM (Dempster, Laird and Rubin 1977): the mean of t t' by the Laplace approximation,
 * drawn to a ball as if by as many people more as there are effects, and taken into the slopes,
 * {@code b <- C'b} with S = C C'; rounds end when the loss rises.
 */
public final class RandomEffects {
  private static final int ROUNDS = 6;

  private final int effects;
  private final List<Answers> trained = new ArrayList<>();
  private final List<Answers> judged = new ArrayList<>();
  private final Newton solver; // with a mix of one, the offset
  private final double[] center;
  private double[][] turned;

  /** One person's answers: a row is the offset and then the slopes; how much each weighs. */
  public record Answers(double[] rows, double[] weights) {

    private double margin(int j, double[] t) {
      double margin = 0;
      for (int i = 0; i < t.length; i++) margin += t[i] * rows[j * t.length + i];
      return margin;
    }
  }

  /**
   * What was found.
   *
   * @param effects a row a person: the offset's, 1, and then t
   * @param turned what the slopes were multiplied by
   * @param ridge infinite where no effects are best
   * @param loss of the answers set aside
   */
  public record Found(double[][] effects, double[][] turned, double ridge, double loss) {}

  /** The answers to learn from and those set aside, person by person; no rows are kept as given. */
  public RandomEffects(List<Answers> trained, List<Answers> judged, int effects) {
    this.effects = effects;
    for (var said : trained) this.trained.add(new Answers(said.rows.clone(), said.weights));
    for (var said : judged) this.judged.add(new Answers(said.rows.clone(), said.weights));
    solver = new Newton(1 + effects, 1, effects);
    center = new double[1 + effects];
    center[0] = 1;
    turned = new double[effects][effects];
    for (int i = 0; i < effects; i++) turned[i][i] = 1;
  }

  /** The best of some ridges, from strong to weak, or of no effects at all. */
  public Found best(double[] ridges) {
    double[][] none = none();
    var best = new Found(none, turned, Double.POSITIVE_INFINITY, loss(none));
    for (int r = 0; r < ROUNDS; r++) {
      var found = along(ridges);
      if (r > 0 && found.loss >= best.loss) break;
      if (found.loss < best.loss) best = found;
      turn(found);
    }
    return best;
  }

  /** The best of some ridges with the slopes as they are. */
  public Found along(double... ridges) {
    double[][] t = none();
    Found best = null;
    for (double ridge : ridges) {
      for (int u = 0; u < t.length; u++) solve(ridge, u, t[u]); // from where the last one ended
      double loss = loss(t);
      if (best != null && loss >= best.loss) continue;
      var copy = Arrays.stream(t).map(double[]::clone).toArray(double[][]::new);
      best = new Found(copy, turned, ridge, loss);
    }
    return best;
  }

  private double[][] none() {
    double[][] t = new double[trained.size()][1 + effects];
    for (double[] one : t) one[0] = 1;
    return t;
  }

  /** One person's effects. */
  private double[] solve(double ridge, int u, double[] t) {
    var said = trained.get(u);
    solver.solve(said.rows, said.weights, said.weights.length, ridge, center, t);
    return t;
  }

  private double loss(double[][] t) {
    double sum = 0;
    for (int u = 0; u < t.length; u++) {
      var said = judged.get(u);
      for (int j = 0; j < said.weights.length; j++) {
        sum += said.weights[j] * Links.logLoss(said.margin(j, t[u]));
      }
    }
    return sum;
  }

  // ------------------------------------------------------------------------------ the covariance

  private void turn(Found found) {
    double[] c = covariance(found);
    Cholesky.factor(c, effects);
    double[][] product = new double[effects][effects];
    for (int i = 0; i < effects; i++) {
      for (int j = i; j < effects; j++) {
        for (int l = 0; l < effects; l++) product[i][l] += c[j * effects + i] * turned[j][l];
      }
    }
    turned = product;
    for (var all : List.of(trained, judged)) {
      for (var said : all) {
        for (int j = 0; j < said.weights.length; j++) turn(c, said.rows, j * (1 + effects) + 1);
      }
    }
  }

  /** C' b, in place. */
  private void turn(double[] c, double[] b, int at) {
    for (int i = 0; i < effects; i++) {
      double sum = 0;
      for (int j = i; j < effects; j++) sum += c[j * effects + i] * b[at + j];
      b[at + i] = sum;
    }
  }

  /** S, with the unit matrix's trace. */
  private double[] covariance(Found found) {
    double[] s = new double[effects * effects];
    for (int u = 0; u < found.effects.length; u++) {
      double[] t = solve(found.ridge, u, found.effects[u].clone());
      double[] curved = solver.factor();
      for (int i = 0; i < effects; i++) {
        double[] row = Simplex.vertex(effects, i);
        Cholesky.solve(curved, effects, row);
        for (int l = 0; l < effects; l++) s[i * effects + l] += row[l] + t[1 + i] * t[1 + l];
      }
    }
    double mean = 0;
    for (int i = 0; i < effects; i++) mean += s[i * effects + i] / effects;
    double share = effects / (double) found.effects.length;
    for (int i = 0; i < s.length; i++) {
      s[i] = (s[i] / mean + (i % (effects + 1) == 0 ? share : 0)) / (1 + share);
    }
    return s;
  }
}
