package palette.data;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The columns of {@link Preferences}: positions in catalogs, one row an answer. {@code prompt} is
 * null where no row has one (else -1 in rows without), {@code weight} null where every row weighs
 * 1.
 */
record Answers(
    int[] user, int[] prompt, int[] chosen, int[] rejected, float[] weight, Presentation shown) {

  int size() {
    return user.length;
  }

  /** Rows of each user, by position. */
  int[] perUser(int users) {
    int[] counts = new int[users];
    for (int u : user) counts[u]++;
    return counts;
  }

  Answers select(int[] rows) {
    float[] weights = weight == null ? null : new float[rows.length];
    for (int i = 0; weights != null && i < rows.length; i++) weights[i] = weight[rows[i]];
    int[] asked = prompt == null ? null : pick(prompt, rows);
    return new Answers(
        pick(user, rows),
        asked,
        pick(chosen, rows),
        pick(rejected, rows),
        weights,
        shown.select(rows));
  }

  private static int[] pick(int[] column, int[] rows) {
    int[] picked = new int[rows.length];
    for (int i = 0; i < rows.length; i++) picked[i] = column[rows[i]];
    return picked;
  }

  /** The rows below n for which the test holds. */
  static int[] rows(int n, IntPredicate test) {
    int[] rows = new int[n];
    int kept = 0;
    for (int i = 0; i < n; i++) if (test.test(i)) rows[kept++] = i;
    return Arrays.copyOf(rows, kept);
  }
}
