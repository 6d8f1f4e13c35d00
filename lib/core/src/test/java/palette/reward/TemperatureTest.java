package palette.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.numeric.Links;
import palette.support.Seeds;

/** One number makes probabilities of margins, whatever their unit. */
class TemperatureTest {

  private static Preferences answers(int n) {
    var all = new ArrayList<Comparison>();
    for (int i = 0; i < n; i++) all.add(Comparison.of("u" + i % 6, "a" + i, "b" + i));
    return Preferences.of(all);
  }

  /** Margins of people who answer by them with logistic noise. */
  private static double[] honest(int n) {
    var random = Seeds.stream(3, "margins");
    double[] margins = new double[n];
    for (int i = 0; i < n; i++) {
      double m = 2 * random.nextGaussian();
      margins[i] = random.nextDouble() < Links.logistic(m) ? m : -m;
    }
    return margins;
  }

  private static double[] times(double factor, double[] margins) {
    return Arrays.stream(margins).map(m -> factor * m).toArray();
  }

  @Test
  void honestMarginsNeedNone() {
    assertThat(Temperature.of(honest(20_000), answers(20_000))).isBetween(0.95, 1.05);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e-3, 255, 1e6})
  void theTemperatureGrowsWithTheMargins(double factor) {
    var answers = answers(2000);
    double[] margins = honest(2000);
    double one = Temperature.of(margins, answers);
    double many = Temperature.of(times(factor, margins), answers);
    assertThat(many / (factor * one)).isCloseTo(1, within(1e-6));
    assertThat(Temperature.logLoss(times(factor, margins), answers, many))
        .isCloseTo(Temperature.logLoss(margins, answers, one), within(1e-6));
  }

  @Test
  void marginsThatAreAlwaysWrongAreWorthACoinAndNoLess() {
    double[] wrong = new double[300];
    Arrays.fill(wrong, -500);
    var answers = answers(300);
    double loss = Temperature.logLoss(wrong, answers, Temperature.of(wrong, answers)) / 300;
    assertThat(loss).isCloseTo(Math.log(2), within(1e-5));
  }

  @Test
  void anAnswerThatWeighsHalfCountsHalf() {
    double[] margins = {3, -1, 0.5};
    var weighed = Preferences.builder();
    for (int i = 0; i < 3; i++) weighed.add(Comparison.of("u", "a" + i, "b" + i), i == 0 ? 1 : 0.5);
    double[] repeated = {3, 3, -1, 0.5};
    assertThat(Temperature.of(margins, weighed.build()))
        .isCloseTo(Temperature.of(repeated, answers(4)), within(1e-6));
  }

  @Test
  void noMarginsAtAllAreWorthACoin() {
    var answers = answers(10);
    double temperature = Temperature.of(new double[10], answers);
    assertThat(temperature).isPositive().isFinite();
  }
}
