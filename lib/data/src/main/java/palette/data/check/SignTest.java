package palette.data.check;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How often a rule that names a winner is right, and whether that is more than chance. Rows that
 * share an item are not independent: with e = 1/2 where the rule is right and -1/2 where not, the
 * variance of their sum under chance is {@code V = sum_items (sum e)^2 - sum_pairs (sum e)^2} (the
 * dyadic sandwich, Aronow, Samii and Assenova 2015), at least n/4. The rows are worth {@code n
 * (n/4) / V} independent ones, and of so many Wilson's binomial bound is taken.
 */
final class SignTest {
  private final double[] byItem;
  private final double[] byPair;
  private int right;
  private int n;

  SignTest(int items, int pairs) {
    byItem = new double[items];
    byPair = new double[pairs];
  }

  void add(int chosen, int rejected, int pair, boolean holds) {
    double e = holds ? 0.5 : -0.5;
    byItem[chosen] += e;
    byItem[rejected] += e;
    byPair[pair] += e;
    n++;
    if (holds) right++;
  }

  int n() {
    return n;
  }

  double accuracy() {
    return n == 0 ? 0.5 : right / (double) n;
  }

  /** How many independent rows these are worth; at most n. */
  double worth() {
    double v = 0;
    for (double s : byItem) v += s * s;
    for (double s : byPair) v -= s * s;
    return n == 0 ? 0 : n * (n / 4.0) / Math.max(v, n / 4.0);
  }

  /** What the accuracy of the better direction, at least .5, is above but for a chance of alpha. */
  double atLeast(double alpha) {
    return wilson(Math.max(accuracy(), 1 - accuracy()), worth(), alpha / 2);
  }

  /** Lower end of Wilson's interval (1927) for a share p of n, one-sided. */
  static double wilson(double p, double n, double alpha) {
    if (n <= 0) return 0;
    double z = new NormalDistribution().inverseCumulativeProbability(1 - alpha);
    double half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return (p + z * z / (2 * n) - half) / (1 + z * z / n);
  }
}
