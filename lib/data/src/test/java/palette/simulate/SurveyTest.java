package palette.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import palette.data.Preferences;
import palette.data.check.Diagnostics;
import palette.simulate.Survey.Manner;

/** An interviewer who asks some questions twice, and people who do not answer by taste. */
class SurveyTest {
  private final World world = World.spec().users(60).seed(2).create();
  private final Survey survey = Survey.of(world).random(1 / 3.0).byPlace(0.1);
  private final Preferences answers = survey.ask();

  private Preferences of(Manner manner) {
    var who = world.users().stream().filter(u -> survey.manner(u) == manner).toList();
    return answers.ofUsers(who);
  }

  private static long first(Preferences some) {
    return IntStream.range(0, some.size()).filter(r -> some.shown().place(r) == 1).count();
  }

  @Test
  void everybodyGivesFortyAnswersAndTheSharesAreKept() {
    assertThat(answers.answers()).hasSize(60).containsOnly(40);
    assertThat(of(Manner.RANDOM).size()).isEqualTo(20 * 40);
    assertThat(of(Manner.FIRST).size() + of(Manner.SECOND).size()).isEqualTo(6 * 40);
  }

  @Test
  void theFirstTwentyQuestionsComeAgainSwapped() {
    var taste = of(Manner.TASTE);
    for (int row = 0; row < 20; row++) {
      assertThat(taste.comparison(row + 20)).isEqualTo(taste.comparison(row));
      assertThat(taste.shown().place(row + 20)).isEqualTo(3 - taste.shown().place(row));
    }
    assertThat(Diagnostics.consistency(taste)).isEqualTo(1);
  }

  @Test
  void coinsFallEitherWayAndPlacesAreFollowed() {
    assertThat(Diagnostics.consistency(of(Manner.RANDOM))).isBetween(0.42, 0.58);
    assertThat(first(of(Manner.FIRST))).isEqualTo(of(Manner.FIRST).size());
    assertThat(first(of(Manner.SECOND))).isZero();
    assertThat(Diagnostics.consistency(of(Manner.FIRST))).isZero();
  }

  @Test
  void moreThanHalfCannotComeAgain() {
    assertThatThrownBy(() -> Survey.of(world).again(21))
        .hasMessage("again: expected at most half of the questions, found 21.");
  }
}
