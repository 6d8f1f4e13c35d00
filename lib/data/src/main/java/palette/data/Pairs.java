package palette.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import palette.data.PreferencesBuilder.Answers;
import palette.data.io.Stop;
import palette.support.InputException;
import palette.support.Seeds;
import palette.support.Texts;

/** Makes comparisons of judgements, user by user. */
final class Pairs {
  private final Judgements judgements;
  private final int cap;
  private final long seed;
  private final int[][] rows; // of each user
  private final long[] implied; // pairs of each user
  private final int[] user;
  private final int[] chosen;
  private final int[] rejected;
  private int size;

  private Pairs(Judgements judgements, int cap, long seed) {
    this.judgements = judgements;
    this.cap = cap;
    this.seed = seed;
    rows = byUser();
    implied = Arrays.stream(rows).mapToLong(this::implied).toArray();
    int n = fitting(Arrays.stream(implied).map(pairs -> Math.min(pairs, cap)).sum());
    user = new int[n];
    chosen = new int[n];
    rejected = new int[n];
  }

  static Preferences of(Judgements judgements, int cap, long seed) {
    return new Pairs(judgements, cap, seed).make();
  }

  private Preferences make() {
    for (int u = 0; u < rows.length; u++) pairsOf(u, rows[u]);
    float[] weight = new float[size];
    for (int i = 0; i < size; i++) {
      long made = Math.min(implied[user[i]], cap);
      weight[i] = Math.min(1f, rows[user[i]].length / (float) made);
    }
    var answers = new Answers(user, null, chosen, rejected, weight, Presentation.UNKNOWN);
    return new Preferences(
        judgements.users(), Catalog.empty(), judgements.items(), answers, null, List.of());
  }

  /** Half of the memory for pairs at 16 bytes each; the other half for what is made of them. */
  static long most() {
    return Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 2 / 16);
  }

  private static int fitting(long pairs) {
    if (pairs <= most()) return (int) pairs;
    throw new InputException(
        "pairs",
        Texts.format("at most %,d, half of Java's memory", most()),
        Texts.format("%,d", pairs),
        "Take some of each user by pairs(cap, seed), say pairs(200, 7).");
  }

  private int[][] byUser() {
    int[] left = judgements.answers();
    var rows = Arrays.stream(left).mapToObj(int[]::new).toArray(int[][]::new);
    for (int row = judgements.size() - 1; row >= 0; row--) {
      int u = judgements.user(row);
      rows[u][--left[u]] = row;
    }
    return rows;
  }

  /** All pairs but those of one value or of one item, which nobody can prefer to itself. */
  private long implied(int[] rows) {
    long[] values = new long[rows.length];
    long[] items = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = Double.doubleToLongBits(judgements.value(rows[i]) + 0.0); // -0 is 0
      items[i] = judgements.item(rows[i]);
    }
    int[] value = SameQuestions.dense(values);
    long[] both = new long[rows.length];
    for (int i = 0; i < rows.length; i++) both[i] = items[i] * rows.length + value[i];
    return twos(rows.length) - equal(values) - equal(items) + equal(both);
  }

  private static long twos(long n) {
    return n * (n - 1) / 2;
  }

  /** How many pairs have equal keys. */
  private static long equal(long[] keys) {
    Arrays.sort(keys);
    long pairs = 0;
    for (int from = 0, to = 0; from < keys.length; from = to) {
      while (to < keys.length && keys[to] == keys[from]) to++;
      pairs += twos(to - from);
    }
    return pairs;
  }

  private void pairsOf(int u, int[] rows) {
    Stop.ifInterrupted("Making pairs");
    if (implied[u] <= cap) {
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < i; j++) if (differ(rows[i], rows[j])) add(u, rows[i], rows[j]);
      }
    } else if (implied[u] <= 4L * cap) {
      reservoir(u, rows);
    } else {
      drawn(u, rows);
    }
  }

  /** Every implied pair has the same chance; one pass over all of them. */
  private void reservoir(int u, int[] rows) {
    SplittableRandom random = randomOf(u);
    int[] kept = new int[2 * cap];
    int met = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        if (!differ(rows[i], rows[j])) continue;
        int slot = met < cap ? met : random.nextInt(met + 1);
        met++;
        if (slot >= cap) continue;
        kept[2 * slot] = rows[i];
        kept[2 * slot + 1] = rows[j];
      }
    }
    for (int k = 0; k < cap; k++) add(u, kept[2 * k], kept[2 * k + 1]);
  }

  /** The same by drawing and drawing again, quicker where few of many are wanted. */
  private void drawn(int u, int[] rows) {
    SplittableRandom random = randomOf(u);
    var seen = new HashSet<Long>();
    while (seen.size() < cap) {
      int i = random.nextInt(rows.length);
      int j = random.nextInt(rows.length);
      if (j >= i || !differ(rows[i], rows[j])) continue;
      if (seen.add((long) i * rows.length + j)) add(u, rows[i], rows[j]);
    }
  }

  // Named by the user's id, so that a user's pairs do not depend on who else is there.
  private SplittableRandom randomOf(int u) {
    return Seeds.stream(seed, "pairs of " + judgements.users().id(u));
  }

  private boolean differ(int a, int b) {
    return judgements.value(a) != judgements.value(b) && judgements.item(a) != judgements.item(b);
  }

  private void add(int u, int a, int b) {
    boolean aWins = judgements.value(a) > judgements.value(b);
    user[size] = u;
    chosen[size] = judgements.item(aWins ? a : b);
    rejected[size++] = judgements.item(aWins ? b : a);
  }
}
