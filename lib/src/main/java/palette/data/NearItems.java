package palette.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The nearest of some vectors to each of others, by {@code |a - b| / max(|a|, |b|)}, 0 to 2; for
 * unit vectors {@code sqrt(2 - 2 cos)}. Every pair is looked at, block by block and on all cores: n
 * m d multiplications (20,000 by 20,000 of 384 numbers: 1.5e11, minutes), memory of both sets and
 * no more. Nothing is missed, as it may be by hashing.
 */
final class NearItems {
  private static final int BLOCK = 64;

  private NearItems() {}

  /** For each of {@code from} the position of the nearest of {@code to}, or -1 beyond the limit. */
  static int[] nearest(float[][] from, float[][] to, double limit) {
    double[] fromSquares = squares(from);
    double[] toSquares = squares(to);
    int[] nearest = new int[from.length];
    double[] least = new double[from.length];
    Arrays.fill(nearest, -1);
    Arrays.fill(least, limit * limit);
    int blocks = (from.length + BLOCK - 1) / BLOCK;
    IntStream.range(0, blocks)
        .parallel()
        .forEach(
            block -> {
              int first = block * BLOCK;
              int end = Math.min(first + BLOCK, from.length);
              for (int j = 0; j < to.length; j++) {
                for (int i = first; i < end; i++) {
                  double d = distance(from[i], fromSquares[i], to[j], toSquares[j]);
                  if (d > least[i] || (d == least[i] && nearest[i] >= 0)) continue;
                  least[i] = d;
                  nearest[i] = j;
                }
              }
            });
    return nearest;
  }

  /** Squared; two zero vectors are equal. */
  private static double distance(float[] a, double aa, float[] b, double bb) {
    double most = Math.max(aa, bb);
    return most == 0 ? 0 : Math.max(0, aa + bb - 2 * dot(a, b)) / most;
  }

  // Four sums, so that the additions do not wait for each other.
  private static double dot(float[] a, float[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += (double) a[i] * b[i];
      s1 += (double) a[i + 1] * b[i + 1];
      s2 += (double) a[i + 2] * b[i + 2];
      s3 += (double) a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) s0 += (double) a[i] * b[i];
    return s0 + s1 + s2 + s3;
  }

  private static double[] squares(float[][] vectors) {
    return Arrays.stream(vectors).mapToDouble(v -> dot(v, v)).toArray();
  }
}
