package palette.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
}
