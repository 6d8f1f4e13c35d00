package palette.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Some rows of a study, each distinct entry, prompt and user named once. {@code entries} and {@code
 * prompts} are positions in the study's tables; {@code chosen}, {@code rejected} and {@code asked}
 * are places among those, one a row; {@code sides} has chosen and rejected in turns; {@code user}
 * is a position in the table of users.
 */
record Batch(
    NDArray entries,
    int[] entryPositions,
    NDArray chosen,
    NDArray rejected,
    NDArray sides,
    NDArray prompts,
    NDArray asked,
    NDArray user,
    NDArray weight) {

  /** Whether every row brings two entries of its own, so that sides is 0, 1, 2, ... */
  boolean inOrder() {
    return entryPositions.length == sides.getShape().get(0);
  }

  /** Writes batches; keeps the memory that finding distinct positions needs. */
  static final class Maker {
    private final Distinct entries;
    private final Distinct prompts;

    Maker(int entryCount, int promptCount) {
      entries = new Distinct(entryCount);
      prompts = new Distinct(promptCount);
    }

    /** Rows order[from..to-1]; weights are scaled to sum to 1. */
    Batch of(NDManager manager, Study.Rows rows, int[] order, int from, int to) {
      int n = to - from;
      entries.begin();
      prompts.begin();
      long[] chosen = new long[n];
      long[] rejected = new long[n];
      long[] sides = new long[2 * n];
      long[] asked = new long[n];
      long[] user = new long[n];
      float[] weight = new float[n];
      double total = 0;
      for (int b = from; b < to; b++) total += rows.weight[order[b]];
      for (int b = 0; b < n; b++) {
        int row = order[from + b];
        chosen[b] = entries.place(rows.chosen[row]);
        rejected[b] = entries.place(rows.rejected[row]);
        sides[2 * b] = chosen[b];
        sides[2 * b + 1] = rejected[b];
        asked[b] = prompts.place(rows.prompt[row] + 1);
        user[b] = rows.user[row];
        weight[b] = (float) (rows.weight[row] / total);
      }
      return new Batch(
          manager.create(entries.asLongs()),
          entries.asInts(),
          manager.create(chosen),
          manager.create(rejected),
          manager.create(sides),
          manager.create(prompts.asLongs()),
          manager.create(asked),
          manager.create(user),
          manager.create(weight));
    }
  }

  /** Numbers positions in the order they are met, each once a batch. */
  private static final class Distinct {
    private final int[] stamp;
    private final int[] place;
    private final int[] met;
    private int count;
    private int batch;

    Distinct(int positions) {
      stamp = new int[positions];
      place = new int[positions];
      met = new int[positions];
    }

    void begin() {
      batch++;
      count = 0;
    }

    int place(int position) {
      if (stamp[position] != batch) {
        stamp[position] = batch;
        place[position] = count;
        met[count++] = position;
      }
      return place[position];
    }

    int[] asInts() {
      return java.util.Arrays.copyOf(met, count);
    }

    long[] asLongs() {
      long[] longs = new long[count];
      for (int i = 0; i < count; i++) longs[i] = met[i];
      return longs;
    }
  }
}
