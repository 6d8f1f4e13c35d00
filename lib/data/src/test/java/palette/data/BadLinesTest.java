package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palette.support.InputException;

/** A bad line is lost by itself: it takes no other with it, and nothing of it stays. */
class BadLinesTest {
  @TempDir Path folder;

  private final List<BadLine> bad = new ArrayList<>();

  private Path csv(String... lines) {
    return Written.file(folder, "q.csv", lines);
  }

  @Test
  void aStrayQuoteCostsItsOwnLineOnly() {
    var lines = new ArrayList<>(List.of("user,chosen,rejected"));
    IntStream.range(0, 1000).forEach(i -> lines.add("u,a" + i + ",b" + i));
    lines.set(11, "u,\"stray,z");
    var read = Preferences.csv(csv(lines.toArray(new String[0]))).skipInvalid(bad).read();
    assertThat(read.size()).isEqualTo(999);
    assertThat(bad).extracting(BadLine::line).containsExactly(12L);
    assertThat(read.notes().get(0))
        .isEqualTo(
            "1 bad line of q.csv skipped; the first: q.csv line 12: expected a closing quote,"
                + " found the end of the file. Close or double the quote.");
  }

  @Test
  void aStrayQuoteThatClosesInALaterLineCostsItsOwnLineOnly() {
    var file =
        csv("user,chosen,rejected", "u,\"stray,z", "u,a,b", "u,\"c, d\",e", "u,\"f\"", "u,g,h");
    var read = Preferences.csv(file).skipInvalid(bad).read();
    assertThat(read.comparisons())
        .containsExactly(
            Comparison.of("u", "a", "b"),
            Comparison.of("u", "c, d", "e"),
            Comparison.of("u", "g", "h"));
    assertThat(bad).extracting(BadLine::line).containsExactly(2L, 5L);
  }

  @Test
  void aRecordOfSeveralLinesIsCountedWithAllOfThem() {
    var file = csv("user,chosen,rejected", "u,\"one\ntwo\nthree\",\" \"", "u,a,b");
    var read = Preferences.csv(file).skipInvalid(bad).read();
    assertThat(read.notes().get(0)).startsWith("1 bad record (3 lines) of q.csv skipped;");
  }

  @Test
  void aRatingThatIsNoneDoesNotMakeTheUsersNextLineBad() {
    var file = csv("user,x,y", "a,oops,3", "a,4,5", "b,1,2");
    var read = Judgements.ratings(file).skipInvalid(bad).read();
    assertThat(read.size()).isEqualTo(4);
    assertThat(bad).hasSize(1);
  }

  @Test
  void itemsOfABadLineAreNoItems() {
    var file = csv("user,chosen,rejected,w", "a,x,y,heavy", "a,v,w,1e300", "b,t,u,2");
    var read = Preferences.csv(file).weight("w").skipInvalid(bad).read();
    assertThat(read.items().ids()).containsExactly("t", "u");
    assertThat(read.users().ids()).containsExactly("b");
    assertThat(bad).hasSize(2);
  }

  @Test
  void aParticipantWhoseVotesAreNoneMayComeAgain() {
    var text = "comment-id,moderated,comment-body";
    Written.file(folder, "comments.csv", text, "0,1,Buses", "1,1,Trams");
    Written.file(folder, "participants-votes.csv", "participant,0,1", "7,yes,1", "7,-1,1");
    var read = Judgements.polis(folder).skipInvalid(bad).read();
    assertThat(read.size()).isEqualTo(2);
    assertThat(bad).hasSize(1);
  }

  @Test
  void personaStatementsAreNumberedAsIfABadOneWereNotThere() {
    var good = "{\"statement\":\"I sing.\",\"answer_matching_behavior\":\" Yes\"}";
    var file = Written.file(folder, "music.jsonl", good, good.replace("Yes", "Maybe"), good);
    var read = Statements.persona(file).skipInvalid(bad).read();
    assertThat(read.all()).extracting(Statement::id).containsExactly("music-1", "music-2");
  }

  // A float knows neither 1e39 nor 1e-46, and a fit would blame its learning rates.
  @ParameterizedTest
  @ValueSource(strings = {"1e300", "1e39", "1e31", "1e-300", "0", "-1"})
  void aWeightThatFloatsDoNotKnowIsRefusedWithItsLine(String weight) {
    var file = csv("user,chosen,rejected,w", "a,x,y," + weight);
    assertThatThrownBy(() -> Preferences.csv(file).weight("w").read())
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("q.csv line 2: expected a weight from 1e-30 to 1e30, found ");
    double value = Double.parseDouble(weight);
    assertThatThrownBy(() -> Preferences.builder().add(Comparison.of("a", "x", "y"), value))
        .hasMessageStartingWith("weight: expected a number from 1e-30 to 1e30, found ");
  }

  @Test
  void aFileOfAnotherKindIsNotReadToItsEnd() {
    var lines = new String[300_000];
    Arrays.fill(lines, "x");
    lines[0] = "user,chosen,rejected";
    lines[1] = "a,x,y";
    var file = csv(lines);
    assertThatThrownBy(() -> Preferences.csv(file).skipInvalid(bad).read())
        .hasMessageStartingWith(
            "q.csv: expected one good line in a hundred at least, found 200,001 bad ones and 1"
                + " good ones; the first: q.csv line 3: expected 3 fields, found 1.");
  }

  @Test
  void messagesStayShortWhateverTheFileHolds() {
    String huge = "x".repeat(100_000);
    assertShort(csv(huge + "," + "y".repeat(9000), "1,2"));
    assertShort(csv("user,chosen,rejected", huge + ",a,a"));
    assertShort(csv("user,chosen,rejected", "u," + huge + "," + huge));
    assertShort(csv(("c,".repeat(3) + huge + ",").repeat(1) + "d", "1"));
    var ratings = csv("user,item,value", "u,i," + huge);
    assertThatThrownBy(() -> Judgements.ratings(ratings).read())
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2048));
    var votes = Written.file(folder, "v.soi", "# NUMBER ALTERNATIVES: " + huge, "1: 1");
    assertThatThrownBy(() -> Judgements.preflib(votes).read())
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2048));
    var json = Written.file(folder, "h.jsonl", "{\"" + huge.substring(0, 40_000) + "\":NaN}");
    assertThatThrownBy(() -> Preferences.jsonl(json).read())
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2048));
  }

  @Test
  void ofAnEndlessMessageThePlaceIsKept() {
    String huge = "x".repeat(100_000);
    assertThat(new InputException(huge + " line 7", huge, huge, huge).getMessage())
        .hasSizeLessThan(2048)
        .contains(" line 7: expected xxx")
        .endsWith("xxx...");
  }

  private static void assertShort(Path file) {
    assertThatThrownBy(() -> Preferences.csv(file).read())
        .isInstanceOf(InputException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2048));
  }
}
