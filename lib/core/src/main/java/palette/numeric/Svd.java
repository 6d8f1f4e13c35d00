package palette.numeric;

/**
 * Singular values of a small matrix that is no wider than high, A = U S V', by one-sided Jacobi
 * rotations: pairs of columns are turned until all are orthogonal; then their lengths are S.
 *
 * @param u columns of length 1, also where a singular value is 0; as high as A
 * @param values in the order of the columns, not sorted
 * @param v orthogonal
 */
public record Svd(double[][] u, double[] values, double[][] v) {
  private static final int SWEEPS = 60;
  private static final double TINY = 1e-13;

  public static Svd of(double[][] matrix) {
    int d = matrix[0].length;
    double[][] u = new double[matrix.length][];
    double[][] v = new double[d][d];
    for (int r = 0; r < u.length; r++) u[r] = matrix[r].clone();
    for (int c = 0; c < d; c++) v[c][c] = 1;
    boolean turned = true;
    for (int sweep = 0; turned && sweep < SWEEPS; sweep++) {
      turned = false;
      for (int p = 0; p < d; p++) for (int q = p + 1; q < d; q++) turned |= turn(u, v, p, q);
    }
    double[] values = new double[d];
    for (int c = 0; c < d; c++) values[c] = Math.sqrt(dot(u, c, c));
    complete(u, values);
    return new Svd(u, values, v);
  }

  private static boolean turn(double[][] u, double[][] v, int p, int q) {
    double pp = dot(u, p, p);
    double qq = dot(u, q, q);
    double pq = dot(u, p, q);
    if (Math.abs(pq) <= TINY * Math.sqrt(pp * qq)) return false;
    double zeta = (qq - pp) / (2 * pq);
    double t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
    double cos = 1 / Math.sqrt(1 + t * t);
    rotate(u, p, q, cos, cos * t);
    rotate(v, p, q, cos, cos * t);
    return true;
  }

  private static void rotate(double[][] m, int p, int q, double cos, double sin) {
    for (double[] row : m) {
      double before = row[p];
      row[p] = cos * before - sin * row[q];
      row[q] = sin * before + cos * row[q];
    }
  }

  /** Scales columns to length 1; where there is no length, any direction that is still free. */
  private static void complete(double[][] u, double[] values) {
    double largest = 0;
    for (double s : values) largest = Math.max(largest, s);
    boolean[] done = new boolean[values.length];
    for (int c = 0; c < values.length; c++) {
      done[c] = values[c] > 1e-10 * largest;
      for (double[] row : u) row[c] = done[c] ? row[c] / values[c] : 0;
    }
    for (int c = 0; c < values.length; c++) {
      for (int axis = 0; !done[c]; axis++) done[c] = fill(u, c, axis, done);
    }
  }

  private static boolean fill(double[][] u, int c, int axis, boolean[] done) {
    for (int r = 0; r < u.length; r++) u[r][c] = r == axis ? 1 : 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int other = 0; other < done.length; other++) {
        if (!done[other]) continue;
        double share = dot(u, other, c);
        for (double[] row : u) row[c] -= share * row[other];
      }
    }
    double length = Math.sqrt(dot(u, c, c));
    if (length < 0.5 / Math.sqrt(u.length)) return false;
    for (double[] row : u) row[c] /= length;
    return true;
  }

  private static double dot(double[][] m, int a, int b) {
    double sum = 0;
    for (double[] row : m) sum += row[a] * row[b];
    return sum;
  }

  /** U V', the orthogonal matrix that is closest to a square one. */
  public double[][] rotation() {
    int d = u.length;
    double[][] product = new double[d][d];
    for (int a = 0; a < d; a++) {
      for (int b = 0; b < d; b++) {
        for (int c = 0; c < d; c++) product[a][b] += u[a][c] * v[b][c];
      }
    }
    return product;
  }
}
