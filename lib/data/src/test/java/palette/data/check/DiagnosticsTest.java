package palette.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;

class DiagnosticsTest {

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
    assertThat(Diagnostics.consistency(answers)).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void withoutRepeatsConsistencyIsUnknown() {
    var once = Preferences.of(List.of(Comparison.of("ann", "tea", "coffee")));
    assertThat(Diagnostics.consistency(once)).isNaN();
  }

  @Test
  void theNoiseCeilingOfMethodsSeven() {
    assertThat(Diagnostics.noiseCeiling(0.8)).isCloseTo(0.887298334621, within(1e-12));
    assertThat(Diagnostics.noiseCeiling(1)).isEqualTo(1);
    assertThat(Diagnostics.noiseCeiling(0.4)).isEqualTo(0.5);
    assertThatThrownBy(() -> Diagnostics.noiseCeiling(1.5))
        .hasMessage("consistency: expected a number from 0.0 to 1.0, found 1.5.");
  }

  @Test
  void theCircularTriadsOfMethodsSeven() {
    var triads = Diagnostics.circularTriads(4, 2, 2, 1, 1);
    assertThat(triads.count()).isEqualTo(2);
    assertThat(triads.zeta()).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void fourItemsInAsManyCirclesAsCanBe() {
    // n = 4: at most two circles
    assertThat(Diagnostics.circularTriads(2, 2, 1, 1)).isEqualTo(new Diagnostics.Triads(2, 0));
    assertThat(Diagnostics.circularTriads(3, 2, 1, 0)).isEqualTo(new Diagnostics.Triads(0, 1));
  }

  @Test
  void winsOfAnIncompleteRoundAreAnError() {
    assertThatThrownBy(() -> Diagnostics.circularTriads(1, 1, 0))
        .hasMessage("wins: expected a sum of 3, each pair once, found 2.");
  }

  @Test
  void disagreementIsTwoPTimesOneMinusP() {
    // three of four prefer tea to coffee; all two prefer milk to water; one question once only
    var answers =
        Preferences.of(
            List.of(
                Comparison.of("a", "tea", "coffee"),
                Comparison.of("b", "tea", "coffee"),
                Comparison.of("c", "coffee", "tea"),
                Comparison.of("d", "tea", "coffee"),
                Comparison.of("a", "milk", "water"),
                Comparison.of("b", "milk", "water"),
                Comparison.of("a", "milk", "tea")));
    assertThat(Diagnostics.disagreement(answers)).isCloseTo(0.375 / 2, within(1e-12));
  }
}
