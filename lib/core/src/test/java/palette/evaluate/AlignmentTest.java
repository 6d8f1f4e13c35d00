package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import palette.numeric.Matching;
import palette.support.Seeds;

class AlignmentTest {

  @Test
  void findsATurnAStretchAndAMove() {
    // a quarter turn, twice the size, moved by (5, -1)
    double[][] from = {{0, 0}, {1, 0}, {0, 1}, {2, 1}};
    double[][] to = {{5, -1}, {5, 1}, {3, -1}, {3, 3}};
    var alignment = Alignment.of(from, to);
    assertThat(alignment.scale()).isCloseTo(2, within(1e-12));
    assertThat(alignment.shift()).containsExactly(new double[] {5, -1}, within(1e-12));
    assertThat(alignment.rotation()[0]).containsExactly(new double[] {0, -1}, within(1e-12));
    assertThat(alignment.apply(new double[] {1, 1}))
        .containsExactly(new double[] {3, 1}, within(1e-12));
  }

  @Test
  void mirrorsWhereThatFits() {
    double[][] from = {{1, 0}, {0, 1}, {3, 0}};
    double[][] to = {{-1, 0}, {0, 1}, {-3, 0}};
    double[][] aligned = Alignment.of(from, to).apply(from);
    for (int i = 0; i < 3; i++) {
      assertThat(aligned[i]).containsExactly(to[i], within(1e-12));
    }
  }

  @Test
  void pointsOnALineInManyDimensionsFindTheirLine() {
    // rank 1 in 16 dimensions: the rotation is completed, and stays orthogonal
    double[] direction = Seeds.normal(16, 1, Seeds.stream(3, "direction"));
    double[][] from = new double[5][16];
    double[][] to = new double[5][16];
    for (int i = 0; i < 5; i++) {
      for (int a = 0; a < 16; a++) from[i][a] = i * direction[a];
      to[i][2] = i * 4;
    }
    var alignment = Alignment.of(from, to);
    double[][] q = alignment.rotation();
    for (int a = 0; a < 16; a++) {
      for (int b = 0; b < 16; b++) {
        double dot = 0;
        for (int c = 0; c < 16; c++) dot += q[a][c] * q[b][c];
        assertThat(dot).isCloseTo(a == b ? 1 : 0, within(1e-9));
      }
    }
    assertThat(alignment.apply(from[4])).containsExactly(to[4], within(1e-9));
  }

  @Test
  void pointsThatCoincideGoToTheMean() {
    double[][] from = {{0.1, 1}, {0.1, 1}, {0.1, 1}};
    double[][] to = {{0, 0}, {2, 4}, {1, 2}};
    assertThat(Alignment.of(from, to).apply(from[0]))
        .containsExactly(new double[] {1, 2}, within(1e-12));
  }

  @Test
  void fewerDimensionsAreFilledUp() {
    double[][] from = {{0}, {1}, {2}};
    double[][] to = {{0, 0}, {0, 3}, {0, 6}};
    assertThat(Alignment.of(from, to).apply(from)[1])
        .containsExactly(new double[] {0, 3}, within(1e-12));
  }

  @Test
  void principalAxesByHand() {
    // along (1, 1) the points differ four times as much in variance as across
    double[][] points = {{2, 2}, {-2, -2}, {1, -1}, {-1, 1}};
    var axes = PrincipalAxes.of(points);
    assertThat(axes.shares()).containsExactly(new double[] {0.8, 0.2}, within(1e-12));
    assertThat(axes.on(2, points[0]))
        .containsExactly(new double[] {Math.sqrt(8), 0}, within(1e-12));
  }

  @Test
  void theCheapestMatchingIsNotTheGreedyOne() {
    assertThat(Matching.cheapest(new double[][] {{1, 2}, {1, 9}})).containsExactly(1, 0);
    assertThat(Matching.cheapest(new double[][] {{5, 1, 9}, {1, 0, 9}})).containsExactly(1, 0);
    assertThat(Matching.cheapest(new double[][] {{4}, {1}, {2}})).containsExactly(-1, 0, -1);
  }

  @Test
  void theCheapestMatchingAgreesWithTryingAll() {
    var random = Seeds.stream(1, "costs");
    for (int t = 0; t < 50; t++) {
      double[][] cost = new double[4][4];
      for (double[] row : cost) for (int c = 0; c < 4; c++) row[c] = random.nextDouble();
      int[] match = Matching.cheapest(cost);
      double sum = 0;
      for (int r = 0; r < 4; r++) sum += cost[r][match[r]];
      assertThat(sum).isCloseTo(least(cost, 0, 0), within(1e-12));
    }
  }

  private static double least(double[][] cost, int row, int used) {
    if (row == cost.length) return 0;
    double best = Double.POSITIVE_INFINITY;
    for (int c = 0; c < cost.length; c++) {
      if ((used >> c & 1) == 1) continue;
      best = Math.min(best, cost[row][c] + least(cost, row + 1, used | 1 << c));
    }
    return best;
  }
}
