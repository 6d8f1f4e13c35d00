package palette.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import palette.support.Seeds;

class SamplingTest {
  private static final float[] LOGITS = {9, 9, 9, 9, logit(.1), logit(.5), logit(.25), logit(.15)};

  private static float logit(double p) {
    return (float) Math.log(p);
  }

  private static double[] shares(Sampling how) {
    var random = Seeds.stream(how.seed(), "test");
    double[] shares = new double[4];
    for (int i = 0; i < 20_000; i++) shares[how.draw(LOGITS, 1, 4, random)] += 1 / 20_000.0;
    return shares;
  }

  @Test
  void drawsAsOftenAsTheLogitsSay() {
    var some = Sampling.seed(1);
    assertThat(shares(some)).containsExactly(new double[] {.1, .5, .25, .15}, within(.015));
    double z = .01 + .25 + .0625 + .0225;
    double[] cold = {.01 / z, .25 / z, .0625 / z, .0225 / z};
    assertThat(shares(some.at(.5))).containsExactly(cold, within(.015));
    assertThat(shares(some.top(2)))
        .containsExactly(new double[] {0, 2 / 3., 1 / 3., 0}, within(.015));
    assertThat(shares(some.nucleus(.8)))
        .containsExactly(new double[] {0, .5 / .9, .25 / .9, .15 / .9}, within(.015));
    assertThat(shares(some.nucleus(.75)))
        .containsExactly(new double[] {0, 2 / 3., 1 / 3., 0}, within(.015));
    assertThat(shares(Sampling.greedy())).containsExactly(new double[] {0, 1, 0, 0}, within(1e-9));
  }

  @Test
  void refusesWhatIsNone() {
    assertThatThrownBy(() -> Sampling.greedy().nucleus(0)).hasMessageContaining("(0, 1]");
    assertThatThrownBy(() -> Sampling.greedy().at(-1)).hasMessageContaining("temperature");
  }
}
