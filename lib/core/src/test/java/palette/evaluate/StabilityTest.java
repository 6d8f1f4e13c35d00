package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;

/** Prototypes are compared by what they say of pairs of sixteen items on a grid. */
class StabilityTest {
  private static final double[][] THREE = {{1, 0}, {0, 1}, {-1, -1}};

  private final Map<String, double[]> items = new TreeMap<>();
  private final Preferences pairs;

  StabilityTest() {
    var asked = new ArrayList<Comparison>();
    for (int i = 0; i < 16; i++) {
      items.put("x" + i, new double[] {i % 4 - 1.5, i / 4 - 1.5});
      for (int j = 0; j < i; j++) asked.add(Comparison.of("ann", "x" + i, "x" + j));
    }
    pairs = Preferences.of(asked);
  }

  private FakePal model(double[][] prototypes, UnaryOperator<double[]> space) {
    var moved = new TreeMap<String, double[]>();
    items.forEach((id, at) -> moved.put(id, space.apply(at)));
    double[][] corners = new double[prototypes.length][];
    for (int k = 0; k < corners.length; k++) corners[k] = space.apply(prototypes[k]);
    return new FakePal("fake", corners, Map.of(), moved);
  }

  private double stability(double[][] a, double[][] b) {
    return Stability.of(List.of(model(a, p -> p), model(b, p -> p)), pairs);
  }

  @Test
  void orderAndTurnDoNotMatter() {
    var turned = model(new double[][] {THREE[2], THREE[0], THREE[1]}, p -> turn(p));
    double stability = Stability.of(List.of(model(THREE, p -> p), turned), pairs);
    assertThat(stability).isCloseTo(1, within(1e-9));
  }

  private static double[] turn(double[] p) {
    return new double[] {-3 * p[1], 3 * p[0]};
  }

  @Test
  void aLargerHullOfTheSameTastesIsAsGood() {
    double[][] twice = {{2, 0}, {0, 2}, {-2, -2}};
    assertThat(stability(THREE, twice)).isCloseTo(1, within(1e-9));
  }

  @Test
  void tastesAcrossEachOtherAreNot() {
    double[][] across = {{1, 0}, {-1, 0}};
    double[][] along = {{0, 1}, {0, -1}};
    assertThat(stability(across, along)).isCloseTo(0, within(1e-9));
    assertThat(stability(across, across)).isCloseTo(1, within(1e-9));
  }

  @Test
  void onePrototypeHasNothingToTellApart() {
    assertThat(stability(new double[][] {{1, 0}}, new double[][] {{-1, 0}})).isEqualTo(1);
  }

  @Test
  void oneFitSaysNothing() {
    assertThat(Stability.of(List.of(model(THREE, p -> p)), pairs)).isNaN();
  }
}
