package palette.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.check.Finding.Kind;
import palette.support.Seeds;

class SplitLeakTest {
  private static final String RIVER = Letters.letter(0);
  private static final Preferences TRAIN = Letters.train();

  /** The clean test part with one row more, which is row 300. */
  private static Preferences testAnd(Comparison planted) {
    var rows = new ArrayList<>(Letters.answers(100, 140, 2));
    rows.add(planted);
    return Preferences.of(rows);
  }

  private static void assertNamed(DataChecks checks, Kind kind) {
    assertThat(checks.found(kind)).hasSize(1);
    assertThat(checks.found(kind).get(0).part()).isEqualTo("test");
    assertThat(checks.found(kind).get(0).rows()).containsExactly(300);
  }

  @Test
  void theCleanTwinSharesNothing() {
    var checks = DataChecks.of(TRAIN, Letters.test());
    assertThat(checks.clean()).as(checks.text()).isTrue();
  }

  @Test
  void anAnswerGivenAgainAcrossFiles() {
    var first = TRAIN.comparison(0);
    var again = Comparison.of(first.user(), first.chosen().toUpperCase(), first.rejected() + "  ");
    var checks = DataChecks.of(TRAIN, testAnd(again));
    assertNamed(checks, Kind.REPEATED);
    assertThat(checks.found(Kind.SWAPPED_TWIN)).isEmpty();
    assertThat(checks.found(Kind.SAME_PAIR)).isEmpty();
    assertThat(checks.text())
        .contains("1 of 301 test rows repeats what the same user answered in training.")
        .contains("  test row 300\n");
  }

  @Test
  void theSwappedTwin() {
    var first = TRAIN.comparison(0);
    var twin = Comparison.of(first.user(), first.rejected(), first.chosen());
    var checks = DataChecks.of(TRAIN, testAnd(twin));
    assertNamed(checks, Kind.SWAPPED_TWIN);
    assertThat(checks.found(Kind.REPEATED)).isEmpty();
  }

  @Test
  void aPairThatSomebodyElseAnswered() {
    var first = TRAIN.comparison(0);
    var checks =
        DataChecks.of(TRAIN, testAnd(Comparison.of("new", first.rejected(), first.chosen())));
    assertNamed(checks, Kind.SAME_PAIR);
    assertThat(checks.found(Kind.REPEATED)).isEmpty();
  }

  @Test
  void aStatementThatTrainingKnows() {
    var planted = Comparison.of("new", "\"" + RIVER.toLowerCase() + "\"", Letters.letter(101));
    var checks = DataChecks.of(TRAIN, testAnd(planted));
    assertNamed(checks, Kind.SAME_ITEM);
    assertThat(checks.found(Kind.SAME_PAIR)).isEmpty();
  }

  @Test
  void aPromptThatTrainingKnows() {
    var train = Preferences.of(List.of(new Comparison("ann", "What to eat today?", "tea", "milk")));
    var test = Preferences.of(List.of(new Comparison("bob", "what to eat  today", "a", "b")));
    assertThat(DataChecks.of(train, test).found(Kind.SAME_PROMPT)).hasSize(1);
    assertThat(Leakage.of(train, test).byPrompt().leaked().size()).isEqualTo(1);
  }

  // A random split of rows puts repeats and twins on both sides; the project's own does not.
  @Test
  void aRandomSplitOfRowsLeaksAndSplitByAnswerDoesNot() {
    var rows = new ArrayList<>(Letters.answers(0, 60, 1));
    for (int i = 0; i < 60; i++) {
      var c = rows.get(i);
      rows.add(i % 2 == 0 ? c : Comparison.of(c.user(), c.rejected(), c.chosen()));
    }
    var all = Preferences.of(rows);
    int[] order = Seeds.permutation(all.size(), Seeds.stream(7, "random split"));
    var careless = all.select(Arrays.copyOf(order, 300));
    var held = all.select(Arrays.copyOfRange(order, 300, order.length));
    var leaky = DataChecks.of(careless, held);
    assertThat(leaky.found(Kind.REPEATED)).anyMatch(f -> f.part().equals("test"));
    assertThat(leaky.found(Kind.SWAPPED_TWIN)).anyMatch(f -> f.part().equals("test"));
    var careful = DataChecks.of(all.splitByAnswer(0.8, 7));
    assertThat(careful.found(Kind.REPEATED)).noneMatch(f -> f.part().equals("test"));
    assertThat(careful.found(Kind.SWAPPED_TWIN)).noneMatch(f -> f.part().equals("test"));
  }

  @Test
  void repeatsAndTwinsWithinOneFile() {
    var c = Letters.answers(0, 60, 1).get(5);
    var rows = new ArrayList<>(Letters.answers(0, 60, 1));
    rows.add(c);
    rows.add(Comparison.of(c.user(), c.rejected(), c.chosen()));
    var checks = DataChecks.of(Preferences.of(rows));
    assertThat(checks.found(Kind.REPEATED).get(0).rows()).containsExactly(300);
    assertThat(checks.found(Kind.SWAPPED_TWIN).get(0).rows()).containsExactly(5, 300, 301);
  }

  @Test
  void oneTextUnderTwoIds() {
    var answers =
        Preferences.builder()
            .item("17", "More trees along the river.")
            .item("18", "More trees, along the river!")
            .item("19", "Fewer cars")
            .add(Comparison.of("ann", "17", "19"))
            .add(Comparison.of("ann", "19", "18"))
            .build();
    var found = DataChecks.of(answers).found(Kind.TWO_IDS);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).what())
        .isEqualTo(
            "2 items share their text, but for formatting, with another id, first '17' and '18'.");
    assertThat(found.get(0).rows()).containsExactly(0, 1);
  }

  @Test
  void shortTextsKeepTheirPunctuation() {
    assertThat(TextForm.of("-1")).isNotEqualTo(TextForm.of("1"));
    assertThat(TextForm.of("C++")).isNotEqualTo(TextForm.of("C"));
    assertThat(TextForm.of(" ['The  River,\u00a0is wide!'] "))
        .isEqualTo(TextForm.of("the river is wide"));
  }

  @Test
  void leakedAndCleanPartsAddUp() {
    var first = TRAIN.comparison(0);
    var rows = new ArrayList<>(Letters.answers(100, 140, 2));
    rows.add(Comparison.of("new", first.rejected(), first.chosen()));
    rows.add(Comparison.of("new", RIVER, Letters.letter(101)));
    var leakage = Leakage.of(TRAIN, Preferences.of(rows));
    assertThat(leakage.byPair().leaked().comparisons()).containsExactly(rows.get(300));
    assertThat(leakage.byPair().clean().size()).isEqualTo(301);
    assertThat(leakage.byItem().leaked().comparisons())
        .containsExactly(rows.get(300), rows.get(301));
    assertThat(leakage.byItem())
        .hasToString("Leakage by item: 2 of 302 rows leaked (0.7 %), 300 clean.");
    assertThat(leakage)
        .hasToString(
            """
            Leakage of 302 rows
                       leaked  share  clean
            by pair    1       0.3 %  301
            by item    2       0.7 %  300
            by prompt  0       0.0 %  302\
            """);
    assertThatThrownBy(() -> leakage.byItem(0.2))
        .hasMessage("items: expected vectors of one length in both parts, found none or others.");
  }
}
