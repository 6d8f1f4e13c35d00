package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of votes of a Polis export: people change their minds. */
class PolisLogTest {
  private static final String HEADER = "timestamp,datetime,comment-id,voter-id,vote";

  @TempDir Path folder;

  @BeforeEach
  void comments() {
    Written.file(folder, "comments.csv", "comment-id,moderated,comment-body", "0,1,Tea", "1,1,Rum");
  }

  private Path log(String name, String... lines) {
    var all = new String[lines.length + 1];
    all[0] = HEADER;
    System.arraycopy(lines, 0, all, 1, lines.length);
    return Written.file(folder, name, all);
  }

  @Test
  void theLastVoteCountsWhateverTheOrderOfLines() {
    log("votes.csv", "30,then,0,7,1", "20,then,0,7,-1", "30,then,1,7,-1", "10,then,0,8,0");
    var read = Judgements.polis(folder).read();
    assertThat(read.size()).isEqualTo(2);
    assertThat(read.items().texts()).containsExactly("Tea", "Rum");
    assertThat(read.value(0)).isEqualTo(1);
    assertThat(read.notes())
        .containsExactly(
            "1 vote changed later left out: the last one counts.", "1 pass vote left out.");
  }

  @Test
  void ofOneMomentTheLaterLineCounts() {
    log("votes.csv", "30,then,0,7,1", "30,then,0,7,-1");
    assertThat(Judgements.polis(folder).read().value(0)).isEqualTo(-1);
  }

  @Test
  void theTableOfVotesComesFirstAndTheLogWhenItIsNamed() {
    var log = log("2025-04-02-1200-x-votes.csv", "30,then,0,7,1");
    Written.file(folder, "participant-votes.csv", "participant,xid,0,1", "7,abc,1,1");
    assertThat(Judgements.polis(folder).read().size()).isEqualTo(2);
    assertThat(Judgements.polis(log).read().size()).isEqualTo(1);
  }

  @Test
  void otherVotesAreSaid() {
    log("votes.csv", "30,then,0,7,2");
    assertThatThrownBy(() -> Judgements.polis(folder).read())
        .hasMessageStartingWith(
            "votes.csv line 2: expected 1 (agree), -1 (disagree) or 0 (pass) in 'vote', found '2'");
  }
}
