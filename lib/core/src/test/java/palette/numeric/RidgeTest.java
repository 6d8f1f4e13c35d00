package palette.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RidgeTest {
  // Less their means x is -1, 0, 1 and y -2, 0, 2: B = 4 / (2 + strength * 2).
  @Test
  void aLineThroughThreePointsIsAsSteepAsTheStrengthLeavesIt() {
    double[][] x = {{4}, {5}, {6}};
    double[][] y = {{-1, 3}, {1, 3}, {3, 3}};
    var ridge = new Ridge(x, y);
    assertThat(ridge.mean()).containsExactly(5);
    assertThat(ridge.slopes(1e-12)[0][0]).isCloseTo(2, within(1e-9));
    assertThat(ridge.slopes(1)[0][0]).isCloseTo(1, within(1e-12));
    assertThat(ridge.slopes(1)[1][0]).isZero();
  }

  // By the normal equations in two unknowns: X'X = [[2, 1], [1, 2]], X'Y = (3, 0), size 4.
  @Test
  void numbersThatGoTogetherShareWhatTheyExplain() {
    double[][] x = {{1, 0}, {0, 1}, {-1, -1}};
    double[][] y = {{2}, {-1}, {-1}};
    double[] slopes = new Ridge(x, y).slopes(0.25)[0]; // 1 more on the diagonal
    assertThat(slopes).containsExactly(new double[] {9.0 / 8, -3.0 / 8}, within(1e-12));
  }

  @Test
  void equalRowsTeachNothing() {
    double[][] same = {{1, 2}, {1, 2}};
    assertThat(new Ridge(same, new double[][] {{0}, {5}}).slopes(0.1)[0]).containsOnly(0);
  }
}
