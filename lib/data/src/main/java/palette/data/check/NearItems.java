package palette.data.check;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The nearest of some vectors to each of others, by {@code |a - b| / max(|a|, |b|)}, 0 to 2; for
 * unit vectors {@code sqrt(2 - 2 cos)}. Every pair is looked at, block by block and on all cores,
 * and nothing is missed, as it may be by hashing. Cost: n m d multiplications at most. A pair whose
 * first 64 numbers already say that it is too far ({@code a.b <= head + |tail of a| |tail of b|})
 * is left there; for sentence embeddings that is nearly every pair, and 20,000 by 20,000 of them
 * take 2.6e10 multiplications, a minute or less on two cores.
 */
final class NearItems {
  private static final int BLOCK = 64;
  private static final int HEAD = 64;
  private static final double ROUNDING = 1e-9;

  private final float[][] from;
  private final float[][] to;
  private final double[] fromSquares;
  private final double[] toSquares;
  private final double[] fromTails;
  private final double[] toTails;
  private final int[] nearest;
  private final double[] least; // squared distance of the nearest so far, at first of the limit

  private NearItems(float[][] from, float[][] to, double limit) {
    this.from = from;
    this.to = to;
    fromSquares = squares(from);
    toSquares = squares(to);
    fromTails = tails(from);
    toTails = tails(to);
    nearest = new int[from.length];
    least = new double[from.length];
    Arrays.fill(nearest, -1);
    Arrays.fill(least, limit * limit);
  }

  /** For each of {@code from} the position of the nearest of {@code to}, or -1 beyond the limit. */
  static int[] nearest(float[][] from, float[][] to, double limit) {
    var search = new NearItems(from, to, limit);
    int blocks = (from.length + BLOCK - 1) / BLOCK;
    IntStream.range(0, blocks).parallel().forEach(search::block);
    return search.nearest;
  }

  private void block(int block) {
    int first = block * BLOCK;
    int end = Math.min(first + BLOCK, from.length);
    for (int j = 0; j < to.length; j++) {
      for (int i = first; i < end; i++) compare(i, j);
    }
  }

  private void compare(int i, int j) {
    int head = Math.min(HEAD, from[i].length);
    double most = Math.max(fromSquares[i], toSquares[j]);
    double sum = fromSquares[i] + toSquares[j];
    double dot = dot(from[i], to[j], 0, head);
    double atLeast = sum - 2 * (dot + fromTails[i] * toTails[j]);
    if (atLeast > (least[i] + ROUNDING) * most) return;
    dot += dot(from[i], to[j], head, from[i].length);
    double d = most == 0 ? 0 : Math.max(0, sum - 2 * dot) / most; // two zero vectors are equal
    if (d > least[i] || (d == least[i] && nearest[i] >= 0)) return;
    least[i] = d;
    nearest[i] = j;
  }

  // Four sums, so that the additions do not wait for each other.
  private static double dot(float[] a, float[] b, int start, int end) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = start;
    for (; i + 3 < end; i += 4) {
      s0 += (double) a[i] * b[i];
      s1 += (double) a[i + 1] * b[i + 1];
      s2 += (double) a[i + 2] * b[i + 2];
      s3 += (double) a[i + 3] * b[i + 3];
    }
    for (; i < end; i++) s0 += (double) a[i] * b[i];
    return s0 + s1 + s2 + s3;
  }

  private static double[] squares(float[][] vectors) {
    return Arrays.stream(vectors).mapToDouble(v -> dot(v, v, 0, v.length)).toArray();
  }

  private static double[] tails(float[][] vectors) {
    return Arrays.stream(vectors)
        .mapToDouble(v -> Math.sqrt(dot(v, v, Math.min(HEAD, v.length), v.length)))
        .toArray();
  }
}
