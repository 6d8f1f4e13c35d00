package palette.numeric;

import java.util.Arrays;

/** The cheapest way to give every row a column of its own (the Hungarian method, O(n^2 m)). */
public final class Matching {
  private Matching() {}

  /**
   * @param cost shape [n][m]; any n and m
   * @return for each row its column, or -1 where there are fewer columns than rows
   */
  public static int[] cheapest(double[][] cost) {
    int n = cost.length;
    int m = cost[0].length;
    if (n <= m) return wide(cost);
    double[][] turned = new double[m][n];
    for (int r = 0; r < n; r++) for (int c = 0; c < m; c++) turned[c][r] = cost[r][c];
    int[] rowOf = wide(turned);
    int[] columnOf = new int[n];
    Arrays.fill(columnOf, -1);
    for (int c = 0; c < m; c++) columnOf[rowOf[c]] = c;
    return columnOf;
  }

  // Rows enter one by one; prices keep every reduced cost at least 0. Column 0 is a dummy.
  private static int[] wide(double[][] cost) {
    int n = cost.length;
    int m = cost[0].length;
    double[] rowPrice = new double[n + 1];
    double[] columnPrice = new double[m + 1];
    int[] rowOf = new int[m + 1];
    int[] way = new int[m + 1];
    for (int row = 1; row <= n; row++) {
      rowOf[0] = row;
      int column = 0;
      double[] least = new double[m + 1];
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      boolean[] used = new boolean[m + 1];
      do {
        used[column] = true;
        column = step(cost, rowPrice, columnPrice, rowOf, way, least, used, column);
      } while (rowOf[column] != 0);
      for (; column != 0; column = way[column]) rowOf[column] = rowOf[way[column]];
    }
    int[] columnOf = new int[n];
    for (int c = 1; c <= m; c++) if (rowOf[c] > 0) columnOf[rowOf[c] - 1] = c - 1;
    return columnOf;
  }

  private static int step(
      double[][] cost,
      double[] rowPrice,
      double[] columnPrice,
      int[] rowOf,
      int[] way,
      double[] least,
      boolean[] used,
      int from) {
    int row = rowOf[from];
    int best = 0;
    double delta = Double.POSITIVE_INFINITY;
    for (int c = 1; c < used.length; c++) {
      if (used[c]) continue;
      double reduced = cost[row - 1][c - 1] - rowPrice[row] - columnPrice[c];
      if (reduced < least[c]) {
        least[c] = reduced;
        way[c] = from;
      }
      if (least[c] < delta) {
        delta = least[c];
        best = c;
      }
    }
    for (int c = 0; c < used.length; c++) {
      if (used[c]) {
        rowPrice[rowOf[c]] += delta;
        columnPrice[c] -= delta;
      } else {
        least[c] -= delta;
      }
    }
    return best;
  }
}
