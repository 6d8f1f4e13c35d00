package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palette.support.InputException;

/** Files that are read without a word about them say what they were taken for, or what to say. */
class ReadAnyTest {
  @TempDir Path folder;

  private Path csv(String... lines) {
    return Written.file(folder, "q.csv", lines);
  }

  @Test
  void pairsWhoseFieldsHaveUsualNames() {
    var file = csv("worker;post;winner;loser;mood", "ana;Tea?;green;black;7");
    var read = Preferences.read(file);
    assertThat(read.comparisons()).containsExactly(new Comparison("ana", "Tea?", "green", "black"));
    assertThat(read.notes())
        .containsExactly(
            "Taken for pairs: Preferences.csv(path).separator(';').user(\"worker\")"
                + ".prompt(\"post\").chosen(\"winner\").rejected(\"loser\"). Not used: [mood].");
    assertThat(read.text()).endsWith("Not used: [mood].");
  }

  @Test
  void palettesOwnFormNeedsNoNames() {
    var file =
        Written.file(
            folder, "a.txt", "{\"user\":\"ana\",\"chosen\":\"green\",\"rejected\":\"black\"}");
    assertThat(Preferences.read(file).notes())
        .containsExactly("Taken for pairs: Preferences.jsonl(path).");
  }

  @Test
  void whereNobodyIsNamedTheChoicesAreListed() {
    var file = csv("who,chosen,rejected", "ana,green,black");
    assertThatThrownBy(() -> Preferences.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "q.csv: expected to see who answered, found no field 'user' among [who, chosen,"
                + " rejected]. Say which: Preferences.csv(path).user(\"who\");"
                + " Preferences.csv(path).oneUser(\"everyone\").");
  }

  @Test
  void twoFieldsForOneRoleAreNotGuessed() {
    var file = csv("worker,rater,chosen,rejected", "ana,ben,green,black");
    assertThatThrownBy(() -> Preferences.read(file))
        .hasMessageStartingWith("q.csv: expected one field for 'user', found [worker, rater].");
  }

  @Test
  void whatIsNoPairsIsNotAskedWhoseItIs() {
    var file = csv("worker,rater,tea,rum", "ana,ben,4,2");
    assertThatThrownBy(() -> Preferences.read(file))
        .hasMessageContaining("found the fields [worker, rater, tea, rum]. Name its fields: ");
  }

  @Test
  void labelsThatNameTheirFieldAreClear() {
    var file = csv("user,a,b,label", "ana,green,black,a", "ben,green,black,Tie");
    var read = Preferences.read(file);
    assertThat(read.comparisons()).containsExactly(Comparison.of("ana", "green", "black"));
    assertThat(read.ties().size()).isEqualTo(1);
    assertThat(read.notes().get(0))
        .isEqualTo(
            "Taken for pairs: Preferences.csv(path).left(\"a\").right(\"b\").label(\"label\")"
                + ".leftWins(\"a\").rightWins(\"b\").tie(\"Tie\").");
  }

  @Test
  void labelsOfNumbersAreNot() {
    var file = csv("user,first,second,label", "ana,x,y,1", "ben,x,y,2");
    assertThatThrownBy(() -> Preferences.read(file))
        .hasMessageStartingWith("q.csv: expected labels that say which item won, found the labels")
        .hasMessageContaining(
            ".leftWins(\"1\").rightWins(\"2\"), or with \"2\" and \"1\" the other");
  }

  @Test
  void conversationsOfTrlAreThoseOfOneUser() {
    var row =
        "{'chosen':[{'role':'user','content':'Hi'},{'role':'assistant','content':'A'}],"
            + "'rejected':[{'role':'user','content':'Hi'},{'role':'assistant','content':'B'}]}";
    var read = Preferences.read(Written.file(folder, "t.jsonl", row.replace('\'', '"')));
    assertThat(read.comparisons()).containsExactly(new Comparison("everyone", "Hi", "A", "B"));
  }

  @Test
  void theIndexOfPandasIsNobody() {
    var read = Preferences.read(csv(",prompt,chosen,rejected", "0,Tea?,green,black"));
    assertThat(read.comparisons())
        .containsExactly(new Comparison("everyone", "Tea?", "green", "black"));
  }

  @Test
  void ratingsInLongAndWideTables() {
    var tall = Judgements.read(csv("user_id,movie,stars,when", "7,Heat,4.5,now", "8,Heat,2,now"));
    assertThat(tall.size()).isEqualTo(2);
    assertThat(tall.notes())
        .containsExactly(
            "Taken for ratings, one row a judgement: Judgements.ratings(path).user(\"user_id\")"
                + ".item(\"movie\").value(\"stars\"). Not used: [when].");
    var wide = Judgements.read(csv("Unnamed: 0,user,tea,rum", "0,ana,4,3"));
    assertThat(wide.notes().get(0)).contains("(path).ignore(\"Unnamed: 0\"). 2 columns taken as");
  }

  @Test
  void aWideTableOfAGermanExcel() {
    var wide = Judgements.read(csv("\uFEFFuser;tea;rum", "ana;4,5;3", "ben;;1"));
    assertThat(wide.size()).isEqualTo(3);
    assertThat(wide.notes())
        .containsExactly(
            "Taken for ratings, one row a user: Judgements.ratings(path).separator(';')"
                + ".decimalComma(). 2 columns taken as items: [tea, rum].");
  }

  @Test
  void minusOneMakesVotesAndZeroAndOneAloneDoNot() {
    assertThat(Judgements.read(csv("user,tea,rum", "ana,1,-1")).notes().get(0))
        .startsWith("Taken for votes (0 is a pass), one row a user: Judgements.votes(path).");
    var file = csv("user,tea,rum", "ana,1,0");
    assertThatThrownBy(() -> Judgements.read(file))
        .hasMessage(
            "q.csv: expected one way to take it, found 2 ways. Say which: Judgements.votes(path)"
                + " for votes (0 is a pass), one row a user; Judgements.ratings(path) for ratings,"
                + " one row a user.");
  }

  @Test
  void columnsOfTextsAreNoItems() {
    var file = csv("user,city,tea,rum", "ana,Rome,4,2");
    assertThatThrownBy(() -> Judgements.read(file))
        .hasMessageContaining("found texts in [city]. Say which: Judgements.ratings(path)")
        .hasMessageContaining(".ignore(\"city\")");
  }

  @Test
  void whoAsksForTheOtherKindIsSentThere() {
    var votes = csv("user,tea,rum", "ana,1,-1");
    assertThatThrownBy(() -> Preferences.read(votes))
        .hasMessage(
            "q.csv: expected pairs, who preferred what to what, found votes (0 is a pass), one row"
                + " a user. Judgements.read(path) reads it.");
    var pairs = Written.file(folder, "p.csv", "user,chosen,rejected", "ana,tea,rum");
    assertThatThrownBy(() -> Judgements.read(pairs))
        .hasMessageEndingWith("found pairs. Preferences.read(path) reads it.");
    var neither = Written.file(folder, "n.csv", "a,b", "x,y");
    assertThatThrownBy(() -> Preferences.read(neither))
        .hasMessageContaining("found the fields [a, b]. Name its fields: Preferences.csv(path)");
    assertThatThrownBy(() -> Preferences.read(folder)).hasMessageContaining("a folder of other");
  }

  @ParameterizedTest
  @Tag("shared")
  @CsvSource({
    "polis/brexit-consensus, polis",
    "remesh/campus_protests_binary.csv, remesh",
    "preflib/00012-shirt/00012-00000001.soc, preflib"
  })
  void realJudgements(String name, String call) {
    assertThat(Judgements.read(Written.shared(name)).notes().get(0))
        .contains(": Judgements." + call + "(path).");
  }

  @ParameterizedTest
  @Tag("shared")
  @CsvSource({
    "remesh/campus_protests_preference.csv, remesh, 5489",
    "hh-rlhf/helpful-base.test.first1854.jsonl.gz, hhRlhf, 1850"
  })
  void realPairs(String name, String call, int pairs) {
    var read = Preferences.read(Written.shared(name));
    assertThat(read.size()).isEqualTo(pairs);
    assertThat(read.notes().get(0)).contains(": Preferences." + call + "(path).");
  }

  @Test
  @Tag("shared")
  void realTables() {
    var jester = Judgements.read(Written.shared("jester/ratings.dev.csv.gz"));
    assertThat(jester.notes().get(0)).contains("101 columns taken as items: [n_rated, j1,");
    var dots = Written.shared("psychotools/FirstNames.csv");
    assertThatThrownBy(() -> Preferences.read(dots))
        .hasMessageContaining(".leftWins(\"-1\").rightWins(\"1\"), or with \"1\" and \"-1\"");
  }
}
