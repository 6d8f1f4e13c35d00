package palette.support;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random streams with names. Each purpose draws from its own stream, so adding a draw to one (an
 * extra restart, say) does not disturb another (the split).
 */
public final class Seeds {
  private Seeds() {}

  /** The stream of a purpose under a seed; the same arguments always give the same numbers. */
  public static SplittableRandom stream(long seed, String purpose) {
    return new SplittableRandom(derive(seed, purpose));
  }

  /** A seed of its own for a purpose under a seed. */
  public static long derive(long seed, String purpose) {
    long h = seed * 0x9E3779B97F4A7C15L;
    for (int i = 0; i < purpose.length(); i++) h = mix(h + purpose.charAt(i));
    return mix(h);
  }

  // The finaliser of SplitMix64.
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A random order of 0 .. n-1 (Fisher-Yates). */
  public static int[] permutation(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) order[i] = i;
    shuffle(order, random);
    return order;
  }

  /** Shuffles in place (Fisher-Yates). */
  public static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
  }

  /** n draws from N(0, deviation^2). */
  public static double[] normal(int n, double deviation, RandomGenerator random) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) values[i] = deviation * random.nextGaussian();
    return values;
  }
}
