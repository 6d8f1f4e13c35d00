package palette.policy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import palette.support.Checks;

/**
 * How the next token is drawn from softmax(logits / temperature).
 *
 * @param temperature 0 takes the most probable one
 * @param top only that many of the most probable ones; 0 for all
 * @param nucleus only the most probable ones that have this much of the probability together
 *     (Holtzman et al. 2020); 1 for all
 * @param seed of the draws
 */
public record Sampling(double temperature, int top, double nucleus, long seed) {

  /** Checks the numbers. */
  public Sampling {
    Checks.notNegative("temperature", temperature);
    Checks.atLeast(0, "top", top);
    Checks.require(nucleus > 0 && nucleus <= 1, "nucleus", "a share in (0, 1]", nucleus);
  }

  /** Always the most probable token. */
  public static Sampling greedy() {
    return new Sampling(0, 0, 1, 1);
  }

  /** Draws as the policy says, at temperature 1. */
  public static Sampling seed(long seed) {
    return new Sampling(1, 0, 1, seed);
  }

  /** The same at another temperature. */
  public Sampling at(double degrees) {
    return new Sampling(degrees, top, nucleus, seed);
  }

  /** The same from the k most probable tokens. */
  public Sampling top(int k) {
    return new Sampling(temperature, k, nucleus, seed);
  }

  /** The same from the most probable tokens that have this share together. */
  public Sampling nucleus(double share) {
    return new Sampling(temperature, top, share, seed);
  }

  /** One token by the logits of row {@code at} of a table. */
  int draw(float[] logits, int at, int words, SplittableRandom random) {
    Comparator<Integer> rising = Comparator.comparingDouble(w -> logits[at * words + w]);
    if (temperature == 0) return IntStream.range(0, words).boxed().max(rising).orElseThrow();
    Integer[] order = IntStream.range(0, words).boxed().toArray(Integer[]::new);
    if (top > 0 || nucleus < 1) Arrays.sort(order, rising.reversed());
    double most =
        IntStream.range(0, words).mapToDouble(w -> logits[at * words + w]).max().orElse(0);
    double[] mass = new double[top > 0 ? Math.min(top, words) : words];
    double total = 0;
    for (int i = 0; i < mass.length; i++) {
      mass[i] = Math.exp((logits[at * words + order[i]] - most) / temperature);
      total += mass[i];
    }
    double kept = 0;
    int n = 0;
    while (n < mass.length && kept < nucleus * total) kept += mass[n++];
    double left = random.nextDouble() * kept;
    int i = 0;
    while (i < n - 1 && (left -= mass[i]) >= 0) i++;
    return order[i];
  }
}
