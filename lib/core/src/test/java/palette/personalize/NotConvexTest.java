package palette.personalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import palette.reward.WeightMargins;
import palette.simulate.World;

/** Models whose margins bend: several starts, and no claim to have found the best. */
class NotConvexTest {
  private final World world =
      World.spec().users(5).dimension(3).prototypes(3).noise(0.2).seed(3).create();
  private final Localizer localizer = Localizer.of(TrueModel.bent(world, 0.5));

  @Test
  void itSaysSo() {
    var person = localizer.fit(world.newcomer(1).ask(30));
    assertThat(person.certificate().convex()).isFalse();
    assertThat(person.certificate().gap()).isNaN();
    assertThat(person.certificate().toString())
        .matches("12 starts, best of \\d+ local (optimum|optima); no certificate");
    assertThat(Arrays.stream(person.weights()).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void twoValleysAreToldApartAndTheDeeperOneIsTaken() {
    // The margin 4 (w - 1/2)^2 - .1 (w - 1/2) in the first weight pulls to both vertices, and a
    // little more to the first weight's zero.
    WeightMargins valleys =
        new WeightMargins() {
          @Override
          public int size() {
            return 1;
          }

          @Override
          public int columns() {
            return 2;
          }

          @Override
          public boolean linear() {
            return false;
          }

          @Override
          public double margin(int j, double[] w, double[] gradient) {
            double x = w[0] - 0.5;
            if (gradient != null) {
              gradient[0] = 8 * x - 0.1;
              gradient[1] = 0;
            }
            return 4 * x * x - 0.1 * x;
          }

          @Override
          public double weight(int j) {
            return 1;
          }
        };
    var two = World.spec().prototypes(2).seed(1).create();
    var person = Localizer.of(TrueModel.bent(two, 0)).place("ann", valleys);
    assertThat(person.weights()).containsExactly(0, 1);
    assertThat(person.certificate())
        .hasToString("12 starts, best of 2 local optima; no certificate");
  }

  @Test
  void itAgreesWithTheConvexSolverWhereBothApply() {
    var model = TrueModel.of(world, 1);
    var evidence = model.byWeight(world.newcomer(2).ask(25));
    double[] convex = Localizer.of(model).place("a", evidence).weights();
    var best = Multistart.of(evidence, model.link(), model.prior()).solve();
    assertThat(best.weights()).containsExactly(convex, within(1e-5));
    assertThat(best.certificate().optima()).isEqualTo(1);
  }

  @Test
  void theSameAnswersEndAtTheSamePlace() {
    var answers = world.newcomer(4).ask(15);
    double[] once = localizer.fit(answers).weights();
    assertThat(localizer.fit(answers).weights()).containsExactly(once);
  }

  @Test
  void manyArePlacedLikeEachAlone() {
    var answers = world.askNewcomers(6, 10);
    var persons = localizer.fitAll(answers);
    for (var id : persons.users()) {
      assertThat(persons.weights(id)).containsExactly(localizer.fit(answers.ofUser(id)).weights());
    }
    assertThat(persons.certificate()).isEqualTo("several starts each; no certificate");
    assertThat(persons.largestGap()).isNaN();
  }

  @Test
  void withoutAnswersThereIsNothingToSearch() {
    var person = localizer.fit(world.newcomer(1).ask(0));
    assertThat(person.weights()).containsExactly(1 / 3.0, 1 / 3.0, 1 / 3.0);
  }
}
