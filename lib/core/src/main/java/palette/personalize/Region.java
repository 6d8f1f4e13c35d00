package palette.personalize;

import java.util.Arrays;
import palette.numeric.Cholesky;
import palette.numeric.VectorLoops;

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
    double[] center = VectorLoops.mean(draws);
    var away = Arrays.stream(draws).map(x -> VectorLoops.minus(x, center));
    var unit = new Region(center, Cholesky.ofSquares(away.toArray(double[][]::new), FLAT), 1);
    double[] distances = Arrays.stream(draws).mapToDouble(unit::distance).toArray();
    return new Region(center, unit.factor, Belief.below(distances, Belief.checked(level)));
  }

  /** How many standard deviations a point lies from the center. */
  public double distance(double[] x) {
    return Math.sqrt(Cholesky.form(factor, center.length, VectorLoops.minus(x, center)));
  }

  /** Whether a point lies within. */
  public boolean contains(double[] x) {
    return distance(x) <= radius;
  }
}
