package palette.support;

import java.util.Arrays;

/**
 * Percentile bootstrap (Efron 1979): units are drawn with replacement, the figure is computed
 * again, and the middle 95 % of 2,000 such figures are the interval. A unit is a whole user, whose
 * answers depend on each other, never a single answer where there is more than one user.
 */
public final class Bootstrap {
  private static final int RESAMPLES = 2000;

  private Bootstrap() {}

  /** Of sum(top) / sum(bottom): a pooled share when bottom counts answers. */
  public static Interval ratio(double[] top, double[] bottom, long seed) {
    var random = Seeds.stream(seed, "bootstrap");
    double[] figures = new double[RESAMPLES];
    for (int b = 0; b < RESAMPLES; b++) {
      double above = 0;
      double below = 0;
      for (int i = 0; i < top.length; i++) {
        int unit = random.nextInt(top.length);
        above += top[unit];
        below += bottom[unit];
      }
      figures[b] = above / below;
    }
    Arrays.sort(figures);
    return new Interval(percentile(figures, 0.025), percentile(figures, 0.975));
  }

  /** Of a mean over units. */
  public static Interval mean(double[] values, long seed) {
    double[] ones = new double[values.length];
    Arrays.fill(ones, 1);
    return ratio(values, ones, seed);
  }

  private static double percentile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
