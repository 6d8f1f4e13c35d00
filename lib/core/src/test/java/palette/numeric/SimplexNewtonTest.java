package palette.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The quick solver against a slow one, and where the answer is known. */
class SimplexNewtonTest {

  private static double[] ones(int n) {
    double[] v = new double[n];
    Arrays.fill(v, 1);
    return v;
  }

  @Test
  void twoPrototypesOneAnswerIsAnEquationInOneUnknown() {
    // min log(1+exp(-(2w-1))) + (w-1/2)^2, w = first weight, |w-c|^2 = 2(w-1/2)^2, strength 1:
    // 2 sigmoid(-(2w-1)) = 2 (w - 1/2); with u = 2w - 1: u = 2 sigmoid(-u), u = 0.674829...
    double[] w = {0.5, 0.5};
    double[] center = {0.5, 0.5};
    double gap = Newton.simplex(2).solve(new double[] {1, -1}, ones(1), 1, 1, center, w);
    double u = 2 * w[0] - 1;
    assertThat(u).isCloseTo(2 / (1 + Math.exp(u)), within(1e-9));
    assertThat(w[0] + w[1]).isEqualTo(1);
    assertThat(gap).isBetween(0.0, 1e-9);
  }

  @Test
  void anAnswerThatOnlyOnePrototypeGivesLeadsToItsVertexWithoutAPrior() {
    double[] w = {1 / 3.0, 1 / 3.0, 1 / 3.0};
    double gap = Newton.simplex(3).solve(new double[] {-1, 2, 0}, ones(1), 1, 0, w.clone(), w);
    assertThat(w).containsExactly(0, 1, 0);
    assertThat(gap).isZero();
  }

  @Test
  void withoutAnswersTheCenterStaysToTheLastBit() {
    double[] center = {0.7, 0.1, 0.2};
    double[] w = center.clone();
    double gap = Newton.simplex(3).solve(new double[0], new double[0], 0, 2, center, w);
    assertThat(w).containsExactly(center);
    assertThat(gap).isZero();
  }

  @Test
  void oneColumnHasOneAnswer() {
    double[] w = {1};
    assertThat(Newton.simplex(1).solve(new double[] {-3}, ones(1), 1, 0, new double[] {1}, w))
        .isZero();
    assertThat(w).containsExactly(1);
  }

  @Test
  void hundredsOfRandomProblemsAgreeWithTheSlowSolver() {
    agree(400, 11);
  }

  @Test
  @Tag("slow")
  void thousandsOfRandomProblemsAgreeWithTheSlowSolver() {
    agree(4000, 12);
  }

  @Test
  void marginsFarBeyondTheLinkAreSolvedToRounding() {
    var random = new SplittableRandom(3);
    for (int i = 0; i < 500; i++) {
      double scale = Math.pow(10, random.nextInt(3, 10));
      double[] center = Simplex.random(4, random);
      double[] rows = new double[20 * 4];
      for (int r = 0; r < rows.length; r++) rows[r] = scale * random.nextGaussian();
      double[] w = center.clone();
      double gap = Newton.simplex(4).solve(rows, ones(20), 20, i % 2, center, w);
      assertThat(Arrays.stream(w).sum()).isCloseTo(1, within(1e-12));
      assertThat(gap).isBetween(0.0, 1e-6 * scale);
    }
  }

  @Test
  void manyWeightsAreFoundAsThoseOfAProblemWithIdleAnswersAre() {
    var random = new SplittableRandom(8);
    for (int i = 0; i < 60; i++) {
      var problem = new Problem(random, 33 + random.nextInt(50), 1 + random.nextInt(60));
      double[] w = problem.center.clone();
      double gap = problem.solve(w);
      double[] other = problem.center.clone();
      problem.withIdleAnswers().solve(other); // so many that Newton steps are taken in w
      var reference = problem.reference();
      String what = "case " + i + ": " + problem;
      assertThat(Arrays.stream(w).sum()).as(what).isCloseTo(1, within(1e-12));
      assertThat(Arrays.stream(w).min().orElseThrow()).as(what).isGreaterThanOrEqualTo(0);
      assertThat(gap).as(what).isCloseTo(reference.gap(w), within(1e-11 * problem.scale));
      assertThat(gap).as(what).isLessThanOrEqualTo(1e-9 * Math.max(1, problem.scale));
      double excess = reference.loss(w) - reference.loss(other);
      assertThat(excess).as(what).isLessThanOrEqualTo(1e-9 * Math.max(1, problem.scale));
    }
  }

  @Test
  void manyWeightsAreFoundByTheirAnswersMargins() {
    var random = new SplittableRandom(9);
    int found = 0;
    for (int i = 0; i < 60; i++) {
      var problem = new Problem(random, 33 + random.nextInt(50), 1 + random.nextInt(30));
      if (problem.strength < 0.1 || problem.scale > 10) continue;
      double[] w = problem.center.clone();
      double gap =
          new SimplexDual(problem.columns)
              .solve(
                  new WeightProblem(
                      problem.rows, problem.weights, problem.answers, problem.strength, w.clone()),
                  w);
      assertThat(gap).as(problem.toString()).isLessThanOrEqualTo(1e-9);
      assertThat(problem.reference().gap(w)).isCloseTo(gap, within(1e-11 * problem.scale));
      found++;
    }
    assertThat(found).isGreaterThan(10);
  }

  private static void agree(int cases, long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < cases; i++) {
      var problem = Problem.draw(random);
      double[] w = problem.center.clone();
      double gap = problem.solve(w);
      var reference = problem.reference();
      double[] slow = reference.solve(20_000, 1e-10);
      String what = "case " + i + ": " + problem;
      assertThat(Arrays.stream(w).sum()).as(what).isCloseTo(1, within(1e-12));
      assertThat(Arrays.stream(w).min().orElseThrow()).as(what).isGreaterThanOrEqualTo(0);
      assertThat(gap).as(what).isCloseTo(reference.gap(w), within(1e-7 * problem.scale));
      assertThat(gap).as(what).isLessThanOrEqualTo(1e-9 * Math.max(1, problem.scale));
      double excess = reference.loss(w) - reference.loss(slow);
      assertThat(excess).as(what).isLessThanOrEqualTo(gap + 1e-12 * problem.scale);
    }
  }

  /** One problem, often an awkward one. */
  private static final class Problem {
    final int columns;
    final int answers;
    final double scale;
    final double[] rows;
    final double[] weights;
    final double strength;
    final double[] center;

    Problem(SplittableRandom random, int columns, int answers) {
      this.columns = columns;
      this.answers = answers;
      scale = Math.pow(10, random.nextInt(-2, 3));
      rows = new double[answers * columns];
      weights = ones(answers);
      boolean separable = random.nextInt(4) == 0;
      boolean twins = random.nextInt(4) == 0;
      boolean integers = random.nextInt(4) == 0;
      for (int i = 0; i < rows.length; i++) {
        rows[i] = scale * random.nextGaussian();
        if (integers) rows[i] = scale * random.nextInt(-2, 3);
        if (twins && i % columns == columns - 1 && columns > 1) rows[i] = rows[i - 1];
      }
      for (int j = 0; j < answers; j++) {
        if (separable) rows[j * columns] = Math.abs(rows[j * columns]);
        if (random.nextInt(3) == 0) weights[j] = random.nextDouble();
      }
      strength = random.nextInt(3) == 0 ? 0 : Math.pow(10, random.nextInt(-3, 3));
      center = Simplex.random(columns, random);
    }

    static Problem draw(SplittableRandom random) {
      int columns = 1 + random.nextInt(8);
      int answers = random.nextInt(5) == 0 ? random.nextInt(3) : random.nextInt(40);
      return new Problem(random, columns, answers);
    }

    private Problem(Problem that, int answers) {
      columns = that.columns;
      this.answers = answers;
      scale = that.scale;
      rows = Arrays.copyOf(that.rows, answers * columns);
      weights = Arrays.copyOf(that.weights, answers);
      strength = that.strength;
      center = that.center;
    }

    Problem withIdleAnswers() {
      return new Problem(this, 2 * columns);
    }

    double solve(double[] w) {
      return Newton.simplex(columns).solve(rows, weights, answers, strength, center, w);
    }

    ReferenceSolver reference() {
      return new ReferenceSolver(rows, weights, strength, center);
    }

    @Override
    public String toString() {
      return "K=" + columns + " n=" + answers + " scale=" + scale + " strength=" + strength;
    }
  }
}
