package palette.numeric;

import java.util.Arrays;

/**
 * Finds the weights w that make the loss L of a {@link WeightProblem} least: some of them a mix s,
 * a point of the simplex (at least 0, with the sum 1), the others free, t, with a Gaussian prior;
 * either may be missing. Of a loss that is not convex it finds a local minimum. By Newton steps: of
 * the quadratic model of L the free part is worked out by hand, t = -D^-1 (g_t + C'(s - s_0)), and
 * what is left in s,
 *
 * <pre>S = H_ss - C D^-1 C',   g_s - C D^-1 g_t,   D = H_tt, C = H_st</pre>
 *
 * is minimised on the simplex ({@link SimplexQuadratic}); the step is shortened until the loss
 * falls. Where L is convex, L(w) - min L is at most the gap that {@link #solve} returns,
 *
 * <pre>max_k g_s.(s - e_k) + |g_t|^2 / (2 strength)</pre>
 *
 * Frank and Wolfe's for the mix and, for free weights, what a prior leaves open; without one their
 * gap is infinite unless the gradient is zero. Steps are cubic in the number of weights. So of the
 * logistic loss with a mix of many and a prior {@link SimplexDual} comes first and mostly suffices;
 * and where free weights are more than answers, w - center lies in what the answers' rows span, and
 * the steps are taken there: a thousand weights and twenty answers are a problem of twenty numbers.
 * One solver is for one thread; it is used again and again.
 */
public final class Newton {
  // Of a gap that falls with the gradient: the weights are then good to about 1e-9.
  private static final double GOAL = 1e-12;
  private static final double SQUARED = 1e-20; // with its square, as without a mix
  private static final int NARROW = 32; // columns that are no work
  private static final int STEPS = 200;
  private static final int SHORTENINGS = 40;
  private static final double GENTLE = 300;
  private static final int POLISHING = 10;
  private static final double ROUNDING = 1e-14;

  private final int columns;
  private final int[] mixed;
  private final int[] free;
  private final double goal;
  private final SimplexQuadratic quadratic;
  private final SimplexDual dual;
  private final double[] target;
  private final double[] trial;
  private final double[] gradient;
  private final RowLoss sums = new RowLoss();
  private double[] hessian; // made when it is needed: many free weights need none
  private WeightProblem problem;

  /** A solver for so many weights, of which {@code count} from {@code from} on are free. */
  public Newton(int columns, int from, int count) {
    this.columns = columns;
    free = new int[count];
    mixed = new int[columns - count];
    for (int k = 0, n = 0; k < columns; k++) {
      boolean isFree = k >= from && k < from + count;
      if (isFree) free[k - from] = k;
      else mixed[n++] = k;
    }
    goal = mixed.length == 0 ? SQUARED : GOAL;
    quadratic = new SimplexQuadratic(mixed.length);
    dual = new SimplexDual(columns);
    target = new double[columns];
    trial = new double[columns];
    gradient = new double[columns];
  }

  /** For weights that are all a mix. */
  public static Newton simplex(int columns) {
    return new Newton(columns, 0, 0);
  }

  /** For weights that are all free. */
  public static Newton free(int columns) {
    return new Newton(columns, 0, columns);
  }

  /** The same with the logistic loss. */
  public double solve(
      double[] rows, double[] weights, int answers, double strength, double[] center, double[] w) {
    return solve(new WeightProblem(rows, weights, answers, strength, center), w);
  }

  /**
   * Leaves the minimiser in w, which comes in as the start, a point of the space.
   *
   * @return the gap: L(w) lies at most this far above the minimum, where the loss is convex
   */
  public double solve(WeightProblem given, double[] w) {
    if (mixed.length == 0 && columns > NARROW && given.answers() < columns) {
      return within(Span.of(given.rows(), given.answers(), columns), given, w);
    }
    if (narrows(given)) {
      double gap = dual.solve(given, w);
      if (gap <= SimplexDual.GOAL) return gap;
    }
    if (hessian == null) hessian = new double[columns * columns];
    // Margins beyond a few hundred make the loss a polyhedron, on whose edges Newton steps lose
    // their way. So a mix is first found at gentler temperatures, each from the solution before.
    double gentle = free.length == 0 ? GENTLE / given.largest() : 1;
    for (double share = gentle; share < 1; share *= 8) {
      problem = given.times(share);
      descend(w);
    }
    problem = given;
    return descend(w);
  }

  private boolean narrows(WeightProblem given) {
    int answers = given.answers();
    boolean few = columns > NARROW && answers > 0 && answers < 2 * columns;
    boolean mix = free.length == 0 && given.strength() > 0;
    return few && mix && given.loss() == MarginLoss.LOGISTIC;
  }

  private static double within(Span span, WeightProblem problem, double[] w) {
    var inside = problem.within(span);
    double[] from = inside.center();
    double[] there = span.inside(w);
    double gap = free(span.rank()).solve(inside, there);
    for (int i = 0; i < from.length; i++) there[i] -= from[i];
    System.arraycopy(problem.center(), 0, w, 0, w.length);
    span.move(w, there);
    return gap;
  }

  private double descend(double[] w) {
    double value = evaluate(w);
    double gap = gap(w);
    for (int step = 0; step < STEPS && gap > goal; step++) {
      aim(w);
      double slope = slope(w);
      if (-slope <= ROUNDING * (1 + Math.abs(value))) return polished(w, gap);
      value = search(w, value, slope);
      if (Double.isNaN(value)) break;
      gap = gap(w);
    }
    return gap;
  }

  /** Of the loss on the way to the target. */
  private double slope(double[] w) {
    double slope = 0;
    for (int k = 0; k < columns; k++) slope += gradient[k] * (target[k] - w[k]);
    return slope;
  }

  /** Moves w towards the target until the loss has fallen; NaN where rounding forbids it. */
  private double search(double[] w, double value, double slope) {
    double length = 1;
    for (int i = 0; i < SHORTENINGS; i++) {
      for (int k = 0; k < columns; k++) trial[k] = w[k] + length * (target[k] - w[k]);
      double there = evaluate(trial);
      if (there <= value + 1e-4 * length * slope + ROUNDING / 10 * (1 + Math.abs(value))) {
        System.arraycopy(trial, 0, w, 0, columns);
        return there;
      }
      // Where the slope along the step, rising, would meet zero; between a tenth and a half.
      length *= Math.max(0.1, Math.min(0.5, slope / (slope - slope(w))));
    }
    return Double.NaN;
  }

  /** Where the loss cannot tell two points apart any more, whole steps while the gap falls. */
  private double polished(double[] w, double gap) {
    for (int step = 0; step < POLISHING && gap > goal; step++) {
      if (step > 0) aim(w);
      evaluate(target);
      double there = gap(target);
      if (there >= gap) break;
      System.arraycopy(target, 0, w, 0, columns);
      gap = there;
    }
    return gap;
  }

  // ------------------------------------------------------------------------- the quadratic model

  /** Sets the target where the model at w is least. */
  private void aim(double[] w) {
    int m = free.length;
    int n = mixed.length;
    if (m == 0) { // all is one mix
      quadratic.minimise(gradient, hessian, w, target);
      return;
    }
    double[] factor = factor();
    double[] own = new double[m]; // D^-1 g_t
    for (int i = 0; i < m; i++) own[i] = gradient[free[i]];
    Cholesky.solve(factor, m, own);
    double[][] cross = new double[n][m]; // rows of C
    double[][] solved = new double[n][m]; // and of C D^-1
    double[] g = new double[n];
    double[] h = new double[n * n];
    double[] from = new double[n];
    double[] to = new double[n];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < m; i++) cross[k][i] = hessian[mixed[k] * columns + free[i]];
      solved[k] = cross[k].clone();
      Cholesky.solve(factor, m, solved[k]);
      g[k] = gradient[mixed[k]] - VectorLoops.inner(cross[k], own);
      from[k] = w[mixed[k]];
      for (int l = 0; l <= k; l++) {
        double left = hessian[mixed[k] * columns + mixed[l]];
        h[k * n + l] = h[l * n + k] = left - VectorLoops.inner(solved[k], cross[l]);
      }
    }
    if (n > 0) quadratic.minimise(g, h, from, to);
    for (int i = 0; i < m; i++) target[free[i]] = w[free[i]] - own[i];
    for (int k = 0; k < n; k++) {
      target[mixed[k]] = to[k];
      for (int i = 0; i < m; i++) target[free[i]] -= solved[k][i] * (to[k] - from[k]);
    }
  }

  /** Cholesky's of the free weights' curvature D, with a little more where it is singular. */
  double[] factor() {
    int m = free.length;
    double[] factor = new double[m * m];
    for (double ridge = 0; ; ridge = Math.max(1e-12, 100 * ridge)) {
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < m; j++) factor[i * m + j] = hessian[free[i] * columns + free[j]];
        factor[i * m + i] *= 1 + ridge;
      }
      if (Cholesky.factor(factor, m) || !(ridge < 1)) return factor; // no ridge would mend NaN
    }
  }

  private double gap(double[] w) {
    double squares = 0;
    for (int k : free) squares += gradient[k] * gradient[k];
    double own = squares == 0 ? 0 : squares / (2 * problem.strength());
    return gap(gradient, w, mixed) + own;
  }

  /** Frank and Wolfe's gap of a mix, max_k gradient.(w - e_k). */
  static double gap(double[] gradient, double[] w, int[] mixed) {
    double here = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k : mixed) {
      here += gradient[k] * w[k];
      least = Math.min(least, gradient[k]);
    }
    return Math.max(0, here - least);
  }

  /** The loss at w; its gradient and Hessian are left in the fields. */
  private double evaluate(double[] w) {
    Arrays.fill(gradient, 0);
    Arrays.fill(hessian, 0);
    double strength = problem.strength();
    double value = sums.add(problem, w, gradient, hessian);
    double most = 0;
    for (int k = 0; k < columns; k++) most = Math.max(most, hessian[k * columns + k]);
    double squares = 0;
    for (int k = 0; k < columns; k++) {
      double away = w[k] - problem.center()[k];
      squares += away * away;
      gradient[k] += strength * away;
      for (int l = 0; l < k; l++) hessian[l * columns + k] = hessian[k * columns + l];
      hessian[k * columns + k] += strength;
    }
    // A trace of ridge keeps a mix's part positive definite; it slows no step, moves no solution.
    for (int k : mixed) hessian[k * columns + k] += 1e-11 * most + 1e-12;
    return value + strength / 2 * squares;
  }
}
