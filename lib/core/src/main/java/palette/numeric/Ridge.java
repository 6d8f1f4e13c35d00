package palette.numeric;

import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;

/**
 * Linear regression of several numbers y on a vector x, kept small:
 *
 * <pre>min over B of  sum_i |(y_i - mean y) - B (x_i - mean x)|^2 + strength |B|^2</pre>
 *
 * with strength in sums of |x_i - mean x|^2. B = Y'X (X'X + strength I)^-1, by Cholesky.
 */
public final class Ridge {
  private final double[] mean; // of x
  private final double[] gram; // X'X, the lower triangle
  private final double[][] cross; // Y'X, [numbers][width]

  /** From rows x, [n][width], and y, [n][numbers]. */
  public Ridge(double[][] x, double[][] y) {
    int width = x[0].length;
    mean = VectorLoops.mean(x);
    gram = new double[width * width];
    cross = new double[y[0].length][width];
    double[] others = VectorLoops.mean(y);
    for (int i = 0; i < x.length; i++) {
      double[] row = VectorLoops.minus(x[i], mean);
      double[] numbers = VectorLoops.minus(y[i], others);
      for (int a = 0; a < width; a++) {
        for (int b = 0; b <= a; b++) gram[a * width + b] += row[a] * row[b];
        for (int k = 0; k < cross.length; k++) cross[k][a] += numbers[k] * row[a];
      }
    }
  }

  /**
   * The same of few rows x that may be long, without their means taken off: B = Y' (XX' + share
   * trace(XX') I)^-1 X, [numbers][width].
   */
  public static double[][] ofFew(double[][] x, double[][] y, double share) {
    var rows = MatrixUtils.createRealMatrix(x);
    var gram = rows.multiply(rows.transpose());
    double added = share * gram.getTrace() + 1e-12;
    var sum = gram.add(MatrixUtils.createRealIdentityMatrix(x.length).scalarMultiply(added));
    var solver = new CholeskyDecomposition(sum, 1e-9, 0).getSolver();
    return solver.solve(MatrixUtils.createRealMatrix(y)).transpose().multiply(rows).getData();
  }

  /** The mean of x. */
  public double[] mean() {
    return mean.clone();
  }

  /** B, [numbers][width], for a strength above 0. */
  public double[][] slopes(double strength) {
    int width = mean.length;
    double size = 1e-300; // where all x are one, B is 0
    for (int a = 0; a < width; a++) size += gram[a * width + a];
    double[] factor = gram.clone();
    for (int a = 0; a < width; a++) factor[a * width + a] += strength * size;
    Cholesky.factor(factor, width);
    double[][] slopes = new double[cross.length][];
    for (int k = 0; k < slopes.length; k++) {
      slopes[k] = cross[k].clone();
      Cholesky.solve(factor, width, slopes[k]);
    }
    return slopes;
  }
}
