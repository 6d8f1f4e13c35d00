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
      slopes[j] *= weights[j];
      curvatures[j] *= weights[j];
      for (int k = 0; k < columns; k++) gradient[k] += slopes[j] * rows[j * columns + k];
    }
    int four = answers / 4 * 4;
    for (int j = 0; j < four; j += 4) addFour(rows, j, columns, hessian);
    for (int j = four; j < answers; j++) addOne(rows, j, columns, hessian);
    return value;
  }

  // Four answers a pass, so that the Hessian is read and written a fourth as often.
  private void addFour(double[] rows, int j, int columns, double[] hessian) {
    int a = j * columns;
    int b = a + columns;
    int c = b + columns;
    int d = c + columns;
    for (int k = 0; k < columns; k++) {
      double ofA = curvatures[j] * rows[a + k];
      double ofB = curvatures[j + 1] * rows[b + k];
      double ofC = curvatures[j + 2] * rows[c + k];
      double ofD = curvatures[j + 3] * rows[d + k];
      for (int l = 0; l <= k; l++) {
        hessian[k * columns + l] +=
            ofA * rows[a + l] + ofB * rows[b + l] + (ofC * rows[c + l] + ofD * rows[d + l]);
      }
    }
  }

  private void addOne(double[] rows, int j, int columns, double[] hessian) {
    int at = j * columns;
    for (int k = 0; k < columns; k++) {
      double scaled = curvatures[j] * rows[at + k];
      for (int l = 0; l <= k; l++) hessian[k * columns + l] += scaled * rows[at + l];
    }
  }
}
