package palette.behaviour;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import palette.support.Checks;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * What the best of n by a learned reward is truly worth: the learned reward of what is picked rises
 * with n, and the true one may turn (Gao et al., arXiv 2210.10760). Means over all draws of n with
 * replacement, exact; both rewards in standard deviations of the candidates from their mean.
 *
 * @param accuracy the share of pairs of candidates that the learned reward puts in the true order
 * @param points by rising n
 */
public record OverOptimisation(double accuracy, List<Point> points) implements Tabled {

  /**
   * What is picked of n.
   *
   * @param divergence {@link BestOfN#divergence} of n
   */
  public record Point(int n, double divergence, double learned, double truth) {}

  /** Of these candidates, at these n. */
  public static OverOptimisation of(
      Judge learned, Judge truth, String prompt, List<String> candidates, int... counts) {
    Checks.require(candidates.size() >= 2, "candidates", "at least 2", candidates.size());
    double[] said = Numbers.standard(learned.rewards(prompt, candidates));
    double[] so = Numbers.standard(truth.rewards(prompt, candidates));
    var points = Arrays.stream(counts).sorted().mapToObj(n -> point(n, said, so)).toList();
    return new OverOptimisation(Numbers.agreement(said, so), points);
  }

  private static Point point(int n, double[] said, double[] so) {
    double[] chances = BestOfN.chances(said, n);
    return new Point(n, BestOfN.divergence(n), expected(chances, said), expected(chances, so));
  }

  private static double expected(double[] chances, double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> chances[i] * values[i]).sum();
  }

  /** Where the true reward is highest: a larger n harms. */
  public Point turn() {
    return points.stream().max(Comparator.comparingDouble(Point::truth)).orElseThrow();
  }

  @Override
  public Sheet sheet() {
    var rows =
        points.stream().map(p -> Numbers.row("" + p.n, p.divergence, p.learned, p.truth)).toList();
    return new Sheet(
        Texts.format("Best of n by a reward that has %.3f of the pairs right", accuracy),
        List.of("n", "nats from one draw", "learned reward", "true reward"),
        rows);
  }

  @Override
  public String toString() {
    return text();
  }
}
