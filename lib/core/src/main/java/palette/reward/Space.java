package palette.reward;

import palette.numeric.Newton;
import palette.numeric.Simplex;

/**
 * Where a user's weights over the shared rewards may lie. Some weights may be any numbers, with a
 * Gaussian prior; the others are a mix, of at least 0 and with the sum 1.
 *
 * @param from the first weight that is free
 * @param free how many are
 */
public record Space(int from, int free) {
  /** Weights of at least 0 that sum to 1: a mix. */
  public static final Space SIMPLEX = new Space(0, 0);

  /** Any numbers, with a Gaussian prior. */
  public static final Space FREE = new Space(0, Integer.MAX_VALUE);

  /** One weight, 1: the same reward for everybody. */
  public static final Space POINT = new Space(0, -1);

  /** A mix of so many prototypes with so many free numbers of each user's own behind them. */
  public static Space mixAnd(int prototypes, int own) {
    return new Space(prototypes, own);
  }

  /** Whether the first weights are a mix. */
  public boolean mixes() {
    return this != FREE && this != POINT;
  }

  /** Whether a weight is free. */
  public boolean isFree(int k) {
    return k >= from && k - from < free;
  }

  /** How many free numbers there are beside a mix. */
  public int beside() {
    return mixes() ? free : 0;
  }

  /** The mix alone; all weights where nothing stands beside it. */
  public double[] mix(double[] w) {
    if (beside() == 0) return w.clone();
    double[] mix = new double[w.length - beside()];
    for (int k = 0, n = 0; k < w.length; k++) if (!isFree(k)) mix[n++] = w[k];
    return mix;
  }

  /** The nearest weights of this space: what is a mix moves to the simplex. */
  public double[] nearest(double[] w) {
    double[] near = w.clone();
    if (!mixes()) return near;
    double[] mix = Simplex.project(mix(w));
    for (int k = 0, n = 0; k < near.length; k++) if (!isFree(k)) near[k] = mix[n++];
    return near;
  }

  /** What places somebody in this space. */
  public Newton solver(int columns) {
    return this == FREE ? Newton.free(columns) : new Newton(columns, from, Math.max(0, free));
  }

  @Override
  public String toString() {
    if (this == POINT) return "POINT";
    if (this == FREE) return "FREE";
    return free == 0 ? "SIMPLEX" : "SIMPLEX and " + free + " free";
  }
}
