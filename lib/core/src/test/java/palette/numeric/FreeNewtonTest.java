package palette.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import palette.family.Golden;
import palette.support.Seeds;

/** RIVALS 2.4, the newcomer, and what the gap promises. */
class FreeNewtonTest {
  private static final JsonNode GOLDEN = Golden.read("pref.json").get("map");

  /** Rows as the solver wants them: what was not chosen with its sign turned. */
  private static double[] rows() {
    double[][] features = Golden.rows(GOLDEN.get("features"));
    double[] answers = Golden.numbers(GOLDEN.get("answers"));
    double[] rows = new double[2 * features.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (2 * answers[i / 2] - 1) * features[i / 2][i % 2];
    }
    return rows;
  }

  private static double loss(double[] rows, double[] w, double[] center, double strength) {
    double sum = 0;
    for (int at = 0; at < rows.length; at += w.length) {
      double m = 0;
      for (int k = 0; k < w.length; k++) m += rows[at + k] * w[k];
      sum += Links.logLoss(m);
    }
    for (int k = 0; k < w.length; k++) sum += strength / 2 * Math.pow(w[k] - center[k], 2);
    return sum;
  }

  private static double[] ones(int n) {
    double[] v = new double[n];
    Arrays.fill(v, 1);
    return v;
  }

  @Test
  void aNewcomerIsWhereAnotherSolverPutThem() {
    for (var one : GOLDEN.get("cases")) {
      double strength = one.get("strength").asDouble();
      double[] w = new double[2];
      double gap = new FreeNewton(2).solve(rows(), ones(4), 4, strength, new double[2], w);
      assertThat(w).containsExactly(Golden.numbers(one.get("weights")), within(1e-6));
      assertThat(gap).isBetween(0.0, 1e-9);
      assertThat(loss(rows(), w, new double[2], strength))
          .isCloseTo(one.get("objective").asDouble(), within(1e-11));
    }
  }

  @Test
  void nothingNearbyIsBetterThanTheSolutionByMoreThanTheGap() {
    var random = Seeds.stream(1, "free");
    for (int columns : new int[] {1, 3, 40}) {
      double[] rows = Seeds.normal(12 * columns, 1, random);
      double[] center = Seeds.normal(columns, 1, random);
      double[] w = center.clone();
      double gap = new FreeNewton(columns).solve(rows, ones(12), 12, 0.5, center, w);
      double best = loss(rows, w, center, 0.5);
      assertThat(gap).isBetween(0.0, 1e-8);
      for (int i = 0; i < 50; i++) {
        double[] there = w.clone();
        double[] step = Seeds.normal(columns, 0.01, random);
        for (int k = 0; k < columns; k++) there[k] += step[k];
        assertThat(loss(rows, there, center, 0.5)).isGreaterThan(best - gap);
      }
    }
  }

  @Test
  void withoutAnswersTheCenterStaysToTheLastBit() {
    double[] center = {0.7, -3, 2};
    double[] w = center.clone();
    assertThat(new FreeNewton(3).solve(new double[0], new double[0], 0, 2, center, w)).isZero();
    assertThat(w).containsExactly(center);
  }
}
