package palette.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import palette.support.Seeds;

class SplitsTest {
  private static final List<String> ITEMS = IntStream.range(0, 30).mapToObj(i -> "i" + i).toList();

  /** Twenty users, each with 12 judgements of different items. */
  private static Judgements judgements(int users) {
    var builder = Judgements.builder();
    for (int u = 0; u < users; u++) {
      var random = Seeds.stream(3, "user " + u);
      int[] order = Seeds.permutation(ITEMS.size(), random);
      for (int k = 0; k < 12; k++) builder.add("u" + u, ITEMS.get(order[k]), random.nextInt(5));
    }
    return builder.build();
  }

  private static Set<String> judged(Judgements all) {
    var seen = new HashSet<String>();
    for (int row = 0; row < all.size(); row++) {
      seen.add(all.users().id(all.user(row)) + " " + all.items().id(all.item(row)));
    }
    return seen;
  }

  private static Set<String> compared(Preferences all) {
    var seen = new HashSet<String>();
    for (var c : all.comparisons()) {
      seen.add(c.user() + " " + c.chosen());
      seen.add(c.user() + " " + c.rejected());
    }
    return seen;
  }

  @Test
  void noJudgementStandsOnBothSidesOfItsPairs() {
    var split = judgements(20).splitByAnswer(0.7, 7);
    var train = split.train().pairs(20, 1);
    var test = split.test().pairs(20, 1);
    assertThat(compared(train)).isNotEmpty().isSubsetOf(judged(split.train()));
    assertThat(compared(test)).isNotEmpty().isSubsetOf(judged(split.test()));
    assertThat(judged(split.train())).doesNotContainAnyElementsOf(judged(split.test()));
    assertThat(split.train().size() + split.test().size()).isEqualTo(20 * 12);
  }

  @Test
  void everyUserKeepsItsShare() {
    var split = judgements(20).splitByAnswer(0.75, 7);
    assertThat(split.train().answers()).containsOnly(9);
    assertThat(split.test().answers()).containsOnly(3);
  }

  @Test
  void anItemJudgedTwiceStaysOnOneSide() {
    var builder = Judgements.builder();
    for (int k = 0; k < 3; k++) {
      for (int i = 0; i < 10; i++) builder.add("u", "i" + i, k);
    }
    var split = builder.build().splitByAnswer(0.5, 1);
    assertThat(judged(split.train())).hasSize(5).doesNotContainAnyElementsOf(judged(split.test()));
  }

  /** Users answer each of ten pairs once as it is, once swapped, and once more. */
  private static Preferences repeated(String prompt) {
    var all = new ArrayList<Comparison>();
    for (int u = 0; u < 8; u++) {
      for (int i = 0; i < 20; i += 2) {
        var one = new Comparison("u" + u, prompt, ITEMS.get(i), ITEMS.get(i + 1));
        all.add(one);
        all.add(new Comparison("u" + u, prompt, one.rejected(), one.chosen()));
        all.add(one);
      }
    }
    return Preferences.of(all);
  }

  private static Set<Set<String>> questions(Preferences all) {
    var asked = new HashSet<Set<String>>();
    for (var c : all.comparisons()) asked.add(Set.of("user " + c.user(), c.chosen(), c.rejected()));
    return asked;
  }

  @Test
  void aPairItsSwappedTwinAndItsRepeatsFallOnOneSide() {
    for (var prompt : new String[] {null, "why"}) {
      var split = repeated(prompt).splitByAnswer(0.6, 5);
      assertThat(questions(split.train()))
          .hasSize(8 * 6)
          .doesNotContainAnyElementsOf(questions(split.test()));
      assertThat(split.train().answers()).containsOnly(18);
    }
  }

  @Test
  void theSamePairUnderAnotherPromptIsAnotherQuestion() {
    var all =
        Preferences.of(
            List.of(
                new Comparison("u", "p", "x", "y"),
                new Comparison("u", "q", "x", "y"),
                Comparison.of("u", "x", "y")));
    assertThat(all.summary().repeated()).isZero();
    assertThat(SameQuestions.count(SameQuestions.of(all))).isEqualTo(3);
  }

  @Test
  void summariesCountRepeatsAndContradictions() {
    var summary = repeated(null).summary();
    assertThat(summary.comparisons()).isEqualTo(240);
    assertThat(summary.repeated()).isEqualTo(160);
    assertThat(summary.contradictory()).isEqualTo(80);
    assertThat(summary.components()).isEqualTo(10);
  }

  @Test
  void theSeedDecidesAndNothingElse() {
    var all = judgements(20).pairs();
    var once = all.splitByAnswer(0.7, 7);
    assertThat(all.splitByAnswer(0.7, 7).train().comparisons())
        .isEqualTo(once.train().comparisons());
    assertThat(all.splitByAnswer(0.7, 8).train().comparisons())
        .isNotEqualTo(once.train().comparisons());
    assertThat(once.seed()).isEqualTo(7);
    assertThat(once.text()).startsWith("Split by answer, 70 % to train, seed 7\ntrain: ");
  }

  @Test
  void aUsersSplitDoesNotDependOnWhoElseIsThere() {
    var few = judgements(3).splitByAnswer(0.5, 7).train().ofUsers(List.of("u2"));
    var many = judgements(20).splitByAnswer(0.5, 7).train().ofUsers(List.of("u2"));
    assertThat(judged(few)).isEqualTo(judged(many));
  }

  @Test
  void usersAndItemsArePartedWhole() {
    var all = judgements(20);
    var byUser = all.splitByUser(0.75, 7);
    assertThat(byUser.train().pairs().answering()).hasSize(15);
    assertThat(byUser.train().pairs().answering())
        .doesNotContainAnyElementsOf(byUser.test().pairs().answering());
    var pairs = all.pairs();
    var byItem = pairs.splitByItem(0.5, 7);
    var trained = items(byItem.train());
    assertThat(trained).isNotEmpty().doesNotContainAnyElementsOf(items(byItem.test()));
    int across = pairs.size() - byItem.train().size() - byItem.test().size();
    assertThat(byItem.rule().replace(",", "")).contains(across + " pairs across left out");
  }

  @Test
  void tiesOfAnItemGoWithIt() {
    var builder = Preferences.builder();
    for (int i = 0; i < 20; i++) {
      builder.add(Comparison.of("u", "s" + i, "s" + (i + 1) % 20));
      builder.tie(Comparison.of("u", "s" + i, "s" + (i + 3) % 20));
    }
    var all = builder.build();
    var parts = all.splitByItem(0.5, 7);
    var trained = items(parts.train().withTiedRows());
    assertThat(parts.train().ties().size()).isPositive();
    assertThat(parts.test().ties().size()).isPositive();
    assertThat(trained).doesNotContainAnyElementsOf(items(parts.test().withTiedRows()));
    var apart = all.withTiedRows().withTiesApart();
    assertThat(apart.comparisons()).isEqualTo(all.comparisons());
    assertThat(apart.ties().comparisons()).isEqualTo(all.ties().comparisons());
  }

  private static Set<String> items(Preferences all) {
    var seen = new HashSet<String>();
    for (var c : all.comparisons()) seen.addAll(List.of(c.chosen(), c.rejected()));
    return seen;
  }
}
