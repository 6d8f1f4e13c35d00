package palette.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Some rows of a study; what they share of entries and prompts is named once. {@code entries} and
 * {@code prompts} are positions in the study's tables; {@code chosen}, {@code rejected} and {@code
 * asked} are places among those, one a row; {@code sides} has chosen and rejected in turns; {@code
 * user} is a position in the table of users; {@code share} is each row's of the batch's weight.
 * {@code entryPositions}, {@code users} and {@code weight} are the same at hand: to ask the device
 * would be to wait for it.
 */
public record Batch(
    NDArray entries,
    int[] entryPositions,
    NDArray chosen,
    NDArray rejected,
    NDArray sides,
    NDArray prompts,
    NDArray asked,
    NDArray user,
    NDArray share,
    int[] users,
    double[] weight) {

  /** Whether every row has two entries of its own, so that sides is 0, 1, 2, ... */
  public boolean inOrder() {
    return entryPositions.length == sides.getShape().get(0);
  }

  /** Writes batches; keeps the memory that finding distinct positions needs. */
  public static final class Maker {
    private final Distinct entries;
    private final Distinct prompts;

    public Maker(int entryCount, int promptCount) {
      entries = new Distinct(entryCount);
      prompts = new Distinct(promptCount);
    }

    /** Rows order[from..to-1]; weights are scaled to sum to 1. */
    public Batch of(NDManager manager, TrainingSet.Rows rows, int[] order, int from, int to) {
      int n = to - from;
      int[] sides = new int[2 * n];
      int[] asked = new int[n];
      int[] user = new int[n];
      double[] weight = new double[n];
      double total = 0;
      for (int b = from; b < to; b++) total += rows.weight[order[b]];
      for (int b = 0; b < n; b++) {
        int row = order[from + b];
        sides[2 * b] = rows.chosen[row];
        sides[2 * b + 1] = rows.rejected[row];
        asked[b] = rows.prompt[row] + 1;
        user[b] = rows.user[row];
        weight[b] = rows.weight[row] / total;
      }
      int[] met = entries.share(sides);
      int[] prompted = prompts.share(asked);
      var parts = uploaded(manager, weight, met, prompted, sides, asked, user);
      var pairs = parts.get(2).reshape(n, 2);
      return new Batch(
          parts.get(0),
          met,
          pairs.get(":, 0"),
          pairs.get(":, 1"),
          parts.get(2),
          parts.get(1),
          parts.get(3),
          parts.get(4),
          parts.get(5),
          user,
          weight);
    }

    /** All at once, the shares last: each way to a device is one that waits. */
    private static NDList uploaded(NDManager manager, double[] shares, int[]... positions) {
      var numbers = Arrays.stream(positions).flatMapToInt(Arrays::stream).asDoubleStream();
      double[] all = DoubleStream.concat(numbers, Arrays.stream(shares)).toArray();
      var halves = manager.create(all).split(new long[] {all.length - shares.length});
      long[] ends = new long[positions.length - 1];
      for (int i = 0, at = 0; i < ends.length; i++) ends[i] = at += positions[i].length;
      var parts = halves.get(0).toType(DataType.INT64, false).split(ends);
      parts.add(halves.get(1));
      return parts;
    }
  }

  /** Finds the distinct among some positions of a table. */
  public static final class Distinct {
    private final int[] stamp;
    private final int[] place;
    private int batch;

    public Distinct(int positions) {
      stamp = new int[positions];
      place = new int[positions];
    }

    /**
     * The distinct positions in the order they are met; in {@code wanted} each position gives way
     * to its place among them. Where fewer than a tenth are repeats, gathering rows would cost more
     * than it spares, and each keeps a place of its own.
     */
    public int[] share(int[] wanted) {
      batch++;
      int[] met = new int[wanted.length];
      int count = 0;
      for (int position : wanted) {
        if (stamp[position] == batch) continue;
        stamp[position] = batch;
        place[position] = count;
        met[count++] = position;
      }
      boolean shared = count <= 0.9 * wanted.length;
      int[] all = shared ? Arrays.copyOf(met, count) : wanted.clone();
      for (int i = 0; i < wanted.length; i++) wanted[i] = shared ? place[wanted[i]] : i;
      return all;
    }
  }
}
