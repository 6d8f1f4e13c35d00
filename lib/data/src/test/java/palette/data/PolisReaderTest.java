package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palette.support.InputException;

class PolisReaderTest {
  @TempDir Path folder;

  @BeforeEach
  void conversation() {
    Written.file(
        folder,
        "comments.csv",
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body",
        "1,then,1,9,2,0,1,\"More buses, please.\"",
        "2,then,0,9,1,1,0,More buses again",
        "3,then,2,9,1,0,-1,\"Buy my\nbook\"");
    votes(
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2,3",
        "10,1,0,3,2,0,1,0,1,1",
        "11,,0,2,0,1,-1,1,,");
  }

  private void votes(String... lines) {
    Written.file(folder, "participants-votes.csv", lines);
  }

  @Test
  void agreeIsAboveDisagreeAndPassesAreLeftOut() {
    var read = Judgements.polis(folder).read();
    assertThat(read.size()).isEqualTo(4);
    assertThat(read.users().ids()).containsExactly("10", "11");
    assertThat(read.items().ids()).containsExactly("0", "2", "1");
    assertThat(read.items().texts())
        .containsExactly("More buses again", "Buy my\nbook", "More buses, please.");
    assertThat(read.pairs().comparisons()).containsExactly(Comparison.of("11", "1", "0"));
    assertThat(read.notes())
        .containsExactly(
            "1 vote on statements without a text left out.",
            "1 pass vote left out.",
            "1 vote on statements that moderators rejected kept; .withoutRejected() leaves them"
                + " out.");
    assertThat(read.text()).contains("1 pass vote left out.");
  }

  @Test
  void rejectedStatementsCanBeLeftOut() {
    var read = Judgements.polis(folder).withoutRejected().read();
    assertThat(read.items().ids()).containsExactly("0", "1");
    assertThat(read.notes()).contains("1 vote on statements that moderators rejected left out.");
  }

  @Test
  void statementsThatAreFactsCanBeLeftOut() {
    var read = Judgements.polis(folder).withoutRejected().without("0").read();
    assertThat(read.items().ids()).containsExactly("1");
    assertThat(read.notes()).contains("2 votes left out by .without().");
    assertThatThrownBy(() -> Judgements.polis(folder).without("77").read())
        .hasMessage("without: expected ids of comments.csv, found '77'.");
  }

  @Test
  void groupsAreThoseThatPolisSaw() {
    assertThat(Judgements.polis(folder).groups()).isEqualTo(Map.of("10", "1"));
  }

  @Test
  void aVoteThatIsNoneIsNamedWithLineAndComment() {
    votes("participant,group-id,0,1", "10,1,1,2");
    assertThatThrownBy(() -> Judgements.polis(folder).read())
        .hasMessage(
            "participants-votes.csv line 2, comment 1: expected 1 (agree), -1 (disagree), 0 (pass)"
                + " or nothing, found '2'.");
  }

  @Test
  void aFolderWithoutTheExportSaysWhatIsMissing() {
    assertThatThrownBy(() -> Judgements.polis(folder.resolve("elsewhere")).read())
        .hasMessageContaining("comments.csv: expected a file, found nothing. Check the path.");
  }

  // Counted with Python's csv module: participants with a vote, agree + disagree votes, passes.
  @ParameterizedTest
  @Tag("shared")
  @CsvSource({
    "15-per-hour-seattle, 315, 54, 2280, 592",
    "american-assembly.bowling-green, 1572, 896, 121604, 62912",
    "brexit-consensus, 201, 50, 4637, 666",
    "football-concussions, 1283, 297, 10864, 3464",
    "scoop-hivemind.affordable-housing, 371, 165, 12590, 2405",
    "scoop-hivemind.biodiversity, 527, 314, 24701, 5018",
    "scoop-hivemind.freshwater, 114, 80, 3564, 408",
    "scoop-hivemind.ubi, 228, 70, 6341, 812",
  })
  void realConversations(String name, int users, int items, int votes, int passes) {
    var read = Judgements.polis(Written.shared("polis/" + name)).read();
    assertThat(read.users().size()).isEqualTo(users);
    assertThat(read.items().size()).isLessThanOrEqualTo(items);
    assertThat(read.size()).isEqualTo(votes);
    assertThat(String.join(" ", read.notes()).replace(",", "")).contains(passes + " pass votes");
  }

  @Test
  void theExportOfTodayHasOtherNames() throws IOException {
    var votes = folder.resolve("participants-votes.csv");
    var before = Judgements.polis(folder).read().pairs().comparisons();
    Files.move(votes, folder.resolve("participant-votes.csv"));
    assertThat(Judgements.polis(folder).read().pairs().comparisons()).isEqualTo(before);
    Files.move(
        folder.resolve("participant-votes.csv"), folder.resolve("2025-x-participant-votes.csv"));
    Files.move(folder.resolve("comments.csv"), folder.resolve("2025-x-comments.csv"));
    assertThat(Judgements.polis(folder).read().pairs().comparisons()).isEqualTo(before);
    Files.copy(folder.resolve("2025-x-comments.csv"), folder.resolve("2026-y-comments.csv"));
    assertThatThrownBy(() -> Judgements.polis(folder).read())
        .hasMessageEndingWith(
            "expected one file comments.csv, by that name or behind \"...-\", found"
                + " [2025-x-comments.csv, 2026-y-comments.csv]. Give each export a folder of its"
                + " own.");
  }

  @Test
  void theFilesThatWereLookedForAreNamed() throws IOException {
    Files.delete(folder.resolve("participants-votes.csv"));
    assertThatThrownBy(() -> Judgements.polis(folder).read())
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "expected one file participants-votes.csv or participant-votes.csv, by that name or"
                + " behind \"...-\", found none.");
  }

  @Test
  void columnsThatAreNoStatementsAreNoVotes() {
    votes("participant,xid,language,group-id,0,1", "10,abc,en,1,1,-1", "11,1,0,,1,");
    var read = Judgements.polis(folder).read();
    assertThat(read.size()).isEqualTo(3);
    assertThat(read.notes())
        .containsExactly("Not in comments.csv, so no votes: 1 column [language].");
  }
}
