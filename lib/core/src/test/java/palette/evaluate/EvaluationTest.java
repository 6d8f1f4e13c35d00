package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import palette.data.Preferences;

class EvaluationTest {
  private final Evaluation three =
      Evaluation.of(Cases.scorer("three", Cases.THREE_MARGINS), Cases.THREE);

  @Test
  void pooledCountsAnswersAndMacroCountsUsers() {
    assertThat(three.accuracy()).isEqualTo(0.75);
    assertThat(three.macroAccuracy()).isCloseTo((0.6 + 1 + 1) / 3, within(1e-12));
    assertThat(three.answers()).isEqualTo(8);
    assertThat(three.users()).isEqualTo(3);
  }

  @Test
  void theWorstTenthOfThreeUsersIsTheWorstUser() {
    assertThat(three.worstTenth()).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void aMarginOfZeroIsACoinFlip() {
    var flip = Evaluation.of(Cases.scorer("flip", 0, 1), Cases.answers("ann", 2));
    assertThat(flip.accuracy()).isEqualTo(0.75);
  }

  @Test
  void logLossAndBrierByHand() {
    // sigmoid(ln 3) = 3/4 and sigmoid(-ln 3) = 1/4
    double m = Math.log(3);
    var two = Evaluation.of(Cases.scorer("two", m, -m), Cases.answers("ann", 1, "bob", 1));
    assertThat(two.logLoss()).isCloseTo((Math.log(4.0 / 3) + Math.log(4)) / 2, within(1e-12));
    assertThat(two.brier()).isCloseTo((1.0 / 16 + 9.0 / 16) / 2, within(1e-12));
  }

  @Test
  void calibrationComparesWhatWasSaidWithWhatWasRight() {
    // four guesses at .75, two of them right; one sure and right
    double m = Math.log(3);
    var e = Evaluation.of(Cases.scorer("m", m, m, -m, -m, 50), Cases.answers("ann", 5));
    var calibration = e.calibration();
    assertThat(calibration.bins()).hasSize(2);
    assertThat(calibration.bins().get(0).said()).isCloseTo(0.75, within(1e-12));
    assertThat(calibration.bins().get(0).right()).isEqualTo(0.5);
    assertThat(calibration.bins().get(1).answers()).isEqualTo(1);
    assertThat(calibration.error()).isCloseTo(0.8 * 0.25, within(1e-12));
    assertThat(calibration.text()).contains("Calibration error 0.200");
  }

  @Test
  void intervalsAreTheSameEachTime() {
    var model = Cases.scorer("three", Cases.THREE_MARGINS);
    assertThat(Evaluation.of(model, Cases.THREE).interval()).isEqualTo(three.interval());
    assertThat(three.macroInterval().low()).isCloseTo(0.6, within(1e-12));
    assertThat(three.macroInterval().high()).isEqualTo(1);
    assertThat(three.interval().contains(0.75)).isTrue();
  }

  @Test
  void theIntervalOfManyUsersIsAboutTwoStandardErrors() {
    // 400 users with one answer each, 300 right: p = .75, standard error sqrt(.75 * .25 / 400)
    Object[] users = new Object[800];
    double[] margins = new double[400];
    for (int u = 0; u < 400; u++) {
      users[2 * u] = "user " + u;
      users[2 * u + 1] = 1;
      margins[u] = u < 300 ? 1 : -1;
    }
    var model = Cases.scorer("m", margins);
    var interval = Evaluation.of(model, Cases.answers(users)).macroInterval();
    double error = Math.sqrt(0.75 * 0.25 / 400);
    assertThat(interval.low()).isCloseTo(0.75 - 1.96 * error, within(0.005));
    assertThat(interval.high()).isCloseTo(0.75 + 1.96 * error, within(0.005));
  }

  @Test
  void aSingleUserIsResampledByAnswer() {
    double[] margins = new double[100];
    for (int i = 0; i < 100; i++) margins[i] = i < 80 ? 1 : -1;
    var one = Evaluation.of(Cases.scorer("ann", margins), Cases.answers("ann", 100));
    assertThat(one.text()).contains("accuracy           0.800").doesNotContain("over users");
    assertThat(one.macroInterval().low()).isBetween(0.68, 0.76);
    assertThat(one.macroInterval().high()).isBetween(0.84, 0.92);
  }

  @Test
  void theTableHasARowAUser() {
    var table = three.table();
    assertThat(table.stringColumn("user").asList()).containsExactly("ann", "bob", "cem");
    assertThat(table.intColumn("answers").asList()).containsExactly(5, 2, 1);
    assertThat(table.doubleColumn("accuracy").asList()).containsExactly(0.6, 1.0, 1.0);
    assertThat(table.booleanColumn("seen").countFalse()).isZero();
  }

  @Test
  void showsItselfAsTextAndAsHtml() {
    assertThat(three.text())
        .startsWith("three: 8 answers of 3 users\n")
        .contains("accuracy, pooled                0.750")
        .contains("accuracy, mean over users       0.867");
    var hostile = Evaluation.of(Cases.scorer("<b>", 1), Cases.answers("ann", 1));
    assertThat(hostile.html()).contains("<caption>&lt;b&gt;: 1 answer of 1 user</caption>");
  }

  @Test
  void anEmptyTestIsAnError() {
    Preferences none = Cases.THREE.first(0);
    assertThatThrownBy(() -> Evaluation.of(Cases.scorer("m"), none))
        .hasMessage("test: expected at least one answer, found none.");
  }

  @Test
  void aMarginThatIsNoNumberIsAnError() {
    var broken = Cases.scorer("m", Double.NaN);
    assertThatThrownBy(() -> Evaluation.of(broken, Cases.answers("ann", 1)))
        .hasMessage("margin: expected a finite number, found NaN.");
  }
}
