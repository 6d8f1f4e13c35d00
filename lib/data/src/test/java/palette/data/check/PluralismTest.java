package palette.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;

class PluralismTest {

  @Test
  void consistencyCountsRepeatsInEitherOrder() {
    // Ann: tea twice, coffee once: one alike pair of three. Bob repeats nothing.
    var answers =
        Preferences.of(
            List.of(
                Comparison.of("ann", "tea", "coffee"),
                Comparison.of("ann", "coffee", "tea"),
                Comparison.of("ann", "tea", "coffee"),
                Comparison.of("ann", "tea", "milk"),
                Comparison.of("bob", "coffee", "tea")));
    assertThat(AnswerQuality.of(answers).pluralism().consistency())
        .isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void withoutRepeatsConsistencyIsUnknown() {
    var once = Preferences.of(List.of(Comparison.of("ann", "tea", "coffee")));
    assertThat(AnswerQuality.of(once).pluralism().consistency()).isNaN();
  }

  @Test
  void theNoiseCeilingOfMethodsSeven() {
    assertThat(Pluralism.ceiling(0.8)).isCloseTo(0.887298334621, within(1e-12));
    assertThat(Pluralism.ceiling(1)).isEqualTo(1);
    assertThat(Pluralism.ceiling(0.4)).isEqualTo(0.5);
    assertThatThrownBy(() -> Pluralism.ceiling(1.5))
        .hasMessage("consistency: expected a number from 0.0 to 1.0, found 1.5.");
  }
}
