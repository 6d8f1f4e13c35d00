package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.family.PalA;
import palette.simulate.World;
import palette.support.Seeds;

class ChoiceTest {

  /** A sweep over 1, 2, 3 whose users (one answer each) have these log losses. */
  static Sweep<Integer> sweep(double[]... losses) {
    var values = new ArrayList<Integer>();
    var runs = new ArrayList<Sweep.Run<Integer>>();
    for (int i = 0; i < losses.length; i++) {
      var model = model(losses[i]);
      values.add(i + 1);
      var evaluation = Evaluation.of(model, answers(losses[i].length));
      runs.add(new Sweep.Run<>(i + 1, 1, 0, model, evaluation, 0));
    }
    return new Sweep<>("prototypes", values, runs, runs.size());
  }

  private static Preferences answers(int users) {
    var rows = new ArrayList<Comparison>();
    for (int u = 0; u < users; u++) rows.add(Comparison.of("u" + u, "good", "bad"));
    return Preferences.of(rows);
  }

  /** Everybody at a point of their own on a line where the margin is such that the loss is so. */
  private static FakePal model(double[] losses) {
    var items = Map.of("good", new double[] {1}, "bad", new double[] {-1});
    var users = new TreeMap<String, double[]>();
    for (int u = 0; u < losses.length; u++) {
      double margin = -Math.log(Math.expm1(losses[u]));
      users.put("u" + u, new double[] {1 - margin / 4, margin / 4}); // margin of prototype 2 is 4
    }
    return new FakePal("fake", new double[][] {{0}, {1}}, users, items);
  }

  private static Choice<Integer> choice(double[]... losses) {
    return Choice.of(List.of(sweep(losses)), 1, answers(2));
  }

  @Test
  void lossAndStandardErrorAreThoseOfAMeanOverUsers() {
    var one = choice(new double[] {0.2, 0.4, 0.6}).candidates().get(0);
    assertThat(one.logLoss()).isCloseTo(0.4, within(1e-9));
    assertThat(one.error()).isCloseTo(0.2 / Math.sqrt(3), within(1e-9));
  }

  @Test
  void aUserWithTwoAnswersCountsTwiceAndIsOneUser() {
    var first = sweep(new double[] {0.2, 0.4, 0.6});
    var second = sweep(new double[] {0.4});
    var candidate = Choice.of(List.of(first, second), 2, answers(2)).candidates().get(0);
    assertThat(candidate.logLoss()).isCloseTo(0.4, within(1e-9));
    assertThat(candidate.error()).isCloseTo(Math.sqrt(1.5 * 0.08) / 4, within(1e-9));
  }

  @Test
  void repeatsThatScatterMoreThanUsersDoWidenTheStandardError() {
    var first = sweep(all(0.5), all(0.2));
    var second = sweep(all(0.5), all(0.6));
    var choice = Choice.of(List.of(first, second), 2, answers(2));
    assertThat(choice.lowest().value()).isEqualTo(2);
    assertThat(choice.lowest().error()).isCloseTo(0.2, within(1e-9)); // .28 / sqrt(2); 0 over users
    assertThat(choice.chosen()).isEqualTo(1);
  }

  @Test
  void repeatsThatAgreeDoNotNarrowIt() {
    var once = sweep(new double[] {0.2, 0.4, 0.6});
    var candidate = Choice.of(List.of(once, once), 2, answers(2)).candidates().get(0);
    assertThat(candidate.error()).isCloseTo(0.2 / Math.sqrt(3), within(1e-9));
  }

  private static double[] all(double loss) {
    return new double[] {loss, loss, loss};
  }

  @Test
  void whereTheSimplerOneScattersTheDifferenceIsNotKnown() {
    var first = sweep(all(0.60), all(0.45));
    var second = sweep(all(0.40), all(0.45));
    var choice = Choice.of(List.of(first, second), 2, answers(2));
    assertThat(choice.lowest().error()).isCloseTo(0, within(1e-9));
    assertThat(choice.candidates().get(0).difference()).isCloseTo(0.1, within(1e-9));
    assertThat(choice.limit(choice.candidates().get(0))).isCloseTo(0.45 + 0.1, within(1e-9));
    assertThat(choice.chosen()).isEqualTo(1); // .05 above the lowest
  }

  @Test
  void repeatsThatAreHarderForAllLeaveTheDifferenceKnown() {
    var first = sweep(all(0.65), all(0.50));
    var second = sweep(all(0.45), all(0.30));
    var choice = Choice.of(List.of(first, second), 2, answers(2));
    assertThat(choice.candidates().get(0).difference()).isCloseTo(0, within(1e-9));
    assertThat(choice.chosen()).isEqualTo(2); // .15 above, where the lowest's own error is .1
  }

  @Test
  void theSmallestWithinOneStandardErrorIsChosen() {
    var choice =
        choice(
            new double[] {0.60, 0.70, 0.80},
            new double[] {0.35, 0.45, 0.55},
            new double[] {0.30, 0.40, 0.50}); // standard error .058
    assertThat(choice.lowest().value()).isEqualTo(3);
    assertThat(choice.limit(choice.lowest())).isCloseTo(0.4 + 0.1 / Math.sqrt(3), within(1e-9));
    assertThat(choice.chosen()).isEqualTo(2);
    assertThat(choice.text())
        .startsWith("Choice of prototypes by held-out answers of training, 1 repeat\n")
        .contains("0.4500 ± 0.0577", "chosen", "lowest loss");
  }

  @Test
  void aClearlyBetterOneIsChosenThoughItIsLarger() {
    var choice = choice(new double[] {0.5, 0.6, 0.7}, new double[] {0.29, 0.3, 0.31});
    assertThat(choice.chosen()).isEqualTo(2);
  }

  @Test
  void oneUserHasNoStandardError() {
    assertThatThrownBy(() -> choice(new double[] {0.5}))
        .hasMessage("users to choose by: expected at least two, found 1.");
  }

  private static SweepPlan<Integer> counts() {
    return Sweep.over("prototypes", 1, 2, 3, 4)
        .specs(k -> PalA.spec().dimension(4).prototypes(k))
        .repeat(3);
  }

  private static Preferences answersOf(int prototypes, long seed) {
    var world = World.spec().users(60).dimension(4).noise(0.1).apart(2).prototypes(prototypes);
    return world.seed(seed).partition().create().askEveryone(40);
  }

  @Test
  void threeGroupsNeedThreePrototypes() {
    var choice = counts().choose(answersOf(3, 2));
    assertThat(choice.chosen()).isEqualTo(3);
    assertThat(choice.complete()).isTrue();
    assertThat(choice.candidates().get(2).stability()).isGreaterThan(0.9);
  }

  @Test
  void peopleWhoAreAllAlikeNeedOne() {
    assertThat(counts().choose(answersOf(1, 1)).chosen()).isEqualTo(1);
  }

  /** Two camps that want the opposite of each other, and err in one vote of seven. */
  private static Judgements camps() {
    var random = Seeds.stream(1, "votes");
    var builder = Judgements.builder();
    for (int u = 0; u < 40; u++) {
      for (int i = 0; i < 30; i++) {
        boolean agrees = (u % 2 == 0) == (i % 2 == 0) ^ random.nextInt(7) == 0;
        builder.add("u" + u, "s" + i, agrees ? 1 : -1);
      }
    }
    return builder.build();
  }

  @Test
  void judgementsAreSetApartBeforePairsAreMade() {
    var choice = counts().repeat(2).choose(camps(), 100);
    assertThat(choice.chosen()).isEqualTo(2);
    assertThat(choice.candidates().get(1).stability()).isGreaterThan(0.95);
  }

  @Test
  void anInterruptedChoiceSaysSo() {
    var whole = sweep(new double[] {0.2, 0.4, 0.6});
    var choice = Choice.of(List.of(whole), 3, answers(2));
    assertThat(choice.complete()).isFalse();
    assertThat(choice.text()).contains("1 repeat of 3, interrupted");
  }
}
