package palette.numeric;

/** Small symmetric positive definite systems, n by n, flat by rows. */
public final class Cholesky {
  private Cholesky() {}

  /** Replaces the lower triangle of m by its factor; false where m is not positive definite. */
  public static boolean factor(double[] m, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = m[i * n + j];
        for (int k = 0; k < j; k++) sum -= m[i * n + k] * m[j * n + k];
        if (j < i) {
          m[i * n + j] = sum / m[j * n + j];
        } else if (sum > 0) {
          m[i * n + i] = Math.sqrt(sum);
        } else {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * The factor of the mean of x x' over rows x; this share of its mean variance is added to all.
   */
  public static double[] ofSquares(double[][] rows, double share) {
    int n = rows[0].length;
    double[] m = new double[n * n];
    double trace = 1e-30; // where all are 0
    for (double[] x : rows) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) m[i * n + j] += x[i] * x[j] / rows.length;
        trace += x[i] * x[i] / rows.length;
      }
    }
    for (int i = 0; i < n; i++) m[i * n + i] += share * trace / n;
    if (!factor(m, n)) throw new IllegalStateException("the mean of squares is singular");
    return m;
  }

  /** Replaces b by the solution of m x = b, given m's factor. */
  public static void solve(double[] factor, int n, double[] b) {
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) b[i] -= factor[i * n + k] * b[k];
      b[i] /= factor[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) b[i] -= factor[k * n + i] * b[k];
      b[i] /= factor[i * n + i];
    }
  }

  /** b' m^-1 b. */
  public static double form(double[] factor, int n, double[] b) {
    double[] x = b.clone();
    solve(factor, n, x);
    return VectorLoops.inner(b, x);
  }
}
