package palette.numeric;

import java.util.stream.IntStream;

/**
 * {@link Newton}'s problem where a mix is of many weights and there is a prior, solved in the
 * margins t of the answers. Their slopes alpha_j = v_j sigmoid(-t_j) pull the weights to
 *
 * <pre>w(t) = the point of the simplex nearest to center + sum_j alpha_j a_j / strength</pre>
 *
 * and t is right where t = A w(t). There the dual
 *
 * <pre>D = sum_j v_j entropy(alpha_j / v_j) - alpha.A w + strength / 2 |w - center|^2</pre>
 *
 * is largest. A Newton step towards it, shortened until D rises, costs n^2 multiplications for each
 * weight that is not 0 and n for each other one, where the Hessian in w is cubic in K. A prior that
 * is weak beside the margins makes w(t) jump from face to face, so firmer ones come first.
 */
final class SimplexDual {
  static final double GOAL = 1e-9; // of the gap
  private static final int STEPS = 60;
  private static final int SHORTENINGS = 30;
  private static final double ROUNDING = 1e-14;

  private final int columns;
  private final double[] w;
  private final double[] gradient;
  private final int[] all;
  private final int[] free; // the weights above 0
  private int frees;
  private double[] t = {};
  private double[] trial = {};
  private double[] step = {};
  private double[] alpha = {};
  private double[] margins = {}; // A w
  private double[] roots = {}; // of -d alpha / dt
  private double[] centred = {}; // A at what is free, less the mean of a row
  private double[] gram = {}; // M
  private double[] system = {};

  private double[] rows;
  private double[] weights;
  private int answers;
  private double strength;
  private double[] center;

  SimplexDual(int columns) {
    this.columns = columns;
    w = new double[columns];
    gradient = new double[columns];
    all = IntStream.range(0, columns).toArray();
    free = all.clone();
  }

  /** As {@link Newton#solve}; the gap may be large where a tiny prior is all there is. */
  double solve(WeightProblem problem, double[] to) {
    rows = problem.rows();
    weights = problem.weights();
    answers = problem.answers();
    center = problem.center();
    if (answers > t.length) makeRoom();
    for (int j = 0; j < answers; j++) t[j] = dot(j, to);
    double most = problem.largest();
    for (double firm = most * most / 16; firm > problem.strength(); firm /= 8) climb(firm);
    double gap = climb(problem.strength());
    System.arraycopy(w, 0, to, 0, columns);
    return gap;
  }

  private void makeRoom() {
    t = new double[answers];
    trial = new double[answers];
    step = new double[answers];
    alpha = new double[answers];
    margins = new double[answers];
    roots = new double[answers];
    centred = new double[answers * columns];
    gram = new double[answers * answers];
    system = new double[answers * answers];
  }

  private double climb(double strength) {
    this.strength = strength;
    double value = evaluate(t);
    double gap = gap();
    for (int i = 0; i < STEPS && gap > GOAL && !Double.isNaN(value); i++) {
      value = search(value, direction());
      gap = gap();
    }
    return gap;
  }

  private double dot(int j, double[] w) {
    return VectorLoops.dot(rows, j * columns, w, 0, columns);
  }

  /** D at t; alpha, w(t), its margins and what is free are left in the fields. */
  private double evaluate(double[] t) {
    System.arraycopy(center, 0, w, 0, columns);
    double value = 0;
    for (int j = 0; j < answers; j++) {
      double e = Math.exp(-Math.abs(t[j]));
      double rare = e / (1 + e); // the smaller of the two chances
      alpha[j] = weights[j] * (t[j] >= 0 ? rare : 1 / (1 + e));
      roots[j] = Math.sqrt(weights[j] * rare / (1 + e));
      value += weights[j] * (Math.log1p(e) + Math.abs(t[j]) * rare);
      add(alpha[j] / strength, j, w);
    }
    project();
    for (int k = 0; k < columns; k++) {
      value += strength / 2 * (w[k] - center[k]) * (w[k] - center[k]);
    }
    for (int j = 0; j < answers; j++) value -= alpha[j] * (margins[j] = dot(j, w));
    return value;
  }

  private void add(double factor, int j, double[] to) {
    for (int k = 0, at = j * columns; k < columns; k++) to[k] += factor * rows[at + k];
  }

  /** Moves w to the simplex: takes the threshold of what lies above it off, till nothing falls. */
  private void project() {
    System.arraycopy(all, 0, free, 0, columns);
    frees = columns;
    double threshold = 0;
    for (int before = 0; before != frees; ) {
      before = frees;
      double sum = 0;
      for (int i = 0; i < before; i++) sum += w[free[i]];
      threshold = (sum - 1) / before;
      frees = 0;
      for (int i = 0; i < before; i++) if (w[free[i]] > threshold) free[frees++] = free[i];
    }
    double sum = 0;
    for (int k = 0; k < columns; k++) sum += w[k] = Math.max(0, w[k] - threshold);
    for (int k = 0; k < columns; k++) w[k] /= sum; // rounding apart, 1
  }

  /** The Frank-Wolfe gap of the loss at w. */
  private double gap() {
    for (int k = 0; k < columns; k++) gradient[k] = strength * (w[k] - center[k]);
    for (int j = 0; j < answers; j++) add(-weights[j] * Links.logistic(-margins[j]), j, gradient);
    return Newton.gap(gradient, w, all);
  }

  /**
   * The Newton step: (I + M S) step = A w - t with S = -d alpha / dt and M = A dw / d alpha, which
   * is A_F (I - 11' / |F|) A_F' / strength over what is free. Returns the slope of D along it.
   */
  private double direction() {
    findGram();
    int n = answers;
    double[] y = trial;
    for (int i = 0; i < n; i++) {
      y[i] = roots[i] * (margins[i] - t[i]);
      for (int j = 0; j <= i; j++) {
        system[i * n + j] = roots[i] * gram[i * n + j] * roots[j] + (i == j ? 1 : 0);
      }
    }
    Cholesky.factor(system, n);
    Cholesky.solve(system, n, y);
    for (int j = 0; j < n; j++) y[j] *= roots[j];
    double slope = 0;
    for (int i = 0; i < n; i++) {
      step[i] = margins[i] - t[i] - VectorLoops.dot(gram, i * n, y, 0, n);
      slope += (margins[i] - t[i]) * roots[i] * roots[i] * step[i];
    }
    return slope;
  }

  private void findGram() {
    int n = answers;
    for (int j = 0; j < n; j++) {
      double mean = 0;
      for (int i = 0; i < frees; i++) mean += rows[j * columns + free[i]] / frees;
      for (int i = 0; i < frees; i++) {
        centred[j * frees + i] = rows[j * columns + free[i]] - mean;
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double inner = VectorLoops.dot(centred, i * frees, centred, j * frees, frees);
        gram[i * n + j] = gram[j * n + i] = inner / strength;
      }
    }
  }

  /** Moves t along the step until D has risen; NaN where rounding forbids it. */
  private double search(double value, double slope) {
    double length = 1;
    for (int i = 0; i < SHORTENINGS; i++, length /= 2) {
      for (int j = 0; j < answers; j++) trial[j] = t[j] + length * step[j];
      double there = evaluate(trial);
      if (there < value + 1e-4 * length * slope - ROUNDING * (1 + Math.abs(value))) continue;
      System.arraycopy(trial, 0, t, 0, answers);
      return there;
    }
    return Double.NaN;
  }
}
