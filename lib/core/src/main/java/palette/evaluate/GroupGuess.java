package palette.evaluate;

import java.util.ArrayList;
import java.util.List;
import palette.numeric.Cholesky;
import palette.numeric.VectorLoops;
import palette.personalize.Region;
import palette.support.Seeds;

/**
 * Guesses each user's group from numbers of theirs, by linear discriminants (Fisher 1936) learned
 * from other users only: {@code -1/2 (w - m_g)' S^-1 (w - m_g) + log share_g}, S the covariance
 * within groups. Ten folds. Chance is the largest group of the same other users.
 */
final class GroupGuess {
  private static final int FOLDS = 10;
  private static final double RIDGE = 1e-3; // of the mean variance: weights that sum to 1 have none

  private final double[][] w;
  private final int[] group;
  private final int groups;
  private final int columns;
  final double[] hits; // 1 where the guess is right
  final double[] chance;

  GroupGuess(double[][] w, int[] group, int groups, long seed) {
    this.w = w;
    this.group = group;
    this.groups = groups;
    columns = w[0].length;
    hits = new double[w.length];
    chance = new double[w.length];
    int[] order = Seeds.permutation(w.length, Seeds.stream(seed, "folds"));
    for (int fold = 0; fold < FOLDS; fold++) fold(order, fold);
  }

  private void fold(int[] order, int fold) {
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < order.length; i++) if (i % FOLDS != fold) others.add(order[i]);
    if (others.isEmpty()) return;
    var rule = new Rule(others);
    for (int i = fold; i < order.length; i += FOLDS) {
      int u = order[i];
      hits[u] = rule.guess(w[u]) == group[u] ? 1 : 0;
      chance[u] = rule.largest() == group[u] ? 1 : 0;
    }
  }

  private final class Rule {
    private final double[] count = new double[groups];
    private final double[][] mean = new double[groups][columns];
    private final double[] factor;

    private Rule(List<Integer> users) {
      for (int u : users) count[group[u]]++;
      for (int u : users) {
        for (int k = 0; k < columns; k++) mean[group[u]][k] += w[u][k] / count[group[u]];
      }
      var away = users.stream().map(u -> VectorLoops.minus(w[u], mean[group[u]]));
      factor = Cholesky.ofSquares(away.toArray(double[][]::new), RIDGE);
    }

    private int guess(double[] x) {
      int best = largest();
      for (int g = 0; g < groups; g++) {
        if (count[g] > 0 && score(g, x) > score(best, x)) best = g;
      }
      return best;
    }

    private double score(int g, double[] x) {
      double off = new Region(mean[g], factor, 0).distance(x);
      return Math.log(count[g]) - off * off / 2;
    }

    private int largest() {
      return VectorLoops.largest(count);
    }
  }
}
