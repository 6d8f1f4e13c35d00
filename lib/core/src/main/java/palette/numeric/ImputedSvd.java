package palette.numeric;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The largest singular values of a matrix with holes, which are NaN: they are filled with one
 * number, then again and again with what the product of the largest {@code rank} says of them, kept
 * within bounds. The decomposition is that of the matrix before its last filling, as in PReF's code
 * (Shenfeld et al., arXiv 2503.06358, appendix; read, not copied).
 *
 * @param filled the matrix after its last filling, [n][m]
 * @param u [n][min(n, m)], by falling singular values
 * @param values falling
 * @param v [m][min(n, m)]
 */
public record ImputedSvd(double[][] filled, double[][] u, double[] values, double[][] v) {

  /** What holes begin with, and between what bounds they stay. */
  public record Filling(double start, double low, double high) {}

  /** Fills so many times. */
  public static ImputedSvd of(double[][] matrix, int rank, int rounds, Filling filling) {
    double[][] full = new double[matrix.length][matrix[0].length];
    fill(full, matrix, (i, j) -> filling.start);
    ImputedSvd last = null;
    for (int round = 0; round < rounds; round++) {
      var svd = decomposed(full);
      fill(full, matrix, (i, j) -> clipped(svd.product(i, j, rank), filling));
      last = svd;
    }
    return new ImputedSvd(full, last.u, last.values, last.v);
  }

  private interface Guess {
    double at(int i, int j);
  }

  private static void fill(double[][] full, double[][] matrix, Guess guess) {
    for (int i = 0; i < full.length; i++) {
      for (int j = 0; j < full[i].length; j++) {
        full[i][j] = Double.isNaN(matrix[i][j]) ? guess.at(i, j) : matrix[i][j];
      }
    }
  }

  private static double clipped(double value, Filling filling) {
    return Math.max(filling.low, Math.min(filling.high, value));
  }

  private static ImputedSvd decomposed(double[][] a) {
    var svd = new SingularValueDecomposition(new Array2DRowRealMatrix(a));
    return new ImputedSvd(
        null, svd.getU().getData(), svd.getSingularValues(), svd.getV().getData());
  }

  /** What the product of the largest {@code rank} says of a place. */
  public double product(int i, int j, int rank) {
    double sum = 0;
    for (int c = 0; c < Math.min(rank, values.length); c++) sum += u[i][c] * values[c] * v[j][c];
    return sum;
  }

  /** The first columns of U sqrt(S). */
  public double[][] left(int rank) {
    return scaled(u, rank);
  }

  /** The first columns of V sqrt(S). */
  public double[][] right(int rank) {
    return scaled(v, rank);
  }

  private double[][] scaled(double[][] m, int rank) {
    double[][] scaled = new double[m.length][rank];
    for (int i = 0; i < m.length; i++) {
      for (int c = 0; c < rank; c++) scaled[i][c] = m[i][c] * Math.sqrt(values[c]);
    }
    return scaled;
  }
}
