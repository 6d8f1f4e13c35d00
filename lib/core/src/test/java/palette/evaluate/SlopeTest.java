package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import palette.support.Seeds;

class SlopeTest {

  @Test
  void aPowerLawIsReadOff() {
    var slope = Slope.of(new double[] {1, 4, 16, 64}, new double[] {3, 1.5, 0.75, 0.375});
    assertThat(slope.value()).isCloseTo(-0.5, within(1e-12));
    assertThat(slope.scale()).isCloseTo(3, within(1e-12));
    assertThat(slope.at(100)).isCloseTo(0.3, within(1e-12));
    assertThat(slope.interval().high() - slope.interval().low()).isLessThan(1e-6);
    assertThat(slope.text())
        .isEqualTo("slope -0.500 on logarithmic axes (95 %: -0.500 to -0.500), 4 points");
  }

  // Logs (0,0) (1,1) (2,1): slope 1/2, rest 1/6, one degree of freedom, so 12.706 sqrt(1/12).
  @Test
  void anIntervalByHand() {
    double e = Math.E;
    var slope = Slope.of(new double[] {1, e, e * e}, new double[] {1, e, e});
    assertThat(slope.value()).isCloseTo(0.5, within(1e-12));
    assertThat(slope.interval().high())
        .isCloseTo(0.5 + 12.7062 * Math.sqrt(1 / 12.0), within(1e-4));
  }

  @Test
  void theIntervalHoldsTheTruthInAboutNinetyFiveOfAHundredStudies() {
    var random = Seeds.stream(5, "slopes");
    double[] x = {20, 20, 50, 50, 100, 100, 200, 200};
    int held = 0;
    for (int study = 0; study < 1000; study++) {
      double[] y = new double[x.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = Math.pow(x[i], -0.7) * Math.exp(0.3 * random.nextGaussian());
      }
      if (Slope.of(x, y).interval().contains(-0.7)) held++;
    }
    assertThat(held).isBetween(925, 975);
  }

  @Test
  void whatHasNoLogarithmOrNoLineIsAnError() {
    assertThatThrownBy(() -> Slope.of(new double[] {1, 2, 3}, new double[] {1, 0, 1}))
        .hasMessage("y: expected a number greater than 0, found 0.0.");
    assertThatThrownBy(() -> Slope.of(new double[] {2, 2, 2}, new double[] {1, 2, 3}))
        .hasMessage("x: expected at least two different numbers, found 2.0 only.");
    assertThatThrownBy(() -> Slope.of(new double[] {1, 2}, new double[] {1, 2}))
        .hasMessage("x: expected at least 3 points, found 2.");
  }
}
