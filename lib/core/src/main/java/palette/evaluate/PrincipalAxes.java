package palette.evaluate;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import palette.support.Checks;

/**
 * The directions in which points differ most (principal component analysis): the eigenvectors of
 * their covariance, largest variance first. Each direction is turned so that its largest entry is
 * positive, to look the same from run to run.
 *
 * @param mean d numbers
 * @param axes shape [d][d], one direction a row
 * @param shares of the variance, summing to 1 (all 0 where the points coincide)
 */
public record PrincipalAxes(double[] mean, double[][] axes, double[] shares) {

  /** Of points, shape [n][d]. */
  public static PrincipalAxes of(double[][] points) {
    Checks.require(points.length > 0, "points", "at least one", "none");
    int d = points[0].length;
    double[] mean = Alignment.mean(points, d);
    double[][] covariance = new double[d][d];
    for (double[] point : points) {
      double[] x = Alignment.minus(point, mean);
      for (int a = 0; a < d; a++) for (int b = 0; b < d; b++) covariance[a][b] += x[a] * x[b];
    }
    var svd = new SingularValueDecomposition(new Array2DRowRealMatrix(covariance));
    double[] sizes = svd.getSingularValues();
    double total = Arrays.stream(sizes).sum();
    double[] shares = Arrays.stream(sizes).map(s -> total == 0 ? 0 : s / total).toArray();
    double[][] axes = svd.getVT().getData();
    for (double[] axis : axes) turn(axis);
    return new PrincipalAxes(mean, axes, shares);
  }

  private static void turn(double[] axis) {
    double largest = 0;
    for (double a : axis) if (Math.abs(a) > Math.abs(largest)) largest = a;
    if (largest < 0) for (int c = 0; c < axis.length; c++) axis[c] = -axis[c];
  }

  /**
   * The plane to draw points in: as they are in two dimensions or one, without a mean taken off and
   * with shares that are not known; else where they differ most.
   */
  public static PrincipalAxes plane(double[][] points) {
    int d = points[0].length;
    if (d > 2) return of(points);
    double[] unknown = new double[d];
    Arrays.fill(unknown, Double.NaN);
    return new PrincipalAxes(
        new double[d], MatrixUtils.createRealIdentityMatrix(d).getData(), unknown);
  }

  /** The point's coordinates on the first n axes. */
  public double[] on(int n, double[] point) {
    double[] x = Alignment.minus(point, mean);
    double[] to = new double[n];
    for (int a = 0; a < Math.min(n, x.length); a++) {
      for (int c = 0; c < x.length; c++) to[a] += axes[a][c] * x[c];
    }
    return to;
  }
}
