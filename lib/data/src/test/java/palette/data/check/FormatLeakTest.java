package palette.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.check.Finding.Kind;

class FormatLeakTest {

  private static List<String> features(Preferences answers) {
    return DataChecks.of(answers).found(Kind.FORMAT).stream()
        .map(f -> f.what().split("'")[1])
        .toList();
  }

  // The trap of METHODS 9: an export wrote the rejected answers with str(list).
  @Test
  void aRejectedListTurnedIntoAStringGivesTheLabelAway() {
    var found = DataChecks.of(Letters.written(t -> t, t -> "['" + t + "']"));
    var brackets =
        found.found(Kind.FORMAT).stream()
            .filter(f -> f.what().contains("brackets at both"))
            .toList();
    assertThat(brackets).hasSize(1);
    assertThat(brackets.get(0).what())
        .isEqualTo(
            "'brackets at both ends' alone predicts the winner: the item with less of it wins in"
                + " 1.000 of the 300 rows that differ in it (100 % of all), surely in more than"
                + " 0.780.");
    assertThat(brackets.get(0).rows()).hasSize(300).startsWith(0, 1, 2);
    assertThat(brackets.get(0).next())
        .isEqualTo("Write both items by the same code, then read them again.");
    assertThat(found.text()).contains("data rows 0, 1, 2, 3, 4, 5, 6, 7 and 292 more");
  }

  @Test
  void theCleanTwinGivesNothingAway() {
    assertThat(DataChecks.of(Letters.train()).findings()).isEmpty();
    assertThat(DataChecks.of(Letters.train()).text()).isEqualTo("Data checks: 0 findings");
  }

  @Test
  void bracketsThatEverybodyHasGiveNothingAway() {
    assertThat(features(Letters.written(t -> "['" + t + "']", t -> "['" + t + "']"))).isEmpty();
  }

  @Test
  void bracketsAroundATenthOfTheRejectedAreFoundAmongTheRowsThatDiffer() {
    var rows = new ArrayList<Comparison>();
    for (var c : Letters.answers(0, 60, 1)) {
      boolean tenth = rows.size() % 10 == 3;
      rows.add(
          Comparison.of(c.user(), c.chosen(), tenth ? "[" + c.rejected() + "]" : c.rejected()));
    }
    var found = DataChecks.of(Preferences.of(rows)).found(Kind.FORMAT);
    assertThat(found).anySatisfy(f -> assertThat(f.what()).contains("1.000 of the 30 rows"));
    assertThat(found.get(0).rows()).startsWith(3, 13, 23);
  }

  @Test
  void quotesEscapesSpaceAndCapitalsAreSeen() {
    assertThat(features(Letters.written(t -> t, t -> "\"" + t + "\"")))
        .contains("quotes at both ends", "double quotes");
    assertThat(features(Letters.written(t -> t.replace("and", "“and”"), t -> t)))
        .contains("typographic quotes");
    assertThat(features(Letters.written(t -> t, t -> t + "\\n"))).contains("escaped characters");
    assertThat(features(Letters.written(t -> " " + t, t -> t))).contains("white space at the ends");
    assertThat(features(Letters.written(t -> t, String::toLowerCase)))
        .contains("capital at the start");
    assertThat(features(Letters.written(t -> t, t -> t.replace(".", ""))))
        .contains("punctuation at the end");
  }

  @Test
  void lengthThatWinsMoreOftenThanNotIsSaidToBePerhapsATaste() {
    var rows = new ArrayList<Comparison>();
    for (int i = 0; i < 400; i++) {
      String longer = Letters.letter(2 * i) + " Again and again.";
      String shorter = Letters.letter(2 * i + 1);
      boolean longWins = i % 10 < 7;
      rows.add(Comparison.of("ann", longWins ? longer : shorter, longWins ? shorter : longer));
    }
    var length = DataChecks.of(Preferences.of(rows)).found(Kind.FORMAT).get(0);
    assertThat(length.what()).contains("'length'", "with more of it wins in 0.700 of the 400 rows");
    assertThat(length.next())
        .isEqualTo("It may be people's taste: compare with a model that sees nothing else.");
  }

  @Test
  void idsThatNameTheWinnerAreSeen() {
    var builder = Preferences.builder();
    for (int i = 0; i < 60; i++) {
      builder.item("q" + i + "-accepted", Letters.letter(2 * i));
      builder.item("q" + i + "-refused", Letters.letter(2 * i + 1));
      builder.add(Comparison.of("ann", "q" + i + "-accepted", "q" + i + "-refused"));
    }
    assertThat(features(builder.build())).contains("alphabetical place of the id");
  }

  // The same hundred rows as above would be beyond doubt, were they about a hundred items.
  @Test
  void oneBadItemInBracketsIsNoProof() {
    var rows = new ArrayList<Comparison>();
    for (int i = 0; i < 100; i++) {
      rows.add(Comparison.of("user" + i % 5, Letters.letter(i), "[a bad letter]"));
    }
    assertThat(DataChecks.of(Preferences.of(rows)).found(Kind.FORMAT)).isEmpty();
  }

  @Test
  void textsThatDifferInFormattingAloneAreNamed() {
    var rows = new ArrayList<>(Letters.answers(0, 60, 1));
    rows.add(Comparison.of("user0", "Yes, the river is wide.", "yes the  river is wide"));
    var found = DataChecks.of(Preferences.of(rows)).found(Kind.SAME_TEXT);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).rows()).containsExactly(300);
  }

  @Test
  void aPlaceThatWinsIsSeenAndAFairOneIsNot() {
    var answers = Letters.train();
    var found = DataChecks.ofPosition(answers, row -> row % 5 != 0);
    assertThat(found.found(Kind.POSITION)).hasSize(1);
    assertThat(found.text()).contains("The item that stood first wins in 0.800 of 300 rows");
    assertThat(DataChecks.ofPosition(answers, row -> row % 2 == 0).clean()).isTrue();
  }

  @Test
  void aUserWhoAlwaysTakesTheLeftIsNamed() {
    var answers = Letters.train();
    var found =
        DataChecks.ofPosition(answers, row -> row % 2 == 0 || answers.user(row) == 3)
            .found(Kind.ONE_SIDED);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).what()).isEqualTo("Always what stood at one place: 1 user (user3).");
    assertThat(found.get(0).rows()).hasSize(25);
  }

  @Test
  void wilsonsBound() {
    // p = .8 of 100, z = 1.95996: .71114
    assertThat(SignTest.wilson(0.8, 100, 0.025)).isCloseTo(0.71114, within(2e-4));
  }

  @Test
  void rowsAboutOneItemAreWorthOneRowAndApartAsManyAsTheyAre() {
    var oneItem = new SignTest(11, 10);
    var apart = new SignTest(20, 10);
    for (int i = 0; i < 10; i++) {
      oneItem.add(0, i + 1, i, true);
      apart.add(2 * i, 2 * i + 1, i, true);
    }
    assertThat(oneItem.worth()).isCloseTo(1, within(1e-12));
    assertThat(apart.worth()).isCloseTo(10, within(1e-12));
  }
}
