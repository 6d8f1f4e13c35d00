package palette.evaluate;

import palette.numeric.Svd;
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
    return of(mean, Svd.of(covariance));
  }

  /** The axes that points come with, without a mean taken off; shares are not known. */
  public static PrincipalAxes same(int d) {
    double[][] axes = new double[d][d];
    double[] shares = new double[d];
    for (int a = 0; a < d; a++) {
      axes[a][a] = 1;
      shares[a] = Double.NaN;
    }
    return new PrincipalAxes(new double[d], axes, shares);
  }

  private static PrincipalAxes of(double[] mean, Svd svd) {
    int d = mean.length;
    double[][] axes = new double[d][];
    double[] shares = new double[d];
    boolean[] used = new boolean[d];
    double total = 0;
    for (double s : svd.values()) total += s;
    for (int rank = 0; rank < d; rank++) {
      int best = -1;
      for (int c = 0; c < d; c++) {
        if (!used[c] && (best < 0 || svd.values()[c] > svd.values()[best])) best = c;
      }
      used[best] = true;
      axes[rank] = column(svd.v(), best);
      shares[rank] = total == 0 ? 0 : svd.values()[best] / total;
    }
    return new PrincipalAxes(mean, axes, shares);
  }

  private static double[] column(double[][] v, int c) {
    double[] axis = new double[v.length];
    double largest = 0;
    for (int r = 0; r < axis.length; r++) {
      axis[r] = v[r][c];
      if (Math.abs(axis[r]) > Math.abs(largest)) largest = axis[r];
    }
    if (largest < 0) for (int r = 0; r < axis.length; r++) axis[r] = -axis[r];
    return axis;
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
