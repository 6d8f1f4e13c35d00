package palette.numeric;

import java.util.Arrays;

/**
 * {@link WeightSolver} where some weights are a mix, s on the simplex, and the others free, t with
 * a Gaussian prior. Newton steps: of the quadratic model in (s, t) the free part is worked out by
 * hand, t = -D^-1 (g_t + C'(s - s_0)), and what is left in s,
 *
 * <pre>S = H_ss - C D^-1 C',   g_s - C D^-1 g_t,   D = H_tt, C = H_st</pre>
 *
 * is minimised on the simplex ({@link SimplexQuadratic}); the step is shortened until the loss
 * falls. Where the loss is convex, it is strongly so in t with the prior, and L - min L is at most
 * max_k g_s.(s - e_k) + |g_t|^2 / (2 strength), which {@link #solve} returns. For one thread.
 */
public final class MixedNewton implements WeightSolver {
  private static final double GOAL = 1e-9; // of a gap that falls with the gradient
  private static final double SQUARED = 1e-20; // with its square, as without a mix
  private static final int STEPS = 100;
  private static final int SHORTENINGS = 40;
  private static final double ROUNDING = 1e-14;

  private final int columns;
  private final int[] mixed;
  private final int[] free;
  private final SimplexQuadratic quadratic;
  private final double[] gradient;
  private final double[] hessian;
  private final double[] target;
  private final double[] trial;
  private final RowLoss sums = new RowLoss();

  /** A solver for so many weights, of which {@code count} from {@code from} on are free. */
  public MixedNewton(int columns, int from, int count) {
    this.columns = columns;
    free = new int[count];
    mixed = new int[columns - count];
    for (int k = 0, n = 0; k < columns; k++) {
      boolean isFree = k >= from && k < from + count;
      if (isFree) free[k - from] = k;
      else mixed[n++] = k;
    }
    quadratic = new SimplexQuadratic(mixed.length);
    gradient = new double[columns];
    hessian = new double[columns * columns];
    target = new double[columns];
    trial = new double[columns];
  }

  @Override
  public double solve(WeightProblem problem, double[] w) {
    double value = evaluate(problem, w);
    double goal = mixed.length == 0 ? SQUARED : GOAL;
    double gap = gap(w, problem.strength());
    for (int step = 0; step < STEPS && gap > goal; step++) {
      aim(w);
      double slope = 0;
      for (int k = 0; k < columns; k++) slope += gradient[k] * (target[k] - w[k]);
      double there = search(problem, w, value, slope);
      double before = gap;
      gap = gap(w, problem.strength());
      if (!(there < value || gap < before)) break;
      value = there;
    }
    return gap;
  }

  /** Where the quadratic model at w is least. */
  private void aim(double[] w) {
    int m = free.length;
    int n = mixed.length;
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

  /**
   * Cholesky's of the curvature D of the free weights where the last call ended; a little is added
   * where answers and prior leave it singular.
   */
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

  /** Moves w towards the target until the loss has fallen; NaN where rounding forbids it. */
  private double search(WeightProblem problem, double[] w, double value, double slope) {
    double length = 1;
    for (int i = 0; i < SHORTENINGS; i++, length /= 2) {
      for (int k = 0; k < columns; k++) trial[k] = w[k] + length * (target[k] - w[k]);
      double there = evaluate(problem, trial);
      if (!(there <= value + 1e-4 * length * slope + ROUNDING * (1 + Math.abs(value)))) continue;
      System.arraycopy(trial, 0, w, 0, columns);
      return there;
    }
    evaluate(problem, w);
    return Double.NaN;
  }

  private double gap(double[] w, double strength) {
    double here = 0;
    double least = Double.POSITIVE_INFINITY;
    double squares = 0;
    for (int k : mixed) {
      here += gradient[k] * w[k];
      least = Math.min(least, gradient[k]);
    }
    for (int k : free) squares += gradient[k] * gradient[k];
    return Math.max(0, here - least) + (squares == 0 ? 0 : squares / (2 * strength));
  }

  /** The loss at w; its gradient and Hessian are left in the fields. */
  private double evaluate(WeightProblem problem, double[] w) {
    Arrays.fill(hessian, 0);
    double strength = problem.strength();
    double value = 0;
    for (int k = 0; k < columns; k++) {
      double away = w[k] - problem.center()[k];
      value += strength / 2 * away * away;
      gradient[k] = strength * away;
    }
    value += sums.add(problem, w, gradient, hessian);
    double most = 0;
    for (int k = 0; k < columns; k++) most = Math.max(most, hessian[k * columns + k]);
    for (int k = 0; k < columns; k++) {
      for (int l = 0; l < k; l++) hessian[l * columns + k] = hessian[k * columns + l];
      hessian[k * columns + k] += strength;
    }
    for (int k : mixed) hessian[k * columns + k] += 1e-11 * most + 1e-12; // as SimplexNewton
    return value;
  }
}
