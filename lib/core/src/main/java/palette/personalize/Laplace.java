package palette.personalize;

import java.util.Arrays;
import java.util.stream.IntStream;
import palette.numeric.Cholesky;
import palette.numeric.Simplex;
import palette.numeric.Span;
import palette.reward.Link;
import palette.reward.PrototypeModel.Prior;
import palette.reward.Space;
import palette.reward.WeightMargins;

/**
 * The Laplace approximation at the fitted weights: a normal distribution with the inverse of the
 * loss's curvature as covariance, on the face of the simplex where they lie, or in the free space.
 * The curvature is sum_j v_j loss''(m_j/T) m_j' m_j't / T^2 + strength I (Gauss-Newton where
 * margins are not linear).
 */
final class Laplace {
  private static final double BOUND = 1e-9;
  private static final double NONE = 1e-12; // of a direction's length 1, what rounding leaves

  private Laplace() {}

  /** A standard deviation a weight; NaN at the bound, infinite where the answers say nothing. */
  static double[] deviations(WeightMargins evidence, Link link, Prior prior, double[] w) {
    double[] deviations = new double[w.length];
    Arrays.fill(deviations, Double.NaN);
    if (prior.space() == Space.POINT) return deviations;
    boolean all = prior.space() == Space.FREE;
    if (all && evidence.size() < w.length) return fewAnswers(evidence, link, prior, w);
    int[] free = free(prior.space(), w);
    int n = all ? free.length : free.length - 1;
    if (n <= 0) return deviations;
    double[] tied = new double[n]; // 1: of the mix, so that the last gives what it takes
    for (int i = 0; i < n; i++) tied[i] = prior.space().isFree(free[i]) ? 0 : 1;
    double[] reduced = onFace(curvature(evidence, link, prior, w), free, tied);
    if (!Cholesky.factor(reduced, n)) {
      for (int k : free) deviations[k] = Double.POSITIVE_INFINITY;
      return deviations;
    }
    if (Arrays.stream(tied).sum() > 0) {
      deviations[free[n]] = Math.sqrt(Cholesky.form(reduced, n, tied));
    }
    for (int i = 0; i < n; i++) {
      deviations[free[i]] = Math.sqrt(Cholesky.form(reduced, n, Simplex.vertex(n, i)));
    }
    return deviations;
  }

  /** The same of more free weights than answers: within their rows' span, and as the prior. */
  private static double[] fewAnswers(WeightMargins evidence, Link link, Prior prior, double[] w) {
    var span = span(evidence, link, w);
    int rank = span.rank();
    double[] inside = new double[rank * rank];
    double[] rows = span.rows();
    for (int i = 0; i < rank; i++) {
      inside[i * rank + i] = prior.strength();
      for (int l = 0; l < rank; l++) {
        for (int j = 0; j < evidence.size(); j++) {
          inside[i * rank + l] += rows[j * rank + i] * rows[j * rank + l];
        }
      }
    }
    Cholesky.factor(inside, rank);
    double[] deviations = new double[w.length];
    double[] one = new double[rank];
    for (int k = 0; k < w.length; k++) {
      double outside = 1;
      for (int i = 0; i < rank; i++) {
        one[i] = span.at(i, k);
        outside -= one[i] * one[i];
      }
      double variance = Cholesky.form(inside, rank, one);
      if (outside > NONE) variance += outside / prior.strength();
      deviations[k] = Math.sqrt(variance);
    }
    return deviations;
  }

  private static Span span(WeightMargins evidence, Link link, double[] w) {
    double[] rows = new double[evidence.size() * w.length];
    double[] row = new double[w.length];
    double[] bends = bends(evidence, link, w);
    for (int j = 0; j < evidence.size(); j++) {
      Evidence.slope(evidence, j, w, link.temperature(), row);
      double size = Math.sqrt(bends[j]);
      for (int k = 0; k < w.length; k++) rows[j * w.length + k] = size * row[k];
    }
    return Span.of(rows, evidence.size(), w.length);
  }

  /** The second derivative of each answer's loss by m_j/T, times its weight. */
  private static double[] bends(WeightMargins evidence, Link link, double[] w) {
    int n = evidence.size();
    double[] margins = evidence.at(w);
    double[] weights = new double[n];
    double[] bends = new double[n];
    for (int j = 0; j < n; j++) margins[j] /= link.temperature();
    link.over(Evidence.outcomes(evidence)).sum(margins, weights, n, new double[n], bends);
    for (int j = 0; j < n; j++) bends[j] *= evidence.weight(j);
    return bends;
  }

  /** What can move either way: a mix's weights that are not 0, the last of them at the end. */
  private static int[] free(Space space, double[] w) {
    var own = IntStream.range(0, w.length).filter(space::isFree);
    var mix = IntStream.range(0, w.length).filter(k -> !space.isFree(k) && w[k] > BOUND);
    return IntStream.concat(own, mix).toArray();
  }

  private static double[] curvature(WeightMargins evidence, Link link, Prior prior, double[] w) {
    int columns = w.length;
    double[] h = new double[columns * columns];
    double[] row = new double[columns];
    double[] bends = bends(evidence, link, w);
    for (int j = 0; j < evidence.size(); j++) {
      Evidence.slope(evidence, j, w, link.temperature(), row);
      for (int k = 0; k < columns; k++) {
        for (int l = 0; l < columns; l++) h[k * columns + l] += bends[j] * row[k] * row[l];
      }
    }
    for (int k = 0; k < columns; k++) h[k * columns + k] += prior.strength();
    return h;
  }

  /** The curvature in what can move; a mix's last weight is 1 minus its others. */
  private static double[] onFace(double[] h, int[] free, double[] tied) {
    int columns = (int) Math.round(Math.sqrt(h.length));
    int n = tied.length;
    int r = free[free.length - 1];
    double[] reduced = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int k = free[i] * columns;
        double given = h[k + r] * tied[j] + h[r * columns + free[j]] * tied[i];
        reduced[i * n + j] = h[k + free[j]] - given + tied[i] * tied[j] * h[r * columns + r];
      }
    }
    return reduced;
  }
}
