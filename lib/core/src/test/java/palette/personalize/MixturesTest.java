package palette.personalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The values of METHODS 7. */
class MixturesTest {
  private final double[] w = {0.7, 0.2, 0.1};

  @Test
  void divergenceFromThePopulation() {
    double[] population = {0.5, 0.3, 0.2};
    assertThat(Mixtures.divergence(w, population)).isCloseTo(0.085122825957, within(1e-9));
    assertThat(Mixtures.divergence(w, w)).isZero();
    assertThat(Mixtures.divergence(new double[] {0, 1}, new double[] {0.5, 0.5}))
        .isCloseTo(Math.log(2), within(1e-12));
    assertThat(Mixtures.divergence(new double[] {0, 1}, new double[] {1, 0})).isInfinite();
  }

  @Test
  void effectivePrototypes() {
    assertThat(Mixtures.effectivePrototypes(w)).isCloseTo(2.229591873920, within(1e-9));
    assertThat(Mixtures.effectivePrototypes(new double[] {0, 1, 0})).isEqualTo(1);
    assertThat(Mixtures.effectivePrototypes(new double[] {.25, .25, .25, .25}))
        .isCloseTo(4, within(1e-12));
  }
}
