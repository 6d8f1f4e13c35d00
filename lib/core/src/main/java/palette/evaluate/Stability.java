package palette.evaluate;

import java.util.List;
import java.util.stream.IntStream;
import palette.data.Preferences;
import palette.numeric.Matching;
import palette.numeric.Simplex;
import palette.numeric.VectorLoops;
import palette.reward.PrototypeModel;
import palette.reward.RewardModel;
import palette.reward.Space;

/**
 * How alike the prototypes of several fits are, by what they say, since neither their order nor the
 * turn of latent space means anything: prototype k's margins on some pairs, less the mean of the
 * model's prototypes (what all share is not stable, but the same) and at length 1, are a vector
 * v_k. Two models' prototypes are matched so that the sum of the cosines v_k . v'_l is largest; the
 * index is the mean cosine over the matched prototypes of all pairs of fits, 1 for the same each
 * time, and of one prototype 1 too.
 */
final class Stability {
  private static final int PROBES = 5_000;

  private Stability() {}

  /** NaN where there are no two fits with prototypes; factors of a free space are none. */
  static double of(List<? extends RewardModel> models, Preferences probes) {
    if (models.size() < 2 || !models.stream().allMatch(Stability::hasPrototypes)) return Double.NaN;
    var some = some(probes);
    var tastes = models.stream().map(model -> tastes((PrototypeModel) model, some)).toList();
    double sum = 0;
    for (int i = 1; i < tastes.size(); i++) {
      for (int j = 0; j < i; j++) sum += alike(tastes.get(i), tastes.get(j));
    }
    return sum / (models.size() * (models.size() - 1) / 2);
  }

  // What factors are turned to is chance, whoever they describe.
  private static boolean hasPrototypes(RewardModel model) {
    return model instanceof PrototypeModel known && known.prior().space() != Space.FREE;
  }

  /** Evenly taken rows, so that a million answers cost no more than a few thousand. */
  private static Preferences some(Preferences all) {
    if (all.size() <= PROBES) return all;
    long size = all.size();
    return all.select(IntStream.range(0, PROBES).map(i -> (int) (i * size / PROBES)).toArray());
  }

  /** v_k, shape [K][pairs]. */
  private static double[][] tastes(PrototypeModel model, Preferences pairs) {
    var margins = model.byWeight(pairs);
    int k = model.prototypes();
    double[][] tastes = new double[k][];
    for (int p = 0; p < k; p++) tastes[p] = margins.at(Simplex.vertex(margins.columns(), p));
    VectorLoops.center(tastes);
    return tastes;
  }

  private static double alike(double[][] a, double[][] b) {
    if (a.length == 1) return 1;
    double[][] cost = new double[a.length][b.length];
    for (int k = 0; k < a.length; k++) {
      for (int l = 0; l < b.length; l++) cost[k][l] = 1 - cosine(a[k], b[l]);
    }
    int[] match = Matching.cheapest(cost);
    double sum = 0;
    for (int k = 0; k < match.length; k++) sum += 1 - cost[k][match[k]];
    return sum / match.length;
  }

  private static double cosine(double[] a, double[] b) {
    double size = Math.sqrt(VectorLoops.inner(a, a) * VectorLoops.inner(b, b));
    return size == 0 ? 0 : VectorLoops.inner(a, b) / size;
  }
}
