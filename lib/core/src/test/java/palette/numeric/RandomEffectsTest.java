package palette.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import palette.support.Seeds;

class RandomEffectsTest {
  private static final int EFFECTS = 4;

  /** 80 people whose tastes differ along the first slope only, by so much. */
  private static List<List<RandomEffects.Answers>> people(double size, long seed) {
    var random = new SplittableRandom(seed);
    var heard = new ArrayList<RandomEffects.Answers>();
    var held = new ArrayList<RandomEffects.Answers>();
    for (int u = 0; u < 80; u++) {
      double t = size * random.nextGaussian();
      for (var into : List.of(heard, held)) into.add(answers(t, random));
    }
    return List.of(heard, held);
  }

  private static RandomEffects.Answers answers(double t, SplittableRandom random) {
    int n = 25;
    double[] rows = new double[n * (1 + EFFECTS)];
    for (int j = 0; j < n; j++) {
      double[] row = Seeds.normal(1 + EFFECTS, 1, random);
      boolean as = random.nextDouble() < Links.logistic(row[0] + t * row[1]);
      for (int i = 0; i < row.length; i++) rows[j * row.length + i] = as ? row[i] : -row[i];
    }
    double[] weights = new double[n];
    Arrays.fill(weights, 1);
    return new RandomEffects.Answers(rows, weights);
  }

  private static RandomEffects.Found best(double size, long seed) {
    var said = people(size, seed);
    return new RandomEffects(said.get(0), said.get(1), EFFECTS)
        .best(new double[] {100, 10, 1, 0.1});
  }

  @Test
  void itLearnsAlongWhichSlopePeopleDiffer() {
    var found = best(2, 1);
    double[] reach = new double[EFFECTS]; // of each slope, over all turned ones
    for (double[] row : found.turned()) for (int l = 0; l < 4; l++) reach[l] += row[l] * row[l];
    for (int l = 1; l < EFFECTS; l++) assertThat(reach[0]).isGreaterThan(4 * reach[l]);
    assertThat(found.ridge()).isFinite();
  }

  @Test
  void whereNobodyDiffersNobodyGetsEffectsThatMatter() {
    for (long seed = 0; seed < 5; seed++) {
      assertThat(best(0, seed).ridge()).isGreaterThanOrEqualTo(100);
    }
  }

  @Test
  void theSameAnswersGiveTheSameBits() {
    assertThat(best(1, 3).effects()).isDeepEqualTo(best(1, 3).effects());
  }
}
