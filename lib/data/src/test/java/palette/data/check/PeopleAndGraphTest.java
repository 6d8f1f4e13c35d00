package palette.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.data.check.Finding.Kind;

class PeopleAndGraphTest {

  @Test
  void twoIslandsAreNotConnected() {
    var answers =
        Preferences.of(
            List.of(
                Comparison.of("ann", "tea", "coffee"),
                Comparison.of("ann", "violin", "drum"),
                Comparison.of("bob", "milk", "coffee")));
    var found = DataChecks.of(answers).found(Kind.DISCONNECTED);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).rows()).containsExactly(1);
    assertThat(found.get(0).what())
        .isEqualTo(
            "The comparison graph falls into parts: 1 part beside the largest, with these rows.");
  }

  @Test
  void aBridgeConnectsThem() {
    var answers =
        Preferences.of(
            List.of(
                Comparison.of("ann", "tea", "coffee"),
                Comparison.of("ann", "violin", "drum"),
                Comparison.of("bob", "drum", "coffee")));
    assertThat(DataChecks.of(answers).found(Kind.DISCONNECTED)).isEmpty();
  }

  @Test
  void promptsAreNotExpectedToBeConnected() {
    var answers =
        Preferences.of(
            List.of(
                new Comparison("ann", "To drink?", "tea", "coffee"),
                new Comparison("ann", "To play?", "violin", "drum")));
    assertThat(DataChecks.of(answers).found(Kind.DISCONNECTED)).isEmpty();
  }

  @Test
  void itemsWithVectorsNeedNoChain() {
    var answers =
        Preferences.of(
            List.of(Comparison.of("ann", "tea", "milk"), Comparison.of("ann", "drum", "flute")));
    var seen = answers.withItems(answers.items().withVectors(new float[4][2]));
    assertThat(DataChecks.of(seen).found(Kind.DISCONNECTED)).isEmpty();
    assertThat(DataChecks.of(seen).notes())
        .containsExactly(
            "Connections were not looked at: vectors compare items that nobody compared.");
  }

  @Test
  void usersWithFewAnswersAreNamed() {
    var rows = new ArrayList<>(Letters.answers(0, 60, 1));
    rows.add(Comparison.of("late", Letters.letter(0), Letters.letter(1)));
    var found = DataChecks.of(Preferences.of(rows)).found(Kind.FEW_ANSWERS);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).what()).isEqualTo("Fewer than 5 answers of each: 1 user (late).");
    assertThat(found.get(0).rows()).containsExactly(300);
    assertThat(DataChecks.spec().fewestAnswers(1).of(Preferences.of(rows)).clean()).isTrue();
  }

  @Test
  void whoSaysNoToEveryPromptIsNamed() {
    var rows = new ArrayList<Comparison>();
    for (int i = 0; i < 20; i++) {
      rows.add(new Comparison("naysayer", Letters.letter(i), "No", "Yes"));
      boolean yes = i % 2 == 0;
      rows.add(new Comparison("reader", Letters.letter(i), yes ? "Yes" : "No", yes ? "No" : "Yes"));
    }
    var found = DataChecks.of(Preferences.of(rows)).found(Kind.ONE_SIDED);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).what())
        .isEqualTo("Always one item, whatever the prompt: 1 user (naysayer).");
    assertThat(found.get(0).rows()).hasSize(20);
  }

  @Test
  void theBestOfTenOfOnePromptIsNoHabit() {
    var rows = new ArrayList<Comparison>();
    for (int i = 1; i < 20; i++) {
      rows.add(new Comparison("ann", "Which?", Letters.letter(0), Letters.letter(i)));
    }
    assertThat(DataChecks.of(Preferences.of(rows)).found(Kind.ONE_SIDED)).isEmpty();
  }

  @Test
  void whoAgreesWithEverythingIsNamed() {
    var votes = Judgements.builder();
    for (int i = 0; i < 12; i++) {
      votes.add("agrees", Letters.letter(i), 1);
      votes.add("reads", Letters.letter(i), i % 2 == 0 ? 1 : -1);
    }
    var found = DataChecks.of(votes.add("late", Letters.letter(0), 1).build());
    assertThat(found.found(Kind.ONE_SIDED).get(0).what())
        .isEqualTo("Always one value: 1 user (agrees).");
    assertThat(found.found(Kind.FEW_ANSWERS).get(0).what()).contains("(late)");
    assertThat(found.findings()).hasSize(2);
  }

  @Test
  void aVoteCastTwiceIsNamed() {
    var votes = Judgements.builder().add("ann", "tea", 1).add("ann", "milk", -1);
    var found = DataChecks.spec().fewestAnswers(0).of(votes.add("ann", "tea", 1).build());
    assertThat(found.findings()).hasSize(1);
    assertThat(found.found(Kind.REPEATED).get(0).rows()).containsExactly(2);
  }

  @Test
  void whatIsShownIsEscaped() {
    var rows = new ArrayList<>(Letters.answers(0, 60, 1));
    rows.add(Comparison.of("<b>late</b>", Letters.letter(0), Letters.letter(1)));
    assertThat(DataChecks.of(Preferences.of(rows)).html())
        .contains("&lt;b&gt;late")
        .doesNotContain("<b>late");
  }

  @Test
  void nothingToLookAtIsClean() {
    assertThat(DataChecks.of(Preferences.of(List.of())).clean()).isTrue();
    assertThatThrownBy(() -> DataChecks.spec().near(3))
        .hasMessage("near: expected a number from 0.0 to 2.0, found 3.0.");
  }
}
