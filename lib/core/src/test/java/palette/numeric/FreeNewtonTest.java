package palette.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The solver in a free space, where the answer is known and against plain gradient steps. */
class FreeNewtonTest {

  // RIVALS 2.4: MAP with a ridge; features, answers 1, 0, 1, 1 turned so that all are chosen.
  private static final double[] GOLDEN = {1, 0, -.2, -.8, -.5, .3, .7, -.6};

  @Test
  void theGoldenUserOfPref() {
    double[] w = {0, 0};
    double gap = Newton.free(2).solve(GOLDEN, ones(4), 4, 0.1, new double[2], w);
    assertThat(w).containsExactly(new double[] {.727194715422, -1.389729794533}, within(1e-9));
    assertThat(loss(GOLDEN, ones(4), 0.1, new double[2], w))
        .isCloseTo(2.2293549907363386, within(1e-12));
    assertThat(gap).isBetween(0.0, 1e-12);
    double[] pulled = {5, 5};
    Newton.free(2).solve(GOLDEN, ones(4), 4, 1, new double[2], pulled);
    assertThat(pulled).containsExactly(new double[] {.318669048059, -.40787968248}, within(1e-9));
  }

  @Test
  void withoutAnswersTheCenterIsBest() {
    double[] w = {3, -4};
    double gap = Newton.free(2).solve(new double[0], new double[0], 0, 2, new double[] {1, 1}, w);
    assertThat(w).containsExactly(new double[] {1, 1}, within(1e-12));
    assertThat(gap).isBetween(0.0, 1e-20);
  }

  @RepeatedTest(20)
  void theGapBoundsTheDistanceToTheBest(RepetitionInfo repetition) {
    var random = new SplittableRandom(repetition.getCurrentRepetition());
    int columns = 1 + random.nextInt(6);
    int answers = random.nextInt(40);
    double strength = Math.exp(random.nextDouble(-4, 4));
    double[] rows = random.doubles((long) answers * columns, -9, 9).toArray();
    double[] weights = random.doubles(answers, 0.1, 2).toArray();
    double[] center = random.doubles(columns, -1, 1).toArray();
    double[] w = new double[columns];
    double gap = Newton.free(columns).solve(rows, weights, answers, strength, center, w);
    double best = descent(rows, weights, strength, center);
    double here = loss(rows, weights, strength, center, w);
    assertThat(gap).isBetween(0.0, 1e-9);
    assertThat(here).isLessThanOrEqualTo(best + 1e-12);
    double[] away = w.clone();
    away[0] += 0.1;
    double[] stay = away.clone();
    assertThat(loss(rows, weights, strength, center, stay) - here)
        .isLessThanOrEqualTo(gapAt(rows, weights, strength, center, stay) + 1e-12);
  }

  @Test
  void withoutAPriorNothingBoundsTheLoss() {
    double[] w = {0};
    double gap = Newton.free(1).solve(new double[] {1}, ones(1), 1, 0, new double[1], w);
    assertThat(w[0]).isGreaterThan(5);
    assertThat(gap).isInfinite();
  }

  @Test
  void moreWeightsThanAnswersAreNoOtherProblem() {
    var random = new SplittableRandom(3);
    int columns = 50;
    double[] rows = random.doubles(5L * columns, -1, 1).toArray();
    System.arraycopy(rows, 0, rows, columns, columns); // one answer twice
    double[] center = random.doubles(columns, -1, 1).toArray();
    double[] w = new double[columns];
    double gap = Newton.free(columns).solve(rows, ones(5), 5, 0.7, center, w);
    assertThat(gap).isBetween(0.0, 1e-12);
    assertThat(gapAt(rows, ones(5), 0.7, center, w)).isLessThan(1e-12);
  }

  @Test
  void rowsTooLargeToSquareEndTheSearchWhereItIs() {
    double[] rows = {1e200, -1e200, 1e200, 1e180};
    double[] w = {0, 0};
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> Newton.free(2).solve(rows, ones(2), 2, 1, new double[2], w));
    assertThat(w).containsExactly(0, 0);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double loss(
      double[] rows, double[] weights, double strength, double[] center, double[] w) {
    double sum = 0;
    for (int k = 0; k < w.length; k++) sum += strength / 2 * Math.pow(w[k] - center[k], 2);
    for (int j = 0; j < weights.length; j++) sum += weights[j] * Links.logLoss(margin(rows, j, w));
    return sum;
  }

  private static double margin(double[] rows, int j, double[] w) {
    double margin = 0;
    for (int k = 0; k < w.length; k++) margin += rows[j * w.length + k] * w[k];
    return margin;
  }

  private static double[] gradient(
      double[] rows, double[] weights, double strength, double[] center, double[] w) {
    double[] g = new double[w.length];
    for (int k = 0; k < w.length; k++) g[k] = strength * (w[k] - center[k]);
    for (int j = 0; j < weights.length; j++) {
      double p = weights[j] * Links.logistic(-margin(rows, j, w));
      for (int k = 0; k < w.length; k++) g[k] -= p * rows[j * w.length + k];
    }
    return g;
  }

  /** |gradient|^2 / (2 strength). */
  private static double gapAt(
      double[] rows, double[] weights, double strength, double[] center, double[] w) {
    double squares = 0;
    for (double g : gradient(rows, weights, strength, center, w)) squares += g * g;
    return squares / (2 * strength);
  }

  private static double descent(double[] rows, double[] weights, double strength, double[] center) {
    double[] w = center.clone();
    double steep = strength;
    for (double row : rows) steep += row * row / 2;
    for (int step = 0; step < 4000; step++) {
      double[] g = gradient(rows, weights, strength, center, w);
      for (int k = 0; k < w.length; k++) w[k] -= g[k] / steep;
    }
    return loss(rows, weights, strength, center, w);
  }
}
