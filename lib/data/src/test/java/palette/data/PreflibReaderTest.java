package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreflibReaderTest {
  @TempDir Path folder;

  private Path file(String type, int voters, String... orders) {
    var lines =
        new ArrayList<>(
            List.of(
                "# TITLE: Cakes",
                "# DATA TYPE: " + type,
                "# NUMBER ALTERNATIVES: 3",
                "# NUMBER VOTERS: " + voters,
                "# ALTERNATIVE NAME 1: Danish: plain",
                "# ALTERNATIVE NAME 2: Muffin",
                "# ALTERNATIVE NAME 3: Toast"));
    lines.addAll(List.of(orders));
    return Written.file(folder, "cakes." + type, lines.toArray(new String[0]));
  }

  @Test
  void aCountStandsForAsManyVoters() {
    var read = Judgements.preflib(file("soc", 3, "2: 3,1,2", "1: 1,2,3")).read();
    assertThat(read.users().ids()).containsExactly("v1", "v2", "v3");
    assertThat(read.items().text(read.items().indexOf("1"))).isEqualTo("Danish: plain");
    assertThat(read.ofUsers(List.of("v2")).pairs().comparisons())
        .containsExactlyInAnyOrder(
            Comparison.of("v2", "3", "1"),
            Comparison.of("v2", "3", "2"),
            Comparison.of("v2", "1", "2"));
  }

  @Test
  void tiedAlternativesShareARankAndUnrankedOnesAreNotJudged() {
    var read = Judgements.preflib(file("toi", 2, "1: {2,3},1", "1: 2")).read();
    assertThat(read.size()).isEqualTo(4);
    assertThat(read.pairs().comparisons())
        .containsExactlyInAnyOrder(Comparison.of("v1", "2", "1"), Comparison.of("v1", "3", "1"));
  }

  @Test
  void ordersAreChecked() {
    assertThatThrownBy(() -> Judgements.preflib(file("soi", 1, "1: 1,4")).read())
        .hasMessage(
            "cakes.soi line 8: expected an alternative of the header, found '4'."
                + " They are 1 to 3.");
    assertThatThrownBy(() -> Judgements.preflib(file("soi", 1, "1: 1,2,1")).read())
        .hasMessage(
            "cakes.soi line 8: expected each alternative once, found '1' twice. Mend it, or read"
                + " with .skipInvalid(), which leaves bad lines out.");
    assertThatThrownBy(() -> Judgements.preflib(file("soc", 1, "1: 1,2")).read())
        .hasMessage(
            "cakes.soc line 8: expected all 3 alternatives, as a .soc has, found 2. Mend it, or"
                + " read with .skipInvalid(), which leaves bad lines out.");
    assertThatThrownBy(() -> Judgements.preflib(file("toi", 1, "1: {1,2")).read())
        .hasMessageContaining("expected a closing '}'");
    assertThatThrownBy(() -> Judgements.preflib(file("soi", 1, "9: 1,2")).read())
        .hasMessageContaining("expected 'count: best,second,...', found '9: 1,2'");
    assertThatThrownBy(() -> Judgements.preflib(file("soi", 2, "1: 1,2")).read())
        .hasMessage("cakes.soi: expected 2 voters as in the header, found 1.");
  }

  @Test
  void aHeaderWithoutNamesIsOfTheOldFormat() {
    var old = Written.file(folder, "old.soc", "3", "1,Danish", "2,Muffin", "3,Toast", "1,1,1");
    assertThatThrownBy(() -> Judgements.preflib(old).read())
        .hasMessageContaining("Files without '#' are of the old format");
  }

  // Counted with awk: voters and ranked alternatives.
  @ParameterizedTest
  @Tag("shared")
  @CsvSource({
    "00001-irish/00001-00000001.soi, 43942, 12, 218933",
    "00001-irish/00001-00000002.soi, 29988, 9, 132726",
    "00009-agh/00009-00000001.soc, 146, 9, 1314",
    "00009-agh/00009-00000002.soc, 153, 7, 1071",
    "00012-shirt/00012-00000001.soc, 30, 11, 330",
    "00024-dots/00024-00000003.soc, 800, 4, 3200",
    "00025-puzzle/00025-00000004.soc, 797, 4, 3188",
    "00028-apa/00028-00000003.soi, 20239, 5, 72994",
    "00028-apa/00028-00000008.soi, 14506, 5, 53366",
    "00034-cities/00034-00000001.soi, 392, 36, 2352",
    "00035-breakfast/00035-00000002.soc, 42, 15, 630",
  })
  void realElections(String name, int voters, int items, int ranks) {
    var read = Judgements.preflib(Written.shared("preflib/" + name)).read();
    assertThat(read.users().size()).isEqualTo(voters);
    assertThat(read.items().size()).isLessThanOrEqualTo(items);
    assertThat(read.size()).isEqualTo(ranks);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2: 1,2},3 | expected '{' before '}'",
        "2: {1,{2},3 | expected '}' before '{'",
        "2: 1,2,3} | expected '{' before '}'",
        "2: {1,{2,3 | expected '}' before '{'",
        "2: 1,2, | expected an alternative of the header, found an empty one",
        "2: {},1 | expected an alternative of the header, found an empty one",
      })
  void bracesAreInPairsAndBetweenThemAreAlternatives(String order, String message) {
    assertThatThrownBy(() -> Judgements.preflib(file("toi", 2, order)).read())
        .hasMessageStartingWith("cakes.toi line 8: " + message);
  }

  @Test
  void aStrictTypeHasNoTies() {
    assertThatThrownBy(() -> Judgements.preflib(file("soi", 2, "2: {1,2},3")).read())
        .hasMessageContaining("expected a strict order, as a .soi has, found a tie.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat", "wmd", "csv", ""})
  void categoriesAndMatchesAreNoRankings(String type) {
    assertThatThrownBy(() -> Judgements.preflib(file(type, 2, "2: {1,2},{3}")).read())
        .hasMessageMatching(
            "cakes.*line \\d+: expected soc, soi, toc or toi as 'DATA TYPE', found .*"
                + " Mend the header.");
  }

  @Test
  void aBadHeaderIsBlamedItself() {
    var text = Written.text(file("soi", 2, "2: 1,2"));
    var comma = Written.file(folder, "c.soi", text.replace("VOTERS: 2", "VOTERS: 1,002"));
    assertThatThrownBy(() -> Judgements.preflib(comma).skipInvalid(new ArrayList<>()).read())
        .hasMessageMatching(
            "c.soi line \\d: expected a whole number of at least 1 as 'NUMBER VOTERS', found"
                + " '1,002'. Mend the header.");
    var twice = Written.file(folder, "t.soi", text.replace("NAME 2:", "NAME 1:"));
    assertThatThrownBy(() -> Judgements.preflib(twice).read())
        .hasMessageContaining("expected one name for each alternative, found a second for '1'.");
  }

  @Test
  void aLineOfAHundredMillionVotersIsRefusedAtOnce() {
    var file =
        Written.file(
            folder,
            "many.soc",
            "# DATA TYPE: soc",
            "# NUMBER ALTERNATIVES: 2",
            "# ALTERNATIVE NAME 1: a",
            "# ALTERNATIVE NAME 2: b",
            "100000000: 1,2");
    assertThatThrownBy(() -> Judgements.preflib(file).read())
        .hasMessage(
            "many.soc line 5: expected at most 1,000,000 voters, found 100,000,000."
                + " Take a sample of the file.");
  }
}
