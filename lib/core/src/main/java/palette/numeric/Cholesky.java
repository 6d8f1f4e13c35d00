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
