package palette.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.junit.jupiter.api.Test;
import palette.support.InputException;

class WorldTest {
  private final WorldSpec spec = World.spec().users(200).dimension(2).prototypes(3).seed(7);

  @Test
  void theProtocolOfThePapersGivesAHundredPairsToTrainAndFiftyToTestAUser() {
    var world = World.spec().seed(3).create();
    var split = world.askEveryone(150).splitByAnswer(2.0 / 3, 3);
    assertThat(split.train().answers()).hasSize(100).containsOnly(100);
    assertThat(split.test().answers()).hasSize(100).containsOnly(50);
    assertThat(split.train().items().dimension()).isEqualTo(2);
  }

  @Test
  void prototypesLieApartAndMapToTheirPoints() {
    var world = spec.prototypes(5).create();
    double[][] p = world.prototypes();
    for (int k = 0; k < 5; k++) {
      for (int j = 0; j < k; j++) {
        assertThat(Planting.squaredDistance(p[j], p[k])).isGreaterThanOrEqualTo(1);
      }
      assertThat(world.prototypePoints()[k])
          .containsExactly(new Array2DRowRealMatrix(world.map()).operate(p[k]));
    }
  }

  @Test
  void prototypesThatFindNoRoomAreAnErrorThatSaysWhatToDo() {
    assertThatThrownBy(() -> spec.prototypes(9).apart(5).create())
        .isInstanceOf(InputException.class)
        .hasMessage(
            "world: expected 9 prototypes at least 5.0 apart, found no room for them in 2"
                + " dimensions. Ask for fewer prototypes, more dimensions, or a smaller"
                + " .apart(...).");
  }

  @Test
  void usersMixPrototypesByDefault() {
    var world = spec.create();
    for (var user : world.users()) {
      double[] w = world.weights(user);
      assertThat(Arrays.stream(w).sum()).isCloseTo(1, within(1e-12));
      assertThat(Arrays.stream(w)).allMatch(v -> v > 0 && v < 1);
    }
    assertThat(world.idealPoint("user-3"))
        .containsExactly(
            new Array2DRowRealMatrix(world.prototypePoints()).preMultiply(world.weights("user-3")));
  }

  @Test
  void aPartitionPutsEqualNumbersOfUsersOnEachPrototype() {
    assertThat(followers(spec.users(300).partition().create())).containsExactly(100, 100, 100);
  }

  @Test
  void sharesMakeMinorities() {
    assertThat(followers(spec.shares(0.7, 0.25, 0.05).create())).containsExactly(140, 50, 10);
  }

  private static int[] followers(World world) {
    int[] counts = new int[world.prototypes().length];
    for (var user : world.users()) {
      double[] w = world.weights(user);
      counts[IntStream.range(0, w.length).filter(k -> w[k] == 1).findFirst().orElseThrow()]++;
    }
    return counts;
  }

  @Test
  void theMapKeepsLengthsOnAverage() {
    var world = spec.dimension(64).create();
    double sum = 0;
    for (double[] row : world.map()) for (double v : row) sum += v * v;
    assertThat(sum / 64).isCloseTo(1, within(0.1));
  }

  @Test
  void theSameSpecGivesTheSameWorldAndAnotherSeedAnother() {
    var answers = spec.noise(0.3).create().askEveryone(5);
    var again = spec.noise(0.3).create().askEveryone(5);
    assertThat(again.comparisons()).isEqualTo(answers.comparisons());
    assertThat(again.items().vectors()).isDeepEqualTo(answers.items().vectors());
    assertThat(spec.seed(8).create().map()).isNotEqualTo(spec.create().map());
  }

  @Test
  void theFirstAnswersDoNotDependOnHowManyAreAsked() {
    var world = spec.users(4).noise(0.3).create();
    assertThat(world.askEveryone(9).first(4).comparisons())
        .isEqualTo(world.askEveryone(4).comparisons());
  }

  @Test
  void aPoolOfItemsIsSharedAndNoUserIsAskedThePairTwice() {
    var world = spec.users(3).items(6).create();
    var answers = world.askEveryone(15);
    assertThat(answers.items().ids()).hasSize(6).startsWith("item-0", "item-1");
    assertThat(answers.summary().repeated()).isZero();
    assertThatThrownBy(() -> world.askEveryone(16))
        .hasMessage("questions to user-0: expected at most 15, the pairs of 6 items, found 16.");
  }

  @Test
  void anUnknownUserIsAnError() {
    assertThatThrownBy(() -> spec.create().weights("ann"))
        .hasMessage(
            "world: expected a user from 'user-0' to 'user-199' or a newcomer, 'newcomer-99',"
                + " found 'ann'. world.users() lists the users.");
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> spec.noise(-1))
        .hasMessage("noise: expected a number of at least 0, found -1.0.");
    assertThatThrownBy(() -> spec.flip(0.6))
        .hasMessage("flip: expected a number from 0.0 to 0.5, found 0.6.");
    assertThatThrownBy(() -> spec.shares(0.5, 0.5).create())
        .hasMessage("shares: expected 3 of them, found [0.5, 0.5].");
  }

  @Test
  void aWorldShowsItselfAndItsSpecAllSettings() {
    var world = spec.noise(0.3).create();
    assertThat(world.text()).contains("mixtures of 3 prototypes", "best reachable accuracy  0.");
    assertThat(world.html()).startsWith("<table>").contains("<td>200</td>");
    assertThat(spec.shares(1, 2, 3))
        .hasToString(
            "World.spec().users(200).dimension(2).prototypes(3).noise(0.0).flip(0.0)"
                + ".shares(1.0, 2.0, 3.0).apart(1.0).seed(7)");
  }
}
