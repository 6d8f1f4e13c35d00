package palette.numeric;

import java.util.Arrays;

/**
 * {@link WeightSolver} over all of R^K, with a Gaussian prior: Newton steps, shortened until the
 * loss falls. Where the loss is convex and strength > 0, L(w) lies at most |grad L(w)|^2 / (2
 * strength) above the minimum, the gap; without a prior nothing bounds it, and the gap is infinite
 * unless the gradient is zero.
 *
 * <p>Where there are more weights than answers, w - center lies in what the answers' rows span, and
 * the steps are taken there: a thousand weights and twenty answers are a problem of twenty numbers.
 */
public final class FreeNewton implements WeightSolver {
  private static final double GOAL = 1e-20;
  private static final int STEPS = 100;
  private static final int SHORTENINGS = 50;
  private static final int NARROW = 32; // columns that are no work

  private final int columns;
  private double[] gradient = {};
  private double[] hessian = {};
  private double[] trial = {};
  private final RowLoss sums = new RowLoss();

  /** A solver for this many weights. */
  public FreeNewton(int columns) {
    this.columns = columns;
  }

  /** The convex problem of one call. */
  private record Problem(
      MarginLoss loss,
      double[] rows,
      double[] weights,
      int answers,
      double strength,
      double[] center) {}

  @Override
  public double solve(
      MarginLoss loss,
      double[] rows,
      double[] weights,
      int answers,
      double strength,
      double[] center,
      double[] w) {
    if (columns > NARROW && answers < columns) {
      return within(loss, Span.of(rows, answers, columns), weights, answers, strength, center, w);
    }
    makeRoom();
    var problem = new Problem(loss, rows, weights, answers, strength, center);
    double value = evaluate(problem, w);
    for (int step = 0; step < STEPS && gap(strength) > GOAL; step++) {
      double[] direction = direction();
      double slope = VectorLoops.inner(direction, gradient);
      double there = search(problem, w, direction, value, slope);
      if (!(there < value)) break;
      value = there;
    }
    evaluate(problem, w);
    return gap(strength);
  }

  private static double within(
      MarginLoss loss,
      Span span,
      double[] weights,
      int answers,
      double strength,
      double[] center,
      double[] w) {
    double[] from = span.inside(center);
    double[] there = span.inside(w);
    var solver = new FreeNewton(span.rank());
    double gap = solver.solve(loss, span.rows(), weights, answers, strength, from, there);
    for (int i = 0; i < from.length; i++) there[i] -= from[i];
    System.arraycopy(center, 0, w, 0, w.length);
    span.move(w, there);
    return gap;
  }

  private void makeRoom() {
    if (gradient.length == columns) return;
    gradient = new double[columns];
    hessian = new double[columns * columns];
    trial = new double[columns];
  }

  private double gap(double strength) {
    double squares = VectorLoops.inner(gradient, gradient);
    return squares == 0 ? 0 : squares / (2 * strength);
  }

  /** -H^-1 gradient; a little is added to H where answers and prior leave it singular. */
  private double[] direction() {
    double most = 0;
    for (int k = 0; k < columns; k++) most = Math.max(most, hessian[k * columns + k]);
    if (!Double.isFinite(most)) return new double[columns]; // no ridge would mend it
    double[] factor = hessian.clone();
    for (double ridge = 1e-12 * (1 + most); !Cholesky.factor(factor, columns); ridge *= 100) {
      factor = hessian.clone();
      for (int k = 0; k < columns; k++) factor[k * columns + k] += ridge;
    }
    double[] direction = new double[columns];
    for (int k = 0; k < columns; k++) direction[k] = -gradient[k];
    Cholesky.solve(factor, columns, direction);
    return direction;
  }

  private double search(Problem problem, double[] w, double[] step, double value, double slope) {
    double length = 1;
    for (int i = 0; i < SHORTENINGS; i++, length /= 2) {
      for (int k = 0; k < columns; k++) trial[k] = w[k] + length * step[k];
      double there = evaluate(problem, trial);
      if (!(there <= value + 1e-4 * length * slope)) continue;
      System.arraycopy(trial, 0, w, 0, columns);
      return there;
    }
    return value;
  }

  /** The loss at w; its gradient and Hessian are left in the fields. */
  private double evaluate(Problem problem, double[] w) {
    Arrays.fill(hessian, 0);
    double value = 0;
    for (int k = 0; k < columns; k++) {
      double away = w[k] - problem.center[k];
      value += problem.strength / 2 * away * away;
      gradient[k] = problem.strength * away;
      hessian[k * columns + k] = problem.strength;
    }
    value +=
        sums.add(
            problem.loss, problem.rows, problem.weights, problem.answers, w, gradient, hessian);
    for (int k = 0; k < columns; k++) {
      for (int l = 0; l < k; l++) hessian[l * columns + k] = hessian[k * columns + l];
    }
    return value;
  }
}
