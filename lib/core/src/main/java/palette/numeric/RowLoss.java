package palette.numeric;

/** The loss of rows at some weights, with gradient and Hessian: what a solver adds up. */
final class RowLoss {
  private double[] margins = {};
  private double[] slopes = {};
  private double[] curvatures = {};

  /** sum_j v_j loss(a_j.w); adds to the gradient and to the Hessian's lower triangle. */
  double add(WeightProblem problem, double[] w, double[] gradient, double[] hessian) {
    double[] rows = problem.rows();
    double[] weights = problem.weights();
    int answers = problem.answers();
    int columns = w.length;
    if (margins.length < answers) {
      margins = new double[2 * answers];
      slopes = new double[2 * answers];
      curvatures = new double[2 * answers];
    }
    for (int j = 0; j < answers; j++) {
      margins[j] = 0;
      for (int k = 0; k < columns; k++) margins[j] += rows[j * columns + k] * w[k];
    }
    double value = problem.loss().sum(margins, weights, answers, slopes, curvatures);
    for (int j = 0; j < answers; j++) {
      int at = j * columns;
      for (int k = 0; k < columns; k++) {
        gradient[k] += weights[j] * slopes[j] * rows[at + k];
        double scaled = weights[j] * curvatures[j] * rows[at + k];
        for (int l = 0; l <= k; l++) hessian[k * columns + l] += scaled * rows[at + l];
      }
    }
    return value;
  }
}
