package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palette.support.InputException;

/** What pandas, Excel and Python write, and what they mean by it. */
class SpreadsheetTest {
  @TempDir Path folder;

  private Path csv(String... lines) {
    return Written.file(folder, "q.csv", lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"True", "TRUE", "true", " true", "1"})
  void aTieIsTrueAsPandasAndExcelWriteIt(String tie) {
    var no = tie.equals("1") ? "0" : "False";
    var read =
        Preferences.csv(csv("user,chosen,rejected,tie", "u,b,c," + tie, "u,b,d," + no, "u,b,e,"))
            .read();
    assertThat(read.comparisons())
        .containsExactly(Comparison.of("u", "b", "d"), Comparison.of("u", "b", "e"));
    assertThat(read.ties().size()).isEqualTo(1);
  }

  @Test
  void aTieThatIsNeitherTrueNorFalseIsRefused() {
    var file = csv("user,chosen,rejected,tie", "u,b,c,perhaps");
    assertThatThrownBy(() -> Preferences.csv(file).read())
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("q.csv line 2: expected true or false in 'tie', found 'perhaps'.");
  }

  @Test
  void moderatedMinusOneIsRejectedAsPandasWritesItToo() {
    var header = "comment-id,moderated,comment-body";
    Written.file(folder, "comments.csv", header, "0,-1.0,Buses", "1,1.0,Trams");
    Written.file(folder, "participants-votes.csv", "participant,0,1", "7,1,1");
    assertThat(Judgements.polis(folder).withoutRejected().read().items().ids())
        .containsExactly("1");
  }

  @Test
  void theIndexOfPandasIsNoItem() {
    var file = csv(",user,x,y", "0,a,1,3");
    assertThatThrownBy(() -> Judgements.ratings(file).read())
        .isInstanceOf(InputException.class)
        .hasMessage(
            "q.csv line 2: expected the name of an item over every column, found an empty one."
                + " Where it is pandas' index, leave it out with .ignore(\"\").");
    assertThat(Judgements.ratings(file).ignore("").read().items().ids()).containsExactly("x", "y");
    var again = csv("Unnamed: 0,user,x,y", "0,a,1,3");
    assertThatThrownBy(() -> Judgements.ratings(again).read())
        .hasMessageContaining(".ignore(\"Unnamed: 0\")");
    assertThat(Judgements.ratings(csv("user,x,y,", "a,1,3,")).read().size()).isEqualTo(2);
    var parquet = csv("user,x,__index_level_0__", "a,1,0");
    assertThatThrownBy(() -> Judgements.ratings(parquet).read())
        .hasMessageContaining(".ignore(\"__index_level_0__\")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3d", "3f", "0x1p3", "NaN", "Infinity", "1_000", "٣"})
  void numbersOfJavaAreNoNumbersOfAFile(String number) {
    assertThatThrownBy(() -> Judgements.ratings(csv("user,x", "a," + number)).read())
        .hasMessageContaining("expected a number in 'x', found '" + number + "'.");
  }

  @Test
  void numbersAsFilesHaveThemAreRead() {
    var read = Judgements.ratings(csv("user,v,w,x,y", "a,+1.5e1, 2 ,-.5,3.")).read();
    assertThat(new double[] {read.value(0), read.value(1), read.value(2), read.value(3)})
        .containsExactly(15, 2, -0.5, 3);
  }

  @Test
  void aDecimalCommaIsReadWhereOneSaysSo() {
    var file = csv("user;x;y", "a;4,5;3");
    var reader = Judgements.ratings(file).separator(';');
    assertThatThrownBy(reader::read)
        .hasMessageEndingWith("Where the comma is a decimal point, say .decimalComma().");
    assertThat(reader.decimalComma().read().value(0)).isEqualTo(4.5);
    var thousand = csv("user;x", "a;4.500");
    assertThatThrownBy(() -> Judgements.ratings(thousand).separator(';').decimalComma().read())
        .hasMessageContaining("expected a number with a decimal comma in 'x', found '4.500'.");
  }

  @Test
  void oneFieldOnlyIsAnotherSeparatorAsARule() {
    assertThatThrownBy(() -> Preferences.csv(csv("user;chosen;rejected", "a;b;c")).read())
        .hasMessage(
            "q.csv line 2: expected a field 'user', found [user;chosen;rejected]. Name what parts"
                + " the fields with .separator(';').");
    assertThatThrownBy(() -> Preferences.csv(csv("user\tchosen\trejected", "a\tb\tc")).read())
        .hasMessageContaining(".separator('\\t')");
  }

  @Test
  void whereNobodyIsNamedOneUserIsTheWay() {
    assertThatThrownBy(() -> Preferences.csv(csv("who,chosen,rejected", "a,b,c")).read())
        .hasMessageContaining("Or say .oneUser(\"everyone\"), if there are no users.");
  }

  @Test
  void aJudgementTwiceIsNotedAndBothAreKept() {
    var file = csv("user,item,value", "a,x,1", "a,x,5", "a,y,3");
    var read = Judgements.ratings(file).read();
    assertThat(read.size()).isEqualTo(3);
    assertThat(read.notes())
        .containsExactly(
            "1 judgement of what their user had judged before kept; DataChecks names the rows.");
  }

  @Test
  void aLabelMeansOneThing() {
    var reader = Preferences.csv(csv("user,left,right,label", "u,a,b,1"));
    assertThatThrownBy(() -> reader.leftWins("1").rightWins("1", "2"))
        .hasMessage("label '1': expected one meaning, found two.");
    assertThatThrownBy(reader.leftWins("1", "2")::read)
        .hasMessageStartingWith("label: expected leftWins and rightWins values, found {");
    assertThat(reader.leftWins("1").leftWins("1").rightWins("2").read().size()).isEqualTo(1);
  }

  // ------------------------------------------------------------------------------------- JSONL

  private Path json(String line) {
    return Written.file(folder, "q.jsonl", line);
  }

  @Test
  void whatIsNoJsonIsSaidWithoutTheParsersWords() {
    assertThatThrownBy(() -> Preferences.jsonl(json("{\"user\":\"a\",\"w\":NaN}")).read())
        .hasMessageEndingWith("NaN is no JSON; leave the field out.")
        .message()
        .doesNotContain("JsonReadFeature");
    assertThatThrownBy(() -> Preferences.jsonl(json("{'user': 'a'}")).read())
        .hasMessageContaining("JSON has double quotes");
    assertThatThrownBy(() -> Preferences.jsonl(json("{\"user\": \"a\",")).read())
        .message()
        .contains("The end of the line is missing.")
        .doesNotContain("Source", "REDACTED");
  }

  @Test
  void aFieldTwiceInALineIsRefused() {
    var line = "{\"user\":\"a\",\"chosen\":\"x\",\"rejected\":\"y\",\"user\":\"b\"}";
    assertThatThrownBy(() -> Preferences.jsonl(json(line)).read())
        .hasMessageStartingWith("q.jsonl line 1: expected each field once, found 'user' twice.");
  }

  @Test
  void theOtherReaderIsNamedForTheOtherKindOfFile() {
    assertThatThrownBy(() -> Preferences.csv(csv("{\"user\":\"a\",\"chosen\":\"b\"}")).read())
        .hasMessageEndingWith("That looks like JSON: read it as JSONL.");
    assertThatThrownBy(() -> Preferences.jsonl(json("user,chosen,rejected")).read())
        .hasMessageContaining("Read a CSV file as CSV.");
  }

  @Test
  void onePostAnIdInSummarizeFromFeedback() {
    var line =
        "{\"info\":{\"id\":\"t3_1\",\"post\":\"P\"},\"summaries\":[{\"text\":\"a\"},"
            + "{\"text\":\"b\"}],\"choice\":0,\"worker\":\"w\"}";
    var file = Written.file(folder, "q.jsonl", line, line.replace("\"P\"", "\"P2\""));
    assertThatThrownBy(() -> Preferences.summarizeFromFeedback(file).read())
        .hasMessageStartingWith(
            "q.jsonl line 2: expected one text for the id 't3_1', found 'P2' after 'P'.");
  }
}
