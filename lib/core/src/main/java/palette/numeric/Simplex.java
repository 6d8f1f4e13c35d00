package palette.numeric;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Points of the simplex: weights of at least 0 that sum to 1. */
public final class Simplex {
  private Simplex() {}

  /** The nearest point of the simplex (Held, Wolfe, Crowder 1974: subtract a threshold). */
  public static double[] project(double[] x) {
    double[] falling = x.clone();
    Arrays.sort(falling);
    double sum = 0;
    double threshold = 0;
    for (int i = falling.length - 1, n = 1; i >= 0; i--, n++) {
      sum += falling[i];
      double candidate = (sum - 1) / n;
      if (falling[i] > candidate) threshold = candidate;
    }
    double[] w = new double[x.length];
    for (int k = 0; k < x.length; k++) w[k] = Math.max(0, x[k] - threshold);
    return w;
  }

  /** Prototype k alone. */
  public static double[] vertex(int columns, int k) {
    double[] w = new double[columns];
    w[k] = 1;
    return w;
  }

  /** A point drawn evenly from the simplex. */
  public static double[] random(int columns, SplittableRandom random) {
    double[] w = new double[columns];
    double sum = 0;
    for (int k = 0; k < columns; k++) sum += w[k] = -Math.log(1 - random.nextDouble());
    for (int k = 0; k < columns; k++) w[k] /= sum;
    return w;
  }
}
