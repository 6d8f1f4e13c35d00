package palette.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Answers follow the truth, as noisily as was asked for. */
class AnswersTest {
  private final WorldSpec spec = World.spec().users(50).prototypes(3).seed(5);

  private static double accuracy(World world) {
    double[] margins = world.margins(world.askEveryone(400));
    return Arrays.stream(margins).filter(m -> m > 0).count() / (double) margins.length;
  }

  @Test
  void withoutNoiseEveryAnswerIsTrue() {
    var world = spec.create();
    assertThat(Arrays.stream(world.margins(world.askEveryone(100)))).allMatch(m -> m > 0);
    assertThat(world.bestAccuracy()).isEqualTo(1);
  }

  @Test
  void flippedAnswersAreFalseAtThatRate() {
    var world = spec.flip(0.2).create();
    assertThat(accuracy(world)).isCloseTo(0.8, within(0.01));
    assertThat(world.bestAccuracy()).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void theBestAccuracyIsWhatTheTruthReachesOnNoisyAnswers() {
    var world = spec.noise(0.5).create();
    assertThat(accuracy(world)).isCloseTo(world.bestAccuracy(), within(0.01));
    assertThat(world.bestAccuracy()).isBetween(0.6, 0.97);
  }

  @Test
  void noiseAndFlipsAddUp() {
    var world = spec.noise(0.5).flip(0.1).create();
    assertThat(accuracy(world)).isCloseTo(world.bestAccuracy(), within(0.01));
  }

  @Test
  void probabilitiesFollowTheLogisticLink() {
    var world = spec.noise(0.5).create();
    assertThat(world.probability(1)).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-15));
    assertThat(world.probability(0)).isEqualTo(0.5);
  }

  @Test
  void whichOfTwoItemsIsChosenSaysNothingAboutItsPlace() {
    var answers = spec.create().askEveryone(200);
    long secondWon =
        java.util.stream.IntStream.range(0, answers.size())
            .filter(row -> answers.chosen(row) > answers.rejected(row))
            .count();
    assertThat(secondWon / (double) answers.size()).isCloseTo(0.5, within(0.02));
  }
}
