package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collective dialogues of Remesh: pairs with ties of three kinds, votes, texts. */
class RemeshReaderTest {
  @TempDir Path folder;

  private Path file(String name, String header, String... rows) {
    var lines = new ArrayList<>(List.of("\"Name\",\"Tea\"", "\"Title\",\"On\nTea\"", "\"\",\"\""));
    lines.add(header);
    lines.addAll(List.of(rows));
    return Written.file(folder, name, lines.toArray(new String[0]));
  }

  @BeforeEach
  void dialogue() {
    file(
        "tea_verbatim_map.csv",
        "Question ID,Question Text,Participant ID,Thought ID,Thought Text",
        "q,Tea?,p1,a,\"Yes, please\"",
        "q,Tea?,p2,b,No",
        "r,Coffee?,p2,c,Black");
    preferences("q,p3,a,b,Thought A,then", "q,p4,a,b,Thought B,then");
    file(
        "tea_binary.csv",
        "Question ID,Participant ID,Thought ID,Vote,Timestamp",
        "q,p3,a,Agree,then",
        "q,p3,b,Disagree,then",
        "r,p3,c,Agree,then");
  }

  private Path preferences(String... rows) {
    return file(
        "tea_preference.csv",
        "Question ID,Participant ID,Thought A ID,Thought B ID,Vote,Timestamp",
        rows);
  }

  @Test
  void whoPrefersWhichAnswerToWhichQuestion() {
    var read = Preferences.remesh(folder).read();
    assertThat(read.comparisons())
        .containsExactly(new Comparison("p3", "q", "a", "b"), new Comparison("p4", "q", "b", "a"));
    assertThat(read.prompts().text(0)).isEqualTo("Tea?");
    assertThat(read.items().texts()).containsExactly("Yes, please", "No");
  }

  @Test
  void whatSomebodyWroteIsTheirText() {
    preferences("q,p2,a,b,Thought A,then", "q,p3,a,b,Thought B,then");
    var read = Preferences.remesh(folder).read();
    assertThat(read.users().ids()).containsExactly("p2", "p3");
    assertThat(read.users().texts()).containsExactly("No\nBlack", "p3"); // p3 wrote nothing
    assertThat(read.ofUser("p3").users().texts()).containsExactly("No\nBlack", "p3");
    var votes = Judgements.remesh(folder).read();
    assertThat(votes.pairs().users().hasTexts()).isFalse(); // only p3 voted
    file(
        "tea_binary.csv",
        "Question ID,Participant ID,Thought ID,Vote,Timestamp",
        "q,p1,b,Disagree,then",
        "q,p1,a,Agree,then");
    assertThat(Judgements.remesh(folder).read().pairs().users().text(0)).isEqualTo("Yes, please");
  }

  @Test
  void threeKindsOfTiesAreCountedAndTheUnsureAreNone() {
    var file =
        preferences(
            "q,p3,a,b,Thought A,then",
            "q,p3,a,b,I agree with both,then",
            "q,p4,a,b,I disagree with both,then",
            "q,p5,a,x,These are similar,then",
            "q,p5,a,b,I'm not sure,then");
    var read = Preferences.remesh(file).read();
    assertThat(read.size()).isEqualTo(1);
    assertThat(read.ties().size()).isEqualTo(3);
    assertThat(read.notes())
        .containsExactly(
            "3 ties kept apart in ties() and not trained on.",
            "1 tie: I agree with both.",
            "1 tie: I disagree with both.",
            "1 tie: These are similar.",
            "1 answer left out: I'm not sure.",
            "1 item without a text.");
  }

  @Test
  void votesAreJudgementsOfOneQuestionAtATime() {
    var all = Judgements.remesh(folder).read();
    assertThat(all.size()).isEqualTo(3);
    assertThat(all.notes().get(0)).startsWith("Votes on the answers to 2 questions;");
    var tea = Judgements.remesh(folder).question("Tea?").read();
    assertThat(tea.pairs().comparisons()).containsExactly(Comparison.of("p3", "a", "b"));
    assertThat(tea.notes()).containsExactly("1 vote on other questions left out.");
  }

  @Test
  void otherVotesAndOtherFilesAreSaid() {
    var file = preferences("q,p3,a,b,Thought C,then");
    assertThatThrownBy(() -> Preferences.remesh(file).read())
        .hasMessageStartingWith("tea_preference.csv line 6: expected 'Thought A', 'Thought B', [");
    Written.file(folder, "tea_preference.csv", "a,b");
    assertThatThrownBy(() -> Preferences.remesh(folder).read())
        .hasMessageStartingWith(
            "tea_preference.csv: expected a header that begins with 'Question ID', found none");
    Written.file(folder, "two_preference.csv", "a,b");
    assertThatThrownBy(() -> Preferences.remesh(folder).read())
        .hasMessageContaining("found [tea_preference.csv, two_preference.csv].");
    assertThatThrownBy(() -> Preferences.remesh(folder.resolve("other.csv")).read())
        .hasMessageContaining("a name ending in _preference.csv");
  }

  // Counted with Python's csv module.
  @Test
  @Tag("shared")
  void campusProtests() {
    var file = Written.shared("remesh").resolve("campus_protests_preference.csv");
    var read = Preferences.remesh(file).read();
    assertThat(read.size()).isEqualTo(5489);
    assertThat(read.answering()).hasSize(308);
    assertThat(read.prompts().size()).isEqualTo(4);
    assertThat(read.ties().size()).isEqualTo(523);
    assertThat(read.notes())
        .contains(
            "88 ties: I agree with both.",
            "403 ties: I disagree with both.",
            "32 ties: These are similar.",
            "53 answers left out: I'm not sure.");
    var votes = Judgements.remesh(file).read();
    assertThat(votes.size()).isEqualTo(6067);
    assertThat(votes.where(row -> votes.value(row) > 0).size()).isEqualTo(4267);
    var question = "What are your impressions of the campus protests?";
    var one = Judgements.remesh(file).question(question).read();
    assertThat(one.size()).isBetween(1000, 2500);
  }
}
