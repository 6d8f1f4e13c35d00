package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palette.support.InputException;

class PairsTest {

  /** User u gives item i the value (i * (u + 3)) mod 7: ties among more than seven items. */
  private static Judgements judgements(int from, int to, int items) {
    var builder = Judgements.builder();
    for (int u = from; u < to; u++) {
      for (int i = 0; i < items; i++) builder.add("u" + u, "i" + i, i * (u + 3) % 7);
    }
    return builder.build();
  }

  @Test
  void theHigherValueIsChosenAndEqualOnesMakeNone() {
    var pairs = Judgements.builder().add("a", "x", 1).add("a", "y", 3).add("a", "z", 1).build();
    assertThat(pairs.pairs().comparisons())
        .containsExactlyInAnyOrder(Comparison.of("a", "y", "x"), Comparison.of("a", "y", "z"));
  }

  // Few of many, a quarter of all, nearly all: three ways to draw.
  @ParameterizedTest
  @ValueSource(ints = {5, 60, 150})
  void theCapIsMetWithDifferentPairs(int cap) {
    var all = judgements(0, 4, 20);
    int implied = all.pairs().answers()[0];
    assertThat(implied).isBetween(151, 190);
    var capped = all.pairs(cap, 7);
    assertThat(capped.answers()).containsOnly(cap);
    assertThat(new HashSet<>(capped.comparisons())).hasSize(4 * cap);
    assertThat(capped.comparisons()).isSubsetOf(all.pairs().comparisons());
    assertThat(all.pairs(cap, 7).comparisons()).isEqualTo(capped.comparisons());
    assertThat(all.pairs(cap, 8).comparisons()).isNotEqualTo(capped.comparisons());
  }

  @Test
  void manyPairsOfFewJudgementsWeighAsManyAsTheJudgements() {
    var pairs = judgements(0, 1, 20).pairs(40, 7);
    double total = 0;
    for (int row = 0; row < pairs.size(); row++) total += pairs.weight(row);
    assertThat(total).isCloseTo(20, org.assertj.core.data.Offset.offset(1e-4));
    var one = Judgements.builder().add("a", "x", 1).add("a", "y", 2).build().pairs();
    assertThat(one.weight(0)).isEqualTo(1);
  }

  @Test
  void aUsersPairsDoNotDependOnWhoElseIsThere() {
    var alone = judgements(3, 4, 20).pairs(30, 7);
    var among = judgements(0, 9, 20).pairs(30, 7).ofUser("u3");
    assertThat(among.comparisons()).isEqualTo(alone.comparisons());
  }

  @Test
  void everyPairHasTheSameChance() {
    var all = judgements(0, 1, 20);
    int implied = all.pairs().size();
    for (int cap : List.of(5, 60)) {
      var met = new java.util.HashMap<Comparison, Integer>();
      for (int seed = 0; seed < 2000; seed++) {
        for (var c : all.pairs(cap, seed).comparisons()) met.merge(c, 1, Integer::sum);
      }
      double expected = 2000.0 * cap / implied;
      double far = 6 * Math.sqrt(expected);
      assertThat(met).hasSize(implied);
      assertThat(met.values()).allMatch(n -> Math.abs(n - expected) < far);
    }
  }

  @Test
  void morePairsThanMemoryHoldsAreRefusedWithTheirNumber() {
    var all = Judgements.builder();
    long most = Pairs.most();
    int n = (int) Math.ceil(Math.sqrt(2.0 * most)) + 1000;
    for (int i = 0; i < n; i++) all.add("u", "i" + i, i);
    var judgements = all.build();
    assertThatThrownBy(judgements::pairs)
        .isInstanceOf(InputException.class)
        .hasMessage(
            String.format(
                "pairs: expected at most %,d, half of Java's memory, found %,d. Take some of each"
                    + " user by pairs(cap, seed), say pairs(200, 7), or set"
                    + " JAVA_TOOL_OPTIONS=-Xmx%dg in the environment and start anew.",
                most, n * (n - 1L) / 2, (n * (n - 1L) * 20 >> 30) + 1));
    assertThat(judgements.pairs(200, 7).size()).isEqualTo(200);
  }

  @Test
  void pairsAreAsManyAsValuesAndItemsThatDiffer() {
    var all = Judgements.builder();
    int[] items = {0, 1, 2, 0, 3, 1, 4, 0};
    double[] values = {1, 2, 2, 1, 0.0, 5, -0.0, 3};
    for (int i = 0; i < items.length; i++) all.add("u", "i" + items[i], values[i]);
    int expected = 0;
    for (int i = 0; i < items.length; i++) {
      for (int j = 0; j < i; j++) if (items[i] != items[j] && values[i] != values[j]) expected++;
    }
    var pairs = all.build().pairs();
    assertThat(pairs.size()).isEqualTo(expected);
    assertThat(pairs.weight(0)).isEqualTo(8f / expected);
  }
}
