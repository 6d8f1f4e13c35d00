package palette.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import palette.evaluate.FakePal;
import palette.personalize.Person;

/** What is picked, how often, and how far that is from one draw. */
class BestOfNTest {
  private static final FakePal LINE =
      new FakePal(
          "line",
          new double[][] {{0}, {4}},
          Map.of("left", new double[] {0.9, 0.1}),
          Map.of("a", new double[] {0}, "b", new double[] {2}, "c", new double[] {4}));

  @Test
  void thePopulationAPrototypeAndAPersonPickTheirOwn() {
    var items = List.of("c", "b", "a");
    assertThat(BestOfN.pick(Judge.population(LINE), null, items)).isEqualTo("b");
    assertThat(BestOfN.pick(Judge.prototype(LINE, 0), null, items)).isEqualTo("a");
    assertThat(BestOfN.pick(Judge.prototype(LINE, 1), null, items)).isEqualTo("c");
    assertThat(BestOfN.pick(Judge.of(Person.of(LINE, "left")), null, items)).isEqualTo("a");
    assertThatThrownBy(() -> Judge.prototype(LINE, 2)).hasMessage("k: expected 0 to 1, found 2.");
  }

  @Test
  void ofEqualsTheFirst() {
    Judge same = (prompt, items) -> new double[items.size()];
    assertThat(BestOfN.pick(same, null, List.of("x", "y"))).isEqualTo("x");
  }

  @Test
  void divergenceByHand() {
    assertThat(BestOfN.divergence(1)).isZero();
    assertThat(BestOfN.divergence(2)).isEqualTo(0.1931471805599453, within(1e-12));
    assertThat(BestOfN.divergence(4)).isEqualTo(0.6362943611198906, within(1e-12));
    assertThat(BestOfN.divergence(16)).isEqualTo(1.8350887222397811, within(1e-12));
    assertThatThrownBy(() -> BestOfN.divergence(0))
        .hasMessage("n: expected at least 1, found 0.0.");
  }

  @Test
  void chancesByHand() {
    assertThat(BestOfN.chances(new double[] {3, 1, 2}, 2))
        .containsExactly(new double[] {5 / 9.0, 1 / 9.0, 3 / 9.0}, within(1e-15));
    assertThat(BestOfN.chances(new double[] {2, 1, 2}, 2))
        .containsExactly(new double[] {4 / 9.0, 1 / 9.0, 4 / 9.0}, within(1e-15));
  }

  @Test
  void chancesAreAsFarFromOneDrawAsTheFormulaSays() {
    double[] rewards = IntStream.range(0, 5000).mapToDouble(i -> i * 7 % 5000).toArray();
    for (int n : new int[] {1, 2, 16, 100}) {
      double[] p = BestOfN.chances(rewards, n);
      double exact = Arrays.stream(p).filter(v -> v > 0).map(v -> v * Math.log(5000 * v)).sum();
      assertThat(Arrays.stream(p).sum()).isEqualTo(1, within(1e-9));
      assertThat(exact).isEqualTo(BestOfN.divergence(n), within(1e-3));
    }
  }

  /** Half of what is drawn is a, .3 b and .2 c, with rewards 1, 0 and 2: the closed form. */
  @Test
  void rejectionSamplingDrawsTheTiltedShares() {
    var candidates = new ArrayList<>(Collections.nCopies(5, "a"));
    candidates.addAll(Collections.nCopies(3, "b"));
    candidates.addAll(Collections.nCopies(2, "c"));
    Judge judge = (p, items) -> items.stream().mapToDouble(i -> "bac".indexOf(i)).toArray();
    var random = new SplittableRandom(1);
    int draws = 20_000;
    var drawn =
        IntStream.range(0, draws)
            .mapToObj(i -> BestOfN.sample(judge, null, candidates, 0.5, random))
            .toList();
    var shares = Map.of("a", 0.247719518297, "b", 0.020115114703, "c", 0.732165367);
    shares.forEach(
        (item, share) -> {
          double error = Math.sqrt(share * (1 - share) / draws);
          double seen = Collections.frequency(drawn, item) / (double) draws;
          assertThat(seen).as(item).isEqualTo(share, within(4 * error));
        });
  }
}
