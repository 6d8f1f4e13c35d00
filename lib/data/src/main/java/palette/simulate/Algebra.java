package palette.simulate;

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
    double[] y = new double[matrix.length];
    for (int r = 0; r < y.length; r++) {
      for (int c = 0; c < x.length; c++) y[r] += matrix[r][c] * x[c];
    }
    return y;
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
    double[] w = new double[logits.length];
    double most = Double.NEGATIVE_INFINITY;
    for (double v : logits) most = Math.max(most, v);
    double sum = 0;
    for (int k = 0; k < w.length; k++) sum += w[k] = Math.exp(logits[k] - most);
    for (int k = 0; k < w.length; k++) w[k] /= sum;
    return w;
  }

  static double[] unit(int n, int k) {
    double[] e = new double[n];
    e[k] = 1;
    return e;
  }

  static double[][] copy(double[][] rows) {
    double[][] same = new double[rows.length][];
    for (int r = 0; r < rows.length; r++) same[r] = rows[r].clone();
    return same;
  }
}
