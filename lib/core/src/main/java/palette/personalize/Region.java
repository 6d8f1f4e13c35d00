package palette.personalize;

import java.util.Arrays;
import palette.numeric.Cholesky;

/**
 * An ellipsoid around the mean of some draws, {@code (x - center)' C^-1 (x - center) <= radius^2}
 * with C their covariance, just so large that it holds the share of them that was asked for.
 *
 * @param center the mean
 * @param factor of C, lower triangle, flat by rows
 * @param radius in standard deviations
 */
public record Region(double[] center, double[] factor, double radius) {
  private static final double FLAT = 1e-9; // of the mean variance, where draws lie in a plane

  static Region of(double[][] draws, double level) {
    int n = draws[0].length;
    double[] center = new double[n];
    for (double[] x : draws) for (int k = 0; k < n; k++) center[k] += x[k] / draws.length;
    double[] covariance = new double[n * n];
    for (double[] x : draws) {
      for (int i = 0; i < n * n; i++) {
        covariance[i] += (x[i / n] - center[i / n]) * (x[i % n] - center[i % n]) / draws.length;
      }
    }
    double trace = 0;
    for (int k = 0; k < n; k++) trace += covariance[k * n + k];
    for (int k = 0; k < n; k++) covariance[k * n + k] += FLAT * trace / n + Double.MIN_NORMAL;
    Cholesky.factor(covariance, n);
    var unit = new Region(center, covariance, 1);
    double[] distances = Arrays.stream(draws).mapToDouble(unit::distance).toArray();
    return new Region(center, covariance, Belief.middle(distances, 2 * level - 1).high());
  }

  /** How many standard deviations a point lies from the center. */
  public double distance(double[] x) {
    double[] away = new double[center.length];
    for (int k = 0; k < away.length; k++) away[k] = x[k] - center[k];
    return Math.sqrt(Cholesky.form(factor, away.length, away));
  }

  /** Whether a point lies within. */
  public boolean contains(double[] x) {
    return distance(x) <= radius;
  }
}
