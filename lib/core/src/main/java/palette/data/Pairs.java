package palette.data;

import java.util.HashSet;
import java.util.SplittableRandom;
import palette.support.Seeds;

/** Makes comparisons of judgements, user by user. */
final class Pairs {
  private final Judgements judgements;
  private final int cap;
  private final long seed;
  private final IntColumn user = new IntColumn();
  private final IntColumn chosen = new IntColumn();
  private final IntColumn rejected = new IntColumn();
  private final int[] made;

  private Pairs(Judgements judgements, int cap, long seed) {
    this.judgements = judgements;
    this.cap = cap;
    this.seed = seed;
    this.made = new int[judgements.users().size()];
  }

  static Preferences of(Judgements judgements, int cap, long seed) {
    return new Pairs(judgements, cap, seed).make();
  }

  private Preferences make() {
    int[][] rows = byUser();
    for (int u = 0; u < rows.length; u++) pairsOf(u, rows[u]);
    int[] who = user.toArray();
    float[] weight = new float[who.length];
    for (int i = 0; i < who.length; i++) {
      weight[i] = Math.min(1f, rows[who[i]].length / (float) made[who[i]]);
    }
    var answers = new Answers(who, null, chosen.toArray(), rejected.toArray(), weight);
    return new Preferences(judgements.users(), Catalog.empty(), judgements.items(), answers, null);
  }

  private int[][] byUser() {
    int[] counts = judgements.answers();
    int[][] rows = new int[counts.length][];
    for (int u = 0; u < counts.length; u++) rows[u] = new int[counts[u]];
    int[] filled = new int[counts.length];
    for (int row = 0; row < judgements.size(); row++) {
      int u = judgements.user(row);
      rows[u][filled[u]++] = row;
    }
    return rows;
  }

  private void pairsOf(int u, int[] rows) {
    long implied = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) if (differ(rows[i], rows[j])) implied++;
    }
    if (implied <= cap) {
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < i; j++) if (differ(rows[i], rows[j])) add(u, rows[i], rows[j]);
      }
    } else if (implied <= 4L * cap) {
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
    user.add(u);
    chosen.add(judgements.item(aWins ? a : b));
    rejected.add(judgements.item(aWins ? b : a));
    made[u]++;
  }
}
