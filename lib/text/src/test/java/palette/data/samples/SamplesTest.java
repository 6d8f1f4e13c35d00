package palette.data.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import palette.data.Judgements;
import palette.data.Preferences;

class SamplesTest {
  private static final Path DATA = Path.of("data");

  @Test
  void theSamplesAreWhatTheGeneratorMakesAndTheReadmeSaysSo() throws Exception {
    var readme = Files.readString(DATA.resolve("README.md"));
    for (var file : Samples.all().entrySet()) {
      var made = sha256(file.getValue().getBytes(StandardCharsets.UTF_8));
      var kept = sha256(Files.readAllBytes(DATA.resolve(file.getKey())));
      assertThat(kept).as(file.getKey()).isEqualTo(made);
      assertThat(readme).contains(made + "  " + file.getKey());
    }
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  @Test
  void storyFiveReadsTheSummaries() {
    var answers =
        Preferences.jsonl(DATA.resolve("summaries.jsonl"))
            .user("worker")
            .prompt("post")
            .chosen("winner")
            .rejected("loser")
            .read();
    var summary = answers.summary();
    assertThat(summary.comparisons()).isEqualTo(1500);
    assertThat(summary.users()).isEqualTo(25);
    assertThat(summary.prompts()).isEqualTo(60);
    assertThat(summary.items()).isEqualTo(240);
    assertThat(summary.repeated()).isZero();
    assertThat(answers.users().ids()).contains("worker-17");
  }

  @Test
  void theConversationIsAPolisExport() throws IOException {
    var reader = Judgements.polis(DATA.resolve("conversation"));
    var votes = reader.read();
    assertThat(votes.users().size()).isEqualTo(150);
    assertThat(votes.items().size()).isEqualTo(67);
    assertThat(reader.withoutRejected().read().items().size()).isEqualTo(65);
    assertThat(reader.groups().values()).containsOnly("0", "1", "2");
    assertThat(Arrays.stream(votes.answers()).filter(n -> n >= 34).count()).isBetween(115L, 140L);
    assertThat(votes.notes().get(0)).endsWith("pass votes left out.");
    var lines = Files.readAllLines(DATA.resolve("conversation/comments.csv"));
    assertThat(lines).hasSize(68);
  }
}
