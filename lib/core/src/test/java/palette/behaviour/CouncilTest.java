package palette.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import palette.behaviour.Council.Rule;
import palette.evaluate.FakePal;
import palette.personalize.Person;
import palette.reward.Ranking;

/** Rules by hand: people are places on a line from 0 to 4, and like what is near. */
class CouncilTest {
  private static final List<String> ITEMS = List.of("low", "mid", "high");

  private static Council at(double... places) {
    var weights = new TreeMap<String, double[]>();
    for (double a : places) weights.put("p" + weights.size(), new double[] {1 - a / 4, a / 4});
    var items = Map.of("low", new double[] {0}, "mid", new double[] {2}, "high", new double[] {4});
    var line = new FakePal("line", new double[][] {{0}, {4}}, weights, items);
    return Council.of(line, line.users());
  }

  private static double s(double margin) {
    return 1 / (1 + Math.exp(-margin));
  }

  private static void isRanked(Ranking ranking, Map<String, Double> scores, String... order) {
    assertThat(ranking.stream().map(r -> r.item())).containsExactly(order);
    for (var r : ranking) {
      assertThat(r.reward()).as(r.item()).isEqualTo(scores.get(r.item()), within(1e-12));
    }
  }

  @Test
  void whatSomebodyHasOfAnItem() {
    double[][] u = at(0, 4).shares(null, ITEMS);
    double[] left = {(s(4) + s(16)) / 2, (s(-4) + s(12)) / 2, (s(-16) + s(-12)) / 2};
    assertThat(u[0]).containsExactly(left, within(1e-15));
    assertThat(u[1]).containsExactly(new double[] {left[2], left[1], left[0]}, within(1e-15));
  }

  @Test
  void everyRuleByHand() {
    var council = at(0, 0, 4);
    double top = (s(4) + s(16)) / 2;
    double mid = (s(-4) + s(12)) / 2;
    double low = (s(-16) + s(-12)) / 2;
    isRanked(
        council.rank(null, ITEMS, Rule.MEAN),
        Map.of("low", (2 * top + low) / 3, "mid", mid, "high", (top + 2 * low) / 3),
        "low",
        "mid",
        "high");
    isRanked(
        council.rank(null, ITEMS, Rule.BORDA),
        Map.of("low", 2 / 3.0, "mid", 0.5, "high", 1 / 3.0),
        "low",
        "mid",
        "high");
    isRanked(
        council.rank(null, ITEMS, Rule.MAXIMIN),
        Map.of("low", low, "mid", mid, "high", low),
        "mid",
        "low",
        "high");
    isRanked(
        council.rank(null, ITEMS, Rule.NASH),
        Map.of("low", Math.cbrt(top * top * low), "mid", mid, "high", Math.cbrt(top * low * low)),
        "mid",
        "low",
        "high");
    isRanked(
        council.rank(null, ITEMS, Rule.COPELAND),
        Map.of("low", 1.0, "mid", 0.5, "high", 0.0),
        "low",
        "mid",
        "high");
  }

  @Test
  void ofTwoCampsOfOneSizeNobodyWins() {
    var ranking = at(0, 4).rank(null, ITEMS, Rule.COPELAND);
    assertThat(ranking.stream().map(r -> r.reward())).containsOnly(0.5);
    assertThat(ranking.get(0).item()).isEqualTo("low");
  }

  @Test
  void aStrongWishOutweighsFaintOnesByTheMeanAndNotByOrder() {
    var council = at(1.9, 1.9, 1.9, 4, 4);
    var two = List.of("low", "high");
    assertThat(council.rank(null, two, Rule.MEAN).get(0).item()).isEqualTo("high");
    assertThat(council.rank(null, two, Rule.BORDA).get(0).item()).isEqualTo("low");
    assertThat(council.rank(null, two, Rule.COPELAND).get(0).item()).isEqualTo("low");
  }

  @Test
  void whatARuleDoesToTheWorstOff() {
    var verdicts = at(0, 0, 4).verdicts(null, ITEMS);
    assertThat(verdicts.stream().map(v -> v.rule())).containsExactly(Rule.values());
    var mean = verdicts.get(0);
    double low = (s(-16) + s(-12)) / 2;
    assertThat(mean.item()).isEqualTo("low");
    assertThat(mean.mean()).isEqualTo(((s(4) + s(16)) + low) / 3, within(1e-12));
    assertThat(mean.worstTenth()).isEqualTo(low, within(1e-12));
    assertThat(mean.below()).isEqualTo(1 / 3.0, within(1e-12));
    assertThat(verdicts.get(Rule.MAXIMIN.ordinal()).below()).isZero();
    assertThat(at(0, 0, 4).table(null, ITEMS).text())
        .contains("MEAN: low", "MAXIMIN: mid", "0.661", "0.509", "0.333");
  }

  @Test
  void firstChoicesAreShares() {
    assertThat(at(0, 0.5, 1.5, 4).firstChoices(null, ITEMS))
        .containsOnly(entry("low", 0.5), entry("mid", 0.25), entry("high", 0.25));
    assertThat(at(0, 0).firstChoices(null, ITEMS)).containsOnly(entry("low", 1.0));
  }

  @Test
  void whatCannotBeAsked() {
    assertThatThrownBy(() -> new Council(List.<Person>of()))
        .hasMessage("people: expected at least one entry, found [].");
    assertThatThrownBy(() -> at(0).shares(null, List.of("low")))
        .hasMessage("items: expected at least 2, found 1.");
  }
}
