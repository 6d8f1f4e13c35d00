package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import palette.simulate.World;

class RecoveryTest {
  private final World world =
      World.spec().users(40).dimension(2).prototypes(3).noise(0.3).seed(7).create();

  /** The truth, seen through a transformation of latent space, with the prototypes rotated. */
  private FakePal seen(UnaryOperator<double[]> through, int turn) {
    double[][] truth = world.prototypePoints();
    double[][] points = new double[3][];
    for (int k = 0; k < 3; k++) points[(k + turn) % 3] = through.apply(truth[k]);
    var weights = new LinkedHashMap<String, double[]>();
    for (var user : world.users()) {
      double[] w = new double[3];
      for (int k = 0; k < 3; k++) w[(k + turn) % 3] = world.weights(user)[k];
      weights.put(user, w);
    }
    return new FakePal("truth", points, weights, Map.of());
  }

  @Test
  void aTurnedMirroredStretchedAndReorderedTruthIsRecoveredWhole() {
    var recovery = Recovery.of(seen(p -> new double[] {-3 * p[1], -3 * p[0]}, 1), world);
    assertThat(recovery.userCorrelation()).isCloseTo(1, within(1e-9));
    assertThat(recovery.userError()).isCloseTo(0, within(1e-9));
    assertThat(recovery.prototypeError()).isCloseTo(0, within(1e-9));
    assertThat(recovery.weightError()).isCloseTo(0, within(1e-9));
    assertThat(recovery.shift()).isCloseTo(0, within(1e-9));
    assertThat(recovery.match()).containsExactly(1, 2, 0);
    assertThat(recovery.alignment().scale()).isCloseTo(1 / 3.0, within(1e-9));
  }

  @Test
  void aMoveOfLatentSpaceShowsAsShift() {
    var recovery = Recovery.of(seen(p -> new double[] {p[0] + 1, p[1]}, 0), world);
    assertThat(recovery.userError()).isCloseTo(0, within(1e-9));
    assertThat(recovery.shift()).isGreaterThan(1);
  }

  @Test
  void aShearedSpaceIsNotRecovered() {
    var recovery = Recovery.of(seen(p -> new double[] {p[0] + 2 * p[1], p[1]}, 0), world);
    assertThat(recovery.userError()).isBetween(0.1, 1.0);
    assertThat(recovery.userCorrelation())
        .isCloseTo(Math.sqrt(1 - Math.pow(recovery.userError(), 2)), within(1e-9));
  }

  @Test
  void placingEverybodyAtOnePointHasAnErrorOfOne() {
    var weights = new LinkedHashMap<String, double[]>();
    for (var user : world.users()) weights.put(user, new double[] {1});
    var recovery =
        Recovery.of(new FakePal("one", new double[][] {{4, 4}}, weights, Map.of()), world);
    assertThat(recovery.userError()).isCloseTo(1, within(1e-9));
    assertThat(recovery.userCorrelation()).isCloseTo(0, within(1e-9));
    assertThat(recovery.weightError()).isBetween(0.3, 0.9);
    assertThat(Arrays.stream(recovery.match()).filter(m -> m < 0).count()).isEqualTo(2);
    assertThat(recovery.text()).startsWith("Recovery: 40 users, 1 prototype learned of 3 true\n");
  }

  @Test
  void aModelOfOtherUsersIsAnError() {
    var other =
        new FakePal("other", new double[][] {{0}}, Map.of("ann", new double[] {1}), Map.of());
    assertThatThrownBy(() -> Recovery.of(other, world))
        .hasMessage("model: expected users of the world, found none of them.");
  }
}
