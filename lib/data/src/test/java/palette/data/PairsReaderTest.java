package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.InputException;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class PairsReaderTest {
  @TempDir Path folder;

  @Test
  void storyFiveNamesItsFields() {
    var file =
        Written.file(
            folder,
            "summaries.jsonl",
            "{\"worker\":\"ann\",\"post\":\"A long post\",\"winner\":\"short\",\"loser\":\"long\"}",
            "",
            "{\"worker\":7,\"post\":null,\"winner\":\"long\",\"loser\":\"short\"}");
    var read =
        Preferences.jsonl(file)
            .user("worker")
            .prompt("post")
            .chosen("winner")
            .rejected("loser")
            .read();
    assertThat(read.comparisons())
        .containsExactly(
            new Comparison("ann", "A long post", "short", "long"),
            Comparison.of("7", "long", "short"));
  }

  @Test
  void aMissingFieldIsAnsweredWithTheNameToGive() {
    var file =
        Written.file(
            folder,
            "summaries.jsonl",
            "{\"worker\":\"ann\",\"winner\":\"x\",\"loser\":\"y\",\"post\":\"p\"}");
    assertThatThrownBy(() -> Preferences.jsonl(file).user("worker").read())
        .isInstanceOf(InputException.class)
        .hasMessage(
            "summaries.jsonl line 1: expected a field 'chosen', found [winner, loser, post]."
                + " Name it with .chosen(\"winner\").");
  }

  @Test
  void aNamedPromptThatIsNowhereIsAnError() {
    var file = Written.file(folder, "a.csv", "user,prompt,chosen,rejected", "ann,why,tea,coffee");
    assertThat(Preferences.csv(file).read().comparison(0).prompt()).isEqualTo("why");
    assertThatThrownBy(() -> Preferences.csv(file).prompt("psot").read())
        .hasMessageContaining("expected a field 'psot'")
        .hasMessageContaining(".prompt(");
  }

  @Test
  void csvKeepsQuotedSeparatorsQuotesAndLineEnds() {
    var file =
        Written.file(
            folder,
            "a.csv",
            "user,chosen,rejected",
            "ann,\"tea, green\",\"the \"\"strong\"\"\ncoffee\"",
            "bob,5\" disk,\"\"\"x\"\"\"");
    var read = Preferences.csv(file).read();
    assertThat(read.comparisons())
        .containsExactly(
            Comparison.of("ann", "tea, green", "the \"strong\"\ncoffee"),
            Comparison.of("bob", "5\" disk", "\"x\""));
  }

  @Test
  void tsvTakesQuotesAsTheyAre() {
    var file =
        Written.file(folder, "a.tsv", "user\tchosen\trejected", "ann\t\"Tea\" she said\tcoffee");
    assertThat(Preferences.csv(file).read().comparison(0).chosen()).isEqualTo("\"Tea\" she said");
  }

  @Test
  void idsStandApartFromTexts() {
    var file =
        Written.gz(
            folder,
            "a.csv.gz",
            "user,chosen,rejected,c,r",
            "ann,Green tea,Coffee,t1,c1",
            "bob,Coffee,Green tea,c1,t1");
    var read = Preferences.csv(file).chosenId("c").rejectedId("r").read();
    assertThat(read.items().ids()).containsExactly("t1", "c1");
    assertThat(read.items().texts()).containsExactly("Green tea", "Coffee");
  }

  @Test
  void anIdWithTwoTextsIsAnError() {
    var file =
        Written.file(folder, "a.csv", "user,chosen,rejected,c", "a,Tea,x,t1", "b,Green tea,x,t1");
    assertThatThrownBy(() -> Preferences.csv(file).chosenId("c").read())
        .hasMessage(
            "a.csv line 3: expected one text for the id 't1', found 'Green tea' after 'Tea'. Mend"
                + " it, or read with .skipInvalid(), which leaves bad lines out.");
  }

  @Test
  void skippingWithoutAListSaysHowManyOnce() {
    var file = Written.file(folder, "a.csv", "user,chosen,rejected", "a,x,x", "a,x,y", "a,,y");
    var before = System.err;
    var said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said));
    try {
      assertThat(Preferences.csv(file).skipInvalid().read().size()).isEqualTo(1);
    } finally {
      System.setErr(before);
    }
    assertThat(said.toString().strip())
        .isEqualTo(
            "2 bad lines of a.csv skipped; the first: a.csv line 2: expected two different items,"
                + " found 'x' twice.");
  }

  @Test
  void labelsSayWhichOfTwoWonAndTiesStandApart() {
    var file =
        Written.file(folder, "a.csv", "user,item1,item2,pref", "a,x,y,1", "a,y,z,-1", "b,x,z,0");
    var reader = Preferences.csv(file).left("item1").right("item2").label("pref").leftWins("1");
    var read = reader.rightWins("-1").tie("0").read();
    assertThat(read.comparisons())
        .containsExactly(Comparison.of("a", "x", "y"), Comparison.of("a", "z", "y"));
    assertThat(read.ties().comparisons()).containsExactly(Comparison.of("b", "x", "z"));
    assertThat(read.notes()).containsExactly("1 tie kept apart in ties() and not trained on.");
    assertThat(read.text()).contains("1 tie kept apart");
    assertThatThrownBy(() -> reader.rightWins("2").read())
        .hasMessage(
            "a.csv line 3: expected a label among [1, 2], found '-1'."
                + " Name its meaning with .leftWins, .rightWins or .tie.");
  }

  @Test
  void badLinesAreCollectedWithNumberAndReason() {
    var file =
        Written.file(
            folder,
            "a.jsonl",
            "{\"user\":\"a\",\"chosen\":\"x\",\"rejected\":\"x\"}",
            "{\"user\":\"a\",\"chosen\":\"x\",",
            "{\"user\":\" \",\"chosen\":\"x\",\"rejected\":\"y\"}",
            "{\"user\":\"a\",\"chosen\":\"x\",\"rejected\":\"y\"}",
            "[1, 2]");
    var bad = new ArrayList<BadLine>();
    var read = Preferences.jsonl(file).skipInvalid(bad).read();
    assertThat(read.size()).isEqualTo(1);
    assertThat(bad).extracting(BadLine::line).containsExactly(1L, 2L, 3L, 5L);
    assertThat(bad.get(0).reason())
        .isEqualTo(
            "a.jsonl line 1: expected two different items, found 'x' twice. Mend it, or read with"
                + " .skipInvalid(), which leaves bad lines out.");
    assertThat(bad.get(1).reason()).startsWith("a.jsonl line 2 column ");
    assertThat(bad.get(2).reason())
        .isEqualTo(
            "a.jsonl line 3: expected a value in 'user', found an empty one. Mend it, or read with"
                + " .skipInvalid(), which leaves bad lines out.");
    assertThat(bad.get(3).reason()).contains("expected a JSON object, found '[1, 2]'");
    assertThat(read.notes().get(0)).startsWith("4 bad lines of a.jsonl skipped; the first: ");
  }

  @Test
  void nothingButBadLinesIsAnErrorEvenWhenSkipping() {
    var file = Written.file(folder, "a.csv", "who,chosen,rejected", "ann,x,y");
    assertThatThrownBy(() -> Preferences.csv(file).skipInvalid(new ArrayList<>()).read())
        .hasMessageContaining("expected a field 'user'");
  }

  @Test
  void readersAreImmutable() {
    var file = Written.file(folder, "a.csv", "user,chosen,rejected,c", "ann,x,y,z");
    var reader = Preferences.csv(file);
    assertThat(reader.chosen("c").read().comparison(0).chosen()).isEqualTo("z");
    assertThat(reader.read().comparison(0).chosen()).isEqualTo("x");
  }

  @Test
  void aTablesawTableIsReadWithTheSameMapping() {
    var table =
        Table.create(
            "answers",
            IntColumn.create("worker", 1, 2),
            StringColumn.create("chosen", "x", "y"),
            StringColumn.create("rejected", "y", ""));
    var bad = new ArrayList<BadLine>();
    var read = Preferences.of(table).user("worker").skipInvalid(bad).read();
    assertThat(read.comparisons()).containsExactly(Comparison.of("1", "x", "y"));
    assertThat(bad.get(0).reason())
        .isEqualTo(
            "table 'answers' row 2: expected a value in 'rejected', found none. Mend it, or read"
                + " with .skipInvalid(), which leaves bad lines out.");
  }

  @Test
  void whatStoodFirstIsReadFromItsFieldAndFromLabels() {
    var lines =
        new String[] {"user,chosen,rejected,shown,s", "a,x,y,y,2.5", "a,x,z,chosen,", "a,y,z,,"};
    var said = Preferences.csv(Written.file(folder, "a.csv", lines)).first("shown").seconds("s");
    var shown = said.read().shown();
    assertThat(new int[] {shown.place(0), shown.place(1), shown.place(2)}).containsExactly(2, 1, 0);
    assertThat(shown.seconds(0)).isEqualTo(2.5);
    assertThat(shown.seconds(1)).isNaN();
    var file = Written.file(folder, "b.csv", "user,l,r,p", "a,x,y,1", "a,x,z,2");
    var labelled = Preferences.csv(file).left("l").right("r").label("p").leftWins("1");
    var left = labelled.rightWins("2").read().shown();
    assertThat(new int[] {left.place(0), left.place(1)}).containsExactly(1, 2);
  }

  @Test
  void aStrangerCannotHaveStoodFirst() {
    var file = Written.file(folder, "a.csv", "user,chosen,rejected,shown", "a,x,y,w");
    assertThatThrownBy(() -> Preferences.csv(file).first("shown").read())
        .hasMessageContaining(
            "a.csv line 2: expected 'chosen', 'rejected' or the id of one of them, found 'w'.");
  }
}
