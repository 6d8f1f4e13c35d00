package palette.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.junit.jupiter.api.Test;

class NewcomerTest {
  private final World world = World.spec().users(20).noise(0.3).seed(7).create();

  @Test
  void eachCallAsksNewQuestions() {
    var newcomer = world.newcomer(99);
    var asked = newcomer.ask(20);
    var heldOut = newcomer.ask(500);
    assertThat(asked.size()).isEqualTo(20);
    assertThat(heldOut.size()).isEqualTo(500);
    assertThat(new HashSet<>(heldOut.items().ids()))
        .doesNotContainAnyElementsOf(asked.items().ids());
    assertThat(newcomer.asked()).isEqualTo(520);
  }

  @Test
  void theSameNumberIsTheSamePersonFromTheStart() {
    var once = world.newcomer(99).ask(520).comparisons();
    var newcomer = world.newcomer(99);
    assertThat(newcomer.ask(20).comparisons()).isEqualTo(once.subList(0, 20));
    assertThat(newcomer.ask(500).comparisons()).isEqualTo(once.subList(20, 520));
    assertThat(world.newcomer(99).weights()).containsExactly(newcomer.weights());
    assertThat(world.newcomer(98).weights()).isNotEqualTo(newcomer.weights());
  }

  @Test
  void newcomersAndUsersAreAskedAboutDifferentFreshItems() {
    assertThat(new HashSet<>(world.askEveryone(10).items().ids()))
        .doesNotContainAnyElementsOf(world.askNewcomers(3, 10).items().ids());
  }

  @Test
  void severalNewcomersAreThoseThatNewcomerGives() {
    var answers = world.askNewcomers(3, 4);
    assertThat(answers.answering()).containsExactly("newcomer-0", "newcomer-1", "newcomer-2");
    assertThat(answers.ofUser("newcomer-2").comparisons())
        .isEqualTo(world.newcomer(2).ask(4).comparisons());
    assertThat(world.newcomer(-5).ask(1).answering()).containsExactly("newcomer--5");
  }

  @Test
  void aNewcomerKnowsTheirTruth() {
    var newcomer = world.newcomer(4);
    assertThat(newcomer.idealPoint())
        .containsExactly(
            new Array2DRowRealMatrix(world.prototypePoints()).preMultiply(newcomer.weights()));
    assertThat(newcomer.text())
        .startsWith("newcomer-4: true weights ")
        .endsWith("0 questions asked");
  }
}
