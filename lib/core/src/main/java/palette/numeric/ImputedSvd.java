package palette.numeric;

import java.util.Comparator;
import java.util.stream.IntStream;

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
    boolean wide = a[0].length > a.length;
    var svd = Svd.of(wide ? turned(a) : a);
    int[] order =
        IntStream.range(0, svd.values().length)
            .boxed()
            .sorted(Comparator.comparingDouble(c -> -svd.values()[c]))
            .mapToInt(c -> c)
            .toArray();
    double[][] u = columns(wide ? svd.v() : svd.u(), order);
    double[][] v = columns(wide ? svd.u() : svd.v(), order);
    double[] values = IntStream.of(order).mapToDouble(c -> svd.values()[c]).toArray();
    return new ImputedSvd(null, u, values, v);
  }

  private static double[][] turned(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) for (int j = 0; j < t.length; j++) t[j][i] = a[i][j];
    return t;
  }

  private static double[][] columns(double[][] m, int[] order) {
    double[][] sorted = new double[m.length][order.length];
    for (int i = 0; i < m.length; i++) {
      for (int c = 0; c < order.length; c++) sorted[i][c] = m[i][order[c]];
    }
    return sorted;
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
