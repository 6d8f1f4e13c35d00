package palette.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTest {

  @Test
  void findsTheBottomOfAQuadraticInFewSteps() {
    double[] curvature = {1, 3, 10, 30, 100};
    Lbfgs.Function bowl =
        (x, gradient) -> {
          double value = 7;
          for (int i = 0; i < x.length; i++) {
            gradient[i] = curvature[i] * (x[i] - i);
            value += gradient[i] * (x[i] - i) / 2;
          }
          return value;
        };
    var bottom = Lbfgs.minimize(bowl, new double[5], 1e-6, 100);
    assertThat(bottom.x()).containsExactly(new double[] {0, 1, 2, 3, 4}, within(1e-6));
    assertThat(bottom.value()).isCloseTo(7, within(1e-12));
    assertThat(bottom.norm()).isLessThanOrEqualTo(1e-6);
    assertThat(bottom.iterations()).isLessThan(30);
  }

  private static double rosenbrock(double[] x, double[] gradient) {
    double rise = x[1] - x[0] * x[0];
    gradient[0] = -400 * x[0] * rise - 2 * (1 - x[0]);
    gradient[1] = 200 * rise;
    return 100 * rise * rise + (1 - x[0]) * (1 - x[0]);
  }

  @Test
  void followsRosenbrocksBananaToItsEnd() {
    var bottom = Lbfgs.minimize(LbfgsTest::rosenbrock, new double[] {-1.2, 1}, 1e-8, 200);
    assertThat(bottom.x()).containsExactly(new double[] {1, 1}, within(1e-7));
    assertThat(bottom.iterations()).isLessThan(80);
  }

  @Test
  void theSameStartGivesTheSameBits() {
    double[] start = {-1.2, 1};
    var once = Lbfgs.minimize(LbfgsTest::rosenbrock, start, 1e-8, 17);
    var again = Lbfgs.minimize(LbfgsTest::rosenbrock, start, 1e-8, 17);
    assertThat(once.x()).isEqualTo(again.x());
    assertThat(start).containsExactly(-1.2, 1);
    assertThat(once.iterations()).isEqualTo(17);
  }

  @Test
  void staysWhereItIsAtTheBottomAndWhereNoStepHelps() {
    assertThat(Lbfgs.minimize(LbfgsTest::rosenbrock, new double[] {1, 1}, 1e-8, 9).iterations())
        .isZero();
    var cliff =
        Lbfgs.minimize(
            (x, g) -> {
              g[0] = 1;
              return Double.NaN;
            },
            new double[1],
            0,
            9);
    assertThat(cliff.x()).containsExactly(0);
  }
}
