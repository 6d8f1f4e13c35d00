package palette.data.check;

import palette.data.Preferences;
import palette.data.SameQuestions;

/**
 * The answers of each user to each question, counted: which of the two items was chosen, the lower
 * or the higher in the catalog, and which of them stood first.
 */
final class Asked {
  private static final int LOW = 0;
  private static final int HIGH = 3;

  final int[] user; // of each cell
  final int[] question;
  final int[] row; // one of each cell's
  private final int[] counts; // 6 a cell: low chosen, high chosen; each: low first, high first, ?

  Asked(Preferences answers) {
    int[] cell = SameQuestions.of(answers);
    int[] asked = SameQuestions.asked(answers);
    int n = SameQuestions.count(cell);
    user = new int[n];
    question = new int[n];
    row = new int[n];
    counts = new int[6 * n];
    for (int r = 0; r < cell.length; r++) {
      user[cell[r]] = answers.user(r);
      question[cell[r]] = asked[r];
      row[cell[r]] = r;
      counts[6 * cell[r] + slot(answers, r)]++;
    }
  }

  private static int slot(Preferences answers, int row) {
    boolean low = answers.chosen(row) < answers.rejected(row);
    int place = answers.shown().place(row);
    int first = place == 0 ? 2 : low == (place == 1) ? 0 : 1;
    return (low ? LOW : HIGH) + first;
  }

  int size() {
    return user.length;
  }

  int low(int cell) {
    return sum(6 * cell + LOW);
  }

  int high(int cell) {
    return sum(6 * cell + HIGH);
  }

  /** Whether the question came again. */
  boolean again(int cell) {
    return low(cell) + high(cell) > 1;
  }

  private int sum(int at) {
    return counts[at] + counts[at + 1] + counts[at + 2];
  }

  /** Pairs of answers with the items in opposite orders. */
  int swapped(int cell) {
    int c = 6 * cell;
    return (counts[c] + counts[c + 3]) * (counts[c + 1] + counts[c + 4]);
  }

  /** Those of them that choose the same item. */
  int swappedAlike(int cell) {
    int c = 6 * cell;
    return counts[c] * counts[c + 1] + counts[c + 3] * counts[c + 4];
  }

  /** Answers that chose what stood first. */
  int first(int cell) {
    return counts[6 * cell] + counts[6 * cell + 4];
  }

  /** Answers that chose what stood second. */
  int second(int cell) {
    return counts[6 * cell + 1] + counts[6 * cell + 3];
  }
}
