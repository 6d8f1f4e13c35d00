package palette.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.evaluate.FakePal;
import palette.family.LoRe;
import palette.personalize.Person;
import palette.reward.PrototypeModel;

/** What listening costs, by hand on a line and in a world that likes to be pleased. */
class EchoChamberTest {
  private static final List<String> ITEMS = List.of("i0", "i1", "i2", "i3", "i4");

  private static FakePal line() {
    var items = new TreeMap<String, double[]>();
    for (int i = 0; i < 5; i++) items.put("i" + i, new double[] {i});
    var people = Map.of("left", new double[] {1, 0});
    return new FakePal("line", new double[][] {{0}, {4}}, people, items);
  }

  private static EchoChamber shown(int n) {
    return new EchoChamber(line(), null, ITEMS, n, Judge.population(line()));
  }

  private static EchoChamber.Curve dialled(int shown) {
    var left = Person.of(line(), "left");
    // The population, at 2, has the second of them wrong.
    var heldOut =
        Preferences.of(
            List.of(Comparison.of("left", "i1", "i4"), Comparison.of("left", "i0", "i2")));
    return shown(shown).dial(List.of(left), heldOut, 0, 1);
  }

  @Test
  void theDialByHand() {
    var steps = dialled(1).steps();
    var everybody = steps.get(0);
    assertThat(everybody.accuracy()).isEqualTo(0.5);
    assertThat(everybody.moved()).isZero();
    assertThat(everybody.voices()).isEqualTo(1);
    assertThat(everybody.regret()).isZero();
    // Of the ten pairs the population orders 1 above 0, 2 above 0, 3 above 0 and 2 above 1
    // the other way, and does not order 0 and 4, nor 1 and 3.
    var own = steps.get(1);
    assertThat(own.accuracy()).isEqualTo(1);
    assertThat(own.moved()).isEqualTo(0.5, within(1e-12));
    // Rewards 0, -1, -4, -9, -16: mean -6, variance 34.8. The third party's: -4, -1, 0, -1, -4.
    assertThat(own.own()).isEqualTo(6 / Math.sqrt(34.8), within(1e-12));
    assertThat(everybody.own()).isEqualTo(2 / Math.sqrt(34.8), within(1e-12));
    assertThat(own.regret()).isEqualTo(4 / Math.sqrt(2.8), within(1e-12));
  }

  @Test
  void voicesCountThePrototypesBehindWhatIsShown() {
    // Of 2, 1 and 3 the last is the right prototype's; 2 is both's and counts for the first.
    double entropy = -2 / 3.0 * Math.log(2 / 3.0) - 1 / 3.0 * Math.log(1 / 3.0);
    var steps = dialled(3).steps();
    assertThat(steps.get(0).voices()).isEqualTo(Math.exp(entropy), within(1e-12));
    assertThat(steps.get(1).voices()).isEqualTo(1, within(1e-12));
  }

  @Test
  void halfWayIsHalfOfTheWeights() {
    var half = EchoChamber.dialled(Person.of(line(), "left"), 0.5);
    assertThat(half.weights()).containsExactly(0.75, 0.25);
  }

  @Test
  void someAreShownAndNotAll() {
    assertThatThrownBy(() -> shown(5)).hasMessage("shown: expected 1 to 4, found 5.");
    assertThatThrownBy(() -> shown(0)).hasMessage("shown: expected 1 to 4, found 0.");
  }

  /** Means of three worlds: who is best in one of them is a matter of luck. */
  @Test
  void aRewardThatPredictsBetterPicksWhatIsLessTrue() {
    double[] silent = new double[4];
    double[] heard = new double[4];
    for (int seed = 0; seed < 3; seed++) {
      var pleased = new Pleased(seed);
      var people = pleased.model.users().stream().map(u -> Person.of(pleased.model, u)).toList();
      var steps = pleased.shown(1).dial(people, pleased.heldOut, 0, 1).steps();
      assertThat(steps.get(0).moved()).isZero();
      add(silent, steps.get(0));
      add(heard, steps.get(1));
    }
    assertThat(heard[0]).as("accuracy").isGreaterThan(silent[0] + 0.12);
    assertThat(heard[2]).as("own").isGreaterThan(silent[2] + 0.5);
    assertThat(silent[3]).as("regret of the truth").isLessThan(0.3);
    assertThat(heard[3]).as("regret of the truth").isGreaterThan(silent[3] + 0.4);
  }

  @Test
  void answerByAnswerPeopleSeeFewerVoices() {
    double[] silent = new double[4];
    double[] heard = new double[4];
    for (int seed = 0; seed < 3; seed++) {
      var pleased = new Pleased(seed);
      var curve = pleased.shown(10).listening(pleased.train, pleased.heldOut, 0, 40);
      assertThat(curve.steps().get(1).moved()).isGreaterThan(0.2);
      add(silent, curve.steps().get(0));
      add(heard, curve.steps().get(1));
    }
    assertThat(heard[0]).as("accuracy").isGreaterThan(silent[0] + 0.12);
    assertThat(heard[1]).as("voices").isLessThan(silent[1] - 0.4);
    assertThat(heard[3]).as("regret of the truth").isGreaterThan(silent[3] + 0.4);
  }

  @Test
  void theSameTwice() {
    var pleased = new Pleased(0);
    var curve = pleased.shown(3).listening(pleased.train, pleased.heldOut, 5);
    assertThat(new Pleased(0).shown(3).listening(pleased.train, pleased.heldOut, 5))
        .isEqualTo(curve);
    assertThat(curve.text()).startsWith("answers  accuracy  moved  voices  own");
  }

  private static void add(double[] sums, EchoChamber.Step step) {
    sums[0] += step.accuracy() / 3;
    sums[1] += step.voices() / 3;
    sums[2] += step.own() / 3;
    sums[3] += step.regret() / 3;
  }

  /** Twenty people of a world that likes to be pleased, 40 answers each, and 20 held out. */
  private static final class Pleased {
    final Sycophancy world;
    final Preferences train;
    final Preferences heldOut;
    final PrototypeModel model;

    Pleased(long seed) {
      world = Sycophancy.of(20, 200, 2, seed);
      var said = world.ask(60);
      train = said.where(row -> row % 60 < 40);
      heldOut = said.where(row -> row % 60 >= 40);
      model = LoRe.spec().seed(seed).fit(train);
    }

    EchoChamber shown(int n) {
      return new EchoChamber(model, null, world.items().ids(), n, world.truth());
    }
  }
}
