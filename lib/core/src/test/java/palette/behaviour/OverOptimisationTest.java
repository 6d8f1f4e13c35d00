package palette.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palette.family.LoRe;
import palette.family.PalA;
import palette.plot.Sketch;

/** The learned reward rises with n, and the true one turns where the learned one has no top. */
class OverOptimisationTest {
  private static final int[] COUNTS = {1, 2, 4, 8, 16, 32, 64, 128, 256};

  private static Judge given(double... rewards) {
    return (prompt, items) -> rewards;
  }

  @Test
  void byHand() {
    var curve =
        OverOptimisation.of(
            given(0, 1, 2, 3), given(0, 1, 1, -2), null, List.of("a", "b", "c", "d"), 1000, 1);
    assertThat(curve.accuracy()).isEqualTo(2.5 / 6, within(1e-12));
    var one = curve.points().get(0);
    assertThat(one.n()).isEqualTo(1);
    assertThat(new double[] {one.divergence(), one.learned(), one.truth()})
        .containsExactly(new double[3], within(1e-12));
    var most = curve.points().get(1);
    assertThat(most.learned()).isEqualTo(1.5 / Math.sqrt(1.25), within(1e-9));
    assertThat(most.truth()).isEqualTo(-2 / Math.sqrt(1.5), within(1e-9));
    assertThat(curve.turn()).isEqualTo(one);
    assertThat(curve.text()).startsWith("Best of n by a reward that has 0.417 of the pairs right");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void aLinearRewardOfFewNoisyAnswersIsOverOptimised(long seed) {
    var scene = new Wide(seed);
    var curve = scene.curve(LoRe.spec().seed(seed).fit(scene.answers), COUNTS);
    var points = curve.points();
    for (int i = 1; i < points.size(); i++) {
      assertThat(points.get(i).learned()).isGreaterThan(points.get(i - 1).learned());
    }
    var last = points.get(points.size() - 1);
    assertThat(curve.accuracy()).isGreaterThan(0.5);
    assertThat(curve.turn().n()).isBetween(2, 32);
    assertThat(last.truth()).isLessThan(curve.turn().truth() - 0.3);
  }

  /** The control: an ideal point is a place, and no direction that goes on for ever. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void anIdealPointHasATop(long seed) {
    var scene = new Wide(seed);
    var model = PalA.spec().dimension(Wide.DIMENSION).seed(seed).fit(scene.answers);
    var curve = scene.curve(model, COUNTS);
    var last = curve.points().get(COUNTS.length - 1);
    assertThat(last.truth()).isGreaterThan(curve.turn().truth() - 0.1);
  }

  @Test
  void bothCurvesStandInOneFigure() {
    var scene = new Wide(0);
    var points = scene.curve(LoRe.spec().fit(scene.answers), COUNTS).points();
    double[] nats = points.stream().mapToDouble(OverOptimisation.Point::divergence).toArray();
    var figure =
        Sketch.of("Does more of it help?", "nats from one draw", "reward of the pick")
            .line("learned", nats, points.stream().mapToDouble(p -> p.learned()).toArray())
            .line("true", nats, points.stream().mapToDouble(p -> p.truth()).toArray());
    assertThat(figure.png()).hasSizeGreaterThan(1000);
  }
}
