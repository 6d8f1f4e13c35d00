package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;

class UnseenUsersTest {
  private final Preferences test =
      Preferences.of(
          List.of(
              Comparison.of("ann", "near", "far"),
              Comparison.of("zoe", "near", "far"),
              Comparison.of("ann", "near", "farther")));
  private final FakePal model =
      new FakePal(
          "PAL",
          new double[][] {{0}},
          Map.of("ann", new double[] {1}),
          Map.of("near", new double[] {1}, "far", new double[] {2}, "farther", new double[] {3}));

  @Test
  void thePopulationAnswersForUsersTheModelNeverMet() {
    var evaluation = Evaluation.of(model, test);
    assertThat(evaluation.margins()).containsExactly(3, -1, 8);
    assertThat(evaluation.accuracy()).isEqualTo(2.0 / 3);
  }

  @Test
  void seenAndUnseenAreReportedApart() {
    var evaluation = Evaluation.of(model, test);
    assertThat(evaluation.seen().orElseThrow().accuracy()).isEqualTo(1);
    assertThat(evaluation.unseen().orElseThrow().accuracy()).isEqualTo(0);
    assertThat(evaluation.unseen().orElseThrow().users()).isEqualTo(1);
    assertThat(evaluation.table().booleanColumn("seen").asList()).containsExactly(true, false);
    assertThat(evaluation.text()).contains("1 seen user  1 unseen user");
  }

  @Test
  void whereEverybodyIsKnownNothingIsUnseen() {
    var evaluation = Evaluation.of(model, test.ofUser("ann"));
    assertThat(evaluation.unseen()).isEmpty();
    assertThat(evaluation.seen()).contains(evaluation);
    assertThat(evaluation.text()).doesNotContain("unseen");
  }

  @Test
  void whereNobodyIsKnownNothingIsSeen() {
    var evaluation = Evaluation.of(model, test.ofUser("zoe"));
    assertThat(evaluation.seen()).isEmpty();
    assertThat(evaluation.unseen().orElseThrow().answers()).isEqualTo(1);
  }
}
