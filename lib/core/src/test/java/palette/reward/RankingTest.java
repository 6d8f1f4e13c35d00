package palette.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is liked best comes first, is shown as a table and can be kept as CSV. */
class RankingTest {
  private final Ranking ranking =
      Ranking.of(List.of("tea", "milk, hot", "<b>"), new double[] {0.5, 2, 0.5});

  @Test
  void equalRewardsKeepTheirOrder() {
    assertThat(ranking)
        .extracting(RewardModel.Ranked::item)
        .containsExactly("milk, hot", "tea", "<b>");
  }

  @Test
  void isShownAndEscaped() {
    assertThat(ranking.text()).startsWith("rank  item       reward\n1     milk, hot  2.000\n");
    assertThat(ranking.html()).contains("<td>&lt;b&gt;</td>").doesNotContain("<b>");
  }

  @Test
  void isWrittenAsCsv(@TempDir Path folder) throws Exception {
    ranking.write(folder.resolve("ranking.csv"));
    assertThat(Files.readAllLines(folder.resolve("ranking.csv")))
        .containsExactly("rank,item,reward", "1,\"milk, hot\",2.0", "2,tea,0.5", "3,<b>,0.5");
  }
}
