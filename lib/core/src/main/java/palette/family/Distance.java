package palette.family;

/** How PAL-A measures between an item and an ideal point; the reward is its negative. */
public enum Distance {
  /** |f(x) - a|^2, the paper's; localization is convex. */
  SQUARED,
  /** |f(x) - a|, the reference code's. */
  PLAIN,
  /** 1 - cos(f(x), a). */
  COSINE
}
