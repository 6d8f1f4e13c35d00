package palette.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** A world of what is true and what pleases. */
class SycophancyTest {

  @Test
  void truthIsTheFirstNumberOfAnAnswer() {
    var world = Sycophancy.of(2, 3, 2, 5);
    double[] truth = world.truth().rewards(null, world.items().ids());
    for (int i = 0; i < 3; i++) assertThat(truth[i]).isEqualTo(world.items().vector(i)[0]);
  }

  /** One camp chooses by t + 2 s and the other by t - 2 s, as often as the margin says. */
  @Test
  void campsAnswerByTruthAndTheirSide() {
    var world = Sycophancy.of(2, 400, 2, 1);
    var said = world.ask(4000);
    double[] right = new double[2];
    double[] expected = new double[2];
    for (int row = 0; row < said.size(); row++) {
      int u = said.user(row);
      float[] x = world.items().vector(said.chosen(row));
      float[] y = world.items().vector(said.rejected(row));
      double side = u == 0 ? 2 : -2;
      double margin = x[0] - y[0] + side * (x[1] - y[1]);
      right[u] += margin > 0 ? 1 / 4000.0 : 0;
      expected[u] += 1 / (1 + Math.exp(-Math.abs(margin))) / 4000;
    }
    for (int u = 0; u < 2; u++) assertThat(right[u]).isEqualTo(expected[u], within(0.025));
  }

  @Test
  void theFirstAnswersDoNotDependOnHowManyThereAre() {
    var world = Sycophancy.of(3, 10, 1, 7);
    var few = world.ask(2).comparisons();
    assertThat(world.ask(5).first(2).comparisons()).isEqualTo(few);
    assertThat(Sycophancy.of(3, 10, 1, 7).ask(2).comparisons()).isEqualTo(few);
    assertThat(Sycophancy.of(3, 10, 1, 8).ask(2).comparisons()).isNotEqualTo(few);
  }
}
