package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import palette.support.Interval;

class ComparisonsTest {
  private final Evaluation base =
      Evaluation.of(Cases.scorer("one for all", -1, 1, 1, -1, -2, 1, .5, 4), Cases.THREE);
  private final Evaluation better =
      Evaluation.of(Cases.scorer("PAL", Cases.THREE_MARGINS), Cases.THREE);

  @Test
  void aDifferenceIsPairedByUser() {
    // only Ann differs, .4 against .6
    var difference = Evaluation.compare(List.of(base, better)).differences().get(0);
    assertThat(difference.value()).isCloseTo(0.2 / 3, within(1e-12));
    assertThat(difference.interval().low()).isEqualTo(0);
    assertThat(difference.interval().high()).isCloseTo(0.2, within(1e-12));
    assertThat(difference.clear()).isFalse();
  }

  @Test
  void aModelDoesNotDifferFromItself() {
    var difference = new Comparisons(List.of(better, better)).differences().get(0);
    assertThat(difference.interval()).isEqualTo(new Interval(0, 0));
  }

  @Test
  void showsOneRowAModel() {
    var text = new Comparisons(List.of(base, better)).text();
    assertThat(text)
        .startsWith("2 models on 8 answers of 3 users\n")
        .contains("PAL          0.867                      +0.067");
  }

  @Test
  void anotherTestIsAnError() {
    var other = Evaluation.of(Cases.scorer("other", 1), Cases.answers("ann", 1));
    assertThatThrownBy(() -> new Comparisons(List.of(base, other)))
        .hasMessage("evaluations: expected the same test for all, found another for 'other'.");
  }
}
