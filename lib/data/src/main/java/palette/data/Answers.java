package palette.data;

/**
 * The columns of {@link Preferences}: positions in catalogs, one row an answer. {@code prompt} is
 * null where no row has one (else -1 in rows without), {@code weight} null where every row weighs
 * 1.
 */
record Answers(
    int[] user, int[] prompt, int[] chosen, int[] rejected, float[] weight, Presentation shown) {

  Answers select(int[] rows) {
    return new Answers(
        pick(user, rows),
        prompt == null ? null : pick(prompt, rows),
        pick(chosen, rows),
        pick(rejected, rows),
        pick(weight, rows),
        shown.select(rows));
  }

  static int[] pick(int[] column, int[] rows) {
    int[] picked = new int[rows.length];
    for (int i = 0; i < rows.length; i++) picked[i] = column[rows[i]];
    return picked;
  }

  /** The same of a column that may be null. */
  static float[] pick(float[] column, int[] rows) {
    if (column == null) return null;
    float[] picked = new float[rows.length];
    for (int i = 0; i < rows.length; i++) picked[i] = column[rows[i]];
    return picked;
  }
}
