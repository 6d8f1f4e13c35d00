package palette.numeric;

import java.util.Arrays;

/**
 * {@link WeightSolver} on the simplex (w of at least 0 that sum to 1): minimises
 *
 * <pre>L(w) = sum_j v_j loss(a_j.w) + strength / 2 |w - center|^2</pre>
 *
 * by Newton steps, each the minimiser of the quadratic model on the simplex ({@link
 * SimplexQuadratic}), shortened until the loss falls. Where L is convex, L(w) - min L is at most
 * the Frank-Wolfe gap max_k grad.(w - e_k), which is what {@link #solve} returns. Newton steps are
 * cubic in K; of the logistic loss with many weights and a prior {@link SimplexDual} comes first
 * and mostly suffices. One solver is for one thread; it is used again and again.
 */
public final class SimplexNewton implements WeightSolver {
  static final double GOAL = 1e-9;
  private static final int NARROW = 32; // columns that are no work
  private static final int STEPS = 200;
  private static final int SHORTENINGS = 40;
  private static final double GENTLE = 300;
  private static final int POLISHING = 10;
  private static final double ROUNDING = 1e-14;

  private final int columns;
  private final SimplexQuadratic quadratic;
  private final SimplexDual dual;
  private final double[] target;
  private final double[] trial;
  private final double[] gradient;
  private final double[] hessian;
  private final RowLoss sums = new RowLoss();
  private WeightProblem problem;

  /** A solver for this many weights. */
  public SimplexNewton(int columns) {
    this.columns = columns;
    quadratic = new SimplexQuadratic(columns);
    dual = new SimplexDual(columns);
    target = new double[columns];
    trial = new double[columns];
    gradient = new double[columns];
    hessian = new double[columns * columns];
  }

  @Override
  public double solve(WeightProblem given, double[] w) {
    if (narrows(given)) {
      double gap = dual.solve(given, w);
      if (gap <= GOAL) return gap;
    }
    // Margins beyond a few hundred make the loss a polyhedron, on whose edges Newton steps lose
    // their way. So the problem is first solved at gentler temperatures, each from the solution
    // before.
    for (double share = GENTLE / given.largest(); share < 1; share *= 8) {
      problem = given.times(share);
      descend(w);
    }
    problem = given;
    return descend(w);
  }

  private boolean narrows(WeightProblem given) {
    int answers = given.answers();
    boolean few = columns > NARROW && answers > 0 && answers < 2 * columns;
    return few && given.strength() > 0 && given.loss() == MarginLoss.LOGISTIC;
  }

  private double descend(double[] w) {
    double value = evaluate(w);
    double gap = gap(w);
    for (int step = 0; step < STEPS && gap > GOAL; step++) {
      quadratic.minimise(gradient, hessian, w, target);
      double slope = slope(w);
      if (-slope <= ROUNDING * (1 + Math.abs(value))) return polished(w, gap);
      value = search(w, value, slope);
      if (Double.isNaN(value)) break;
      gap = gap(w);
    }
    return gap;
  }

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
      length *= shorter(w, slope);
    }
    return Double.NaN;
  }

  /** Where the loss cannot tell two points apart any more, whole steps while the gap falls. */
  private double polished(double[] w, double gap) {
    for (int step = 0; step < POLISHING && gap > GOAL; step++) {
      if (step > 0) quadratic.minimise(gradient, hessian, w, target);
      evaluate(target);
      double there = gap(target);
      if (there >= gap) break;
      System.arraycopy(target, 0, w, 0, columns);
      gap = there;
    }
    return gap;
  }

  /** Where the slope along the step, rising, would meet zero; between a tenth and a half. */
  private double shorter(double[] w, double slope) {
    double there = 0;
    for (int k = 0; k < columns; k++) there += gradient[k] * (target[k] - w[k]);
    return Math.max(0.1, Math.min(0.5, slope / (slope - there)));
  }

  private double gap(double[] w) {
    return gap(gradient, w);
  }

  /** The Frank-Wolfe gap, max_k gradient.(w - e_k). */
  static double gap(double[] gradient, double[] w) {
    double here = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < w.length; k++) {
      here += gradient[k] * w[k];
      least = Math.min(least, gradient[k]);
    }
    return Math.max(0, here - least);
  }

  /** The loss at w; its gradient and Hessian are left in the fields. */
  private double evaluate(double[] w) {
    Arrays.fill(gradient, 0);
    Arrays.fill(hessian, 0);
    double value = sums.add(problem, w, gradient, hessian);
    return value + prior(w);
  }

  // A trace of ridge keeps the Hessian positive definite; it slows no step and moves no solution.
  private double prior(double[] w) {
    double strength = problem.strength();
    double[] center = problem.center();
    double squares = 0;
    double most = 0;
    for (int k = 0; k < columns; k++) most = Math.max(most, hessian[k * columns + k]);
    for (int k = 0; k < columns; k++) {
      double away = w[k] - center[k];
      squares += away * away;
      gradient[k] += strength * away;
      for (int l = 0; l < k; l++) hessian[l * columns + k] = hessian[k * columns + l];
      hessian[k * columns + k] += strength + 1e-11 * most + 1e-12;
    }
    return strength / 2 * squares;
  }
}
