package palette.numeric;

/**
 * Sums over the first n places of long arrays. Where places stay apart the loops are so plain that
 * the JVM's compiler turns them into vector instructions, and several terms a pass spare trips to
 * memory. A sum into one number has a fixed order and cannot become vectors; there several sums run
 * side by side. {@link Math#fma} is one instruction on the processors that libtorch is fast on, and
 * half of the work of a product and a sum.
 */
public final class VectorLoops {
  private VectorLoops() {}

  /**
   * A product of matrices, to_i += sum_j factors[i * rows + j] * rows_j. Two of its rows at a time:
   * what they share is read once.
   */
  public static void addProduct(double[] factors, double[][] rows, double[][] to, int n) {
    int some = rows.length;
    for (int i = 0; i < to.length; i += 2) {
      boolean two = i + 1 < to.length;
      int j = 0;
      for (; two && j + 4 <= some; j += 4) addToTwo(factors, i * some + j, rows, j, to, i, n);
      for (int one = i; one < Math.min(i + 2, to.length); one++) {
        addRows(factors, one * some, rows, j, to[one], n);
      }
    }
  }

  private static void addToTwo(
      double[] factors, int at, double[][] rows, int j, double[][] to, int i, int n) {
    int next = at + rows.length;
    double a = factors[at];
    double b = factors[at + 1];
    double c = factors[at + 2];
    double d = factors[at + 3];
    double e = factors[next];
    double f = factors[next + 1];
    double g = factors[next + 2];
    double h = factors[next + 3];
    double[] x = rows[j];
    double[] y = rows[j + 1];
    double[] z = rows[j + 2];
    double[] w = rows[j + 3];
    double[] one = to[i];
    double[] two = to[i + 1];
    for (int t = 0; t < n; t++) {
      one[t] = Math.fma(a, x[t], Math.fma(b, y[t], Math.fma(c, z[t], Math.fma(d, w[t], one[t]))));
      two[t] = Math.fma(e, x[t], Math.fma(f, y[t], Math.fma(g, z[t], Math.fma(h, w[t], two[t]))));
    }
  }

  /** to += sum_j factors[at + j] * rows[j]. */
  public static void addRows(double[] factors, int at, double[][] rows, double[] to, int n) {
    addRows(factors, at, rows, 0, to, n);
  }

  private static void addRows(
      double[] factors, int at, double[][] rows, int from, double[] to, int n) {
    int j = from;
    for (; j + 4 <= rows.length; j += 4) {
      double a = factors[at + j];
      double b = factors[at + j + 1];
      double c = factors[at + j + 2];
      double d = factors[at + j + 3];
      add(a, rows[j], b, rows[j + 1], c, rows[j + 2], d, rows[j + 3], to, n);
    }
    int left = rows.length - j; // two go as three, the last counting 0: one loop less to compile
    if (left == 1) add(factors[at + j], rows[j], to, n);
    if (left < 2) return;
    double none = left == 2 ? 0 : factors[at + j + 2];
    add(
        factors[at + j],
        rows[j],
        factors[at + j + 1],
        rows[j + 1],
        none,
        rows[j + left - 1],
        to,
        n);
  }

  private static void add(
      double a,
      double[] x,
      double b,
      double[] y,
      double c,
      double[] z,
      double d,
      double[] w,
      double[] to,
      int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.fma(a, x[i], Math.fma(b, y[i], Math.fma(c, z[i], Math.fma(d, w[i], to[i]))));
    }
  }

  private static void add(double a, double[] x, double[] to, int n) {
    for (int i = 0; i < n; i++) to[i] += a * x[i];
  }

  private static void add(
      double a, double[] x, double b, double[] y, double c, double[] z, double[] to, int n) {
    for (int i = 0; i < n; i++) to[i] = to[i] + a * x[i] + b * y[i] + c * z[i];
  }

  /** to += x * x, place by place. */
  public static void addSquares(double[] x, double[] to, int n) {
    for (int i = 0; i < n; i++) to[i] += x[i] * x[i];
  }

  /** to += x, place by place. */
  public static void add(double[] x, double[] to, int n) {
    for (int i = 0; i < n; i++) to[i] += x[i];
  }

  /** to = factor * x * y, place by place. */
  public static void product(double factor, double[] x, double[] y, double[] to, int n) {
    for (int i = 0; i < n; i++) to[i] = factor * x[i] * y[i];
  }

  /** to[at + j] += x . rows[j]. */
  public static void addDots(double[] x, double[][] rows, double[] to, int at, int n) {
    int j = 0;
    for (; j + 8 <= rows.length; j += 8) addEightDots(x, rows, j, to, at + j, n);
    for (; j < rows.length; j++) to[at + j] += dot(x, 0, rows[j], 0, n);
  }

  private static void addEightDots(double[] x, double[][] rows, int j, double[] to, int at, int n) {
    double[] r0 = rows[j];
    double[] r1 = rows[j + 1];
    double[] r2 = rows[j + 2];
    double[] r3 = rows[j + 3];
    double[] r4 = rows[j + 4];
    double[] r5 = rows[j + 5];
    double[] r6 = rows[j + 6];
    double[] r7 = rows[j + 7];
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    for (int i = 0; i < n; i++) {
      double f = x[i];
      s0 = Math.fma(f, r0[i], s0);
      s1 = Math.fma(f, r1[i], s1);
      s2 = Math.fma(f, r2[i], s2);
      s3 = Math.fma(f, r3[i], s3);
      s4 = Math.fma(f, r4[i], s4);
      s5 = Math.fma(f, r5[i], s5);
      s6 = Math.fma(f, r6[i], s6);
      s7 = Math.fma(f, r7[i], s7);
    }
    to[at] += s0;
    to[at + 1] += s1;
    to[at + 2] += s2;
    to[at + 3] += s3;
    to[at + 4] += s4;
    to[at + 5] += s5;
    to[at + 6] += s6;
    to[at + 7] += s7;
  }

  /** a - b, place by place. */
  public static double[] minus(double[] a, double[] b) {
    double[] difference = a.clone();
    for (int i = 0; i < difference.length; i++) difference[i] -= b[i];
    return difference;
  }

  /** Takes what rows have in common, their mean, off each of them. */
  public static void center(double[][] rows) {
    for (int i = 0; i < rows[0].length; i++) {
      double mean = 0;
      for (double[] row : rows) mean += row[i] / rows.length;
      for (double[] row : rows) row[i] -= mean;
    }
  }

  /** The mean of rows, place by place; at least one. */
  public static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) add(row, mean, mean.length);
    for (int i = 0; i < mean.length; i++) mean[i] /= rows.length;
    return mean;
  }

  /** The place of the largest; the first of equals. */
  public static int largest(double[] x) {
    int largest = 0;
    for (int i = 1; i < x.length; i++) if (x[i] > x[largest]) largest = i;
    return largest;
  }

  /** The inner product of two short arrays, summed term by term in their order. */
  public static double inner(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) sum += x[i] * y[i];
    return sum;
  }

  /** The inner product of n numbers from different places. */
  public static double dot(double[] x, int fromX, double[] y, int fromY, int n) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      a = Math.fma(x[fromX + i], y[fromY + i], a);
      b = Math.fma(x[fromX + i + 1], y[fromY + i + 1], b);
      c = Math.fma(x[fromX + i + 2], y[fromY + i + 2], c);
      d = Math.fma(x[fromX + i + 3], y[fromY + i + 3], d);
    }
    for (; i < n; i++) a = Math.fma(x[fromX + i], y[fromY + i], a);
    return a + b + (c + d);
  }
}
