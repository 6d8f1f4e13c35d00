package palette.simulate;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The little algebra that a world needs. */
final class Algebra {
  private Algebra() {}

  static double[] times(double[][] matrix, double[] x) {
    double[] y = new double[matrix.length];
    for (int r = 0; r < y.length; r++) {
      for (int c = 0; c < x.length; c++) y[r] += matrix[r][c] * x[c];
    }
    return y;
  }

  static double[] times(double[][] matrix, float[] x) {
    return times(matrix, doubles(x));
  }

  static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(c -> values[c]).toArray();
  }

  /** sum_k w_k rows_k. */
  static double[] mix(double[] w, double[][] rows) {
    double[] y = new double[rows[0].length];
    for (int k = 0; k < w.length; k++) {
      for (int c = 0; c < y.length; c++) y[c] += w[k] * rows[k][c];
    }
    return y;
  }

  static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) sum += (a[c] - b[c]) * (a[c] - b[c]);
    return sum;
  }

  static double[] softmax(double[] logits) {
    double most = Arrays.stream(logits).max().orElse(0);
    double[] w = Arrays.stream(logits).map(v -> Math.exp(v - most)).toArray();
    double sum = 0;
    for (double v : w) sum += v;
    for (int k = 0; k < w.length; k++) w[k] /= sum;
    return w;
  }

  static double[] unit(int n, int k) {
    double[] e = new double[n];
    e[k] = 1;
    return e;
  }

  static double[][] copy(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }
}
