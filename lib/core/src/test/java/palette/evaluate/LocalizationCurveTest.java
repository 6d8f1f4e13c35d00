package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.reward.ByMargins;
import palette.reward.Scorer;

class LocalizationCurveTest {
  private final Preferences heldOut = Cases.answers("ann", 4, "bob", 2);

  /** Gets as many of somebody's held-out answers right as they have given answers. */
  private static Scorer slow(Preferences asked) {
    return new ByMargins(
        "slow learner",
        answers -> {
          double[] margins = new double[answers.size()];
          Arrays.fill(margins, -1);
          Arrays.fill(margins, 0, Math.min(margins.length, asked.size()), 1);
          return margins;
        });
  }

  @Test
  void everyUserCountsTheSameAtEveryPoint() {
    var asked = Cases.answers("ann", 3, "bob", 1);
    var curve = LocalizationCurve.of(LocalizationCurveTest::slow, asked, heldOut, 2, 0, 1, 3);
    assertThat(curve.points().stream().map(LocalizationCurve.Point::answers))
        .containsExactly(0, 1, 2, 3);
    // Ann 0/4, 1/4, 2/4, 3/4; Bob 0/2, 1/2 and no more answers
    assertThat(curve.points().stream().map(LocalizationCurve.Point::accuracy))
        .containsExactly(0.0, 0.375, 0.5, 0.625);
    assertThat(curve.points().get(1).interval().low()).isCloseTo(0.25, within(1e-12));
    assertThat(curve.points().get(1).interval().high()).isCloseTo(0.5, within(1e-12));
    assertThat(curve.name()).isEqualTo("slow learner");
  }

  @Test
  void whoHasNoPairYetStaysAtThePrior() {
    // Bob's first two votes are alike: no pair until the third
    var votes =
        Judgements.builder()
            .add("ann", "x", 1)
            .add("ann", "y", -1)
            .add("ann", "z", 1)
            .add("bob", "x", 1)
            .add("bob", "y", 1)
            .add("bob", "z", -1)
            .build();
    var curve =
        LocalizationCurve.of(LocalizationCurveTest::slow, votes, heldOut, 200, 7, 0, 1, 2, 3);
    assertThat(curve.points().stream().map(LocalizationCurve.Point::located))
        .containsExactly(0, 0, 1, 2);
    assertThat(curve.text()).contains("1 of 2");
  }

  @Test
  void usersWhoWereNeverAskedCountToo() {
    var curve =
        LocalizationCurve.of(LocalizationCurveTest::slow, Cases.answers("ann", 4), heldOut, 4);
    assertThat(curve.points().get(0).accuracy()).isEqualTo(0.5);
    assertThat(curve.points().get(0).users()).isEqualTo(2);
  }

  @Test
  void aNegativeCountIsAnError() {
    assertThatThrownBy(
            () -> LocalizationCurve.of(LocalizationCurveTest::slow, heldOut, heldOut, -1))
        .hasMessage("counts: expected a whole number of at least 0, found -1.");
  }
}
