package palette.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixedNewtonTest {
  private static final int COLUMNS = 7; // a mix of 3, then 3 free, then one more of the mix
  private static final int ANSWERS = 15;

  private final double[] rows;
  private final double[] weights = new double[ANSWERS];
  private final double[] center = {0.4, 0.3, 0.1, 0, 0.2, 0, 0.2};

  MixedNewtonTest() {
    rows = new SplittableRandom(4).doubles(ANSWERS * COLUMNS, -3, 3).toArray();
    Arrays.fill(weights, 0.8);
  }

  private double loss(double strength, double[] w) {
    double loss = 0;
    for (int j = 0; j < ANSWERS; j++) {
      double margin = 0;
      for (int k = 0; k < COLUMNS; k++) margin += rows[j * COLUMNS + k] * w[k];
      loss += weights[j] * Links.logLoss(margin);
    }
    for (int k = 0; k < COLUMNS; k++) loss += strength / 2 * Math.pow(w[k] - center[k], 2);
    return loss;
  }

  private static boolean isFree(int k) {
    return k >= 3 && k < 6;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 20})
  void noPointNearbyOrFarIsBetter(double strength) {
    double[] w = center.clone();
    double gap = new Newton(COLUMNS, 3, 3).solve(rows, weights, ANSWERS, strength, center, w);
    assertThat(gap).isBetween(0.0, 1e-8);
    assertThat(w[0] + w[1] + w[2] + w[6]).isCloseTo(1, within(1e-12));
    double here = loss(strength, w);
    var random = new SplittableRandom(9);
    for (int i = 0; i < 5_000; i++) {
      double[] mix = Simplex.random(4, random);
      double step = Math.pow(random.nextDouble(), 4);
      double[] other = w.clone();
      for (int k = 0, n = 0; k < COLUMNS; k++) {
        double to = isFree(k) ? w[k] + random.nextDouble(-2, 2) : mix[n++];
        other[k] += step * (to - w[k]);
      }
      assertThat(loss(strength, other)).isGreaterThan(here - gap - 1e-12);
    }
  }

  /** Wherever it stops, the loss lies no further above the least than the gap says. */
  @Test
  void theGapIsABound() {
    double[] best = center.clone();
    new Newton(COLUMNS, 3, 3).solve(rows, weights, ANSWERS, 0.5, center, best);
    double[] huge = Arrays.stream(rows).map(x -> 1e4 * x).toArray(); // where it is hard
    double[] w = center.clone();
    double gap = new Newton(COLUMNS, 3, 3).solve(huge, weights, ANSWERS, 0.5, center, w);
    assertThat(gap).isFinite().isNotNegative();
    double[] again = w.clone();
    double next = new Newton(COLUMNS, 3, 3).solve(huge, weights, ANSWERS, 0.5, center, again);
    assertThat(next).isLessThanOrEqualTo(gap + 1e-12);
  }

  @Test
  void aFreeWeightThatNoAnswerMovesLeavesTheMixAsItIsAlone() {
    double[] mix = {0.3, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1};
    double[] expected = mix.clone();
    Newton.simplex(COLUMNS).solve(rows, weights, ANSWERS, 0.5, mix, expected);
    double[] wider = new double[ANSWERS * (COLUMNS + 1)];
    for (int j = 0; j < ANSWERS; j++) {
      System.arraycopy(rows, j * COLUMNS, wider, j * (COLUMNS + 1), COLUMNS);
    }
    double[] from = Arrays.copyOf(mix, COLUMNS + 1);
    double[] w = from.clone();
    new Newton(COLUMNS + 1, COLUMNS, 1).solve(wider, weights, ANSWERS, 0.5, from, w);
    assertThat(w).containsExactly(Arrays.copyOf(expected, COLUMNS + 1), within(1e-6));
  }

  /** Where the mix has no choice, the gap is that of the free weights alone. */
  @Test
  void besideAMixOfOneTheFreeWeightsAreFound() {
    double[] one = {1, 0, 0, 0, 0, 0, 0};
    double[] w = one.clone();
    double gap = new Newton(COLUMNS, 1, 6).solve(rows, weights, ANSWERS, 0.5, one, w);
    assertThat(gap).isBetween(0.0, 1e-8);
    for (int k = 1; k < COLUMNS; k++) {
      double[] up = w.clone();
      double[] down = w.clone();
      up[k] += 1e-4;
      down[k] -= 1e-4;
      double away = 0.5 * (center[k] - one[k]); // loss(..) has another center
      double slope = (loss(0.5, up) - loss(0.5, down)) / 2e-4 + away;
      assertThat(slope).isCloseTo(0, within(1e-4));
    }
  }
}
