package palette.numeric;

/** From margins to probabilities, and the log loss that goes with it. */
public final class Links {
  private Links() {}

  /** sigmoid(m) = 1 / (1 + exp(-m)), with all its digits where it is small. */
  public static double logistic(double m) {
    double e = Math.exp(-Math.abs(m));
    return (m >= 0 ? 1 : e) / (1 + e);
  }

  /** -log sigmoid(m), exact for large |m|. */
  public static double logLoss(double m) {
    return Math.max(-m, 0) + Math.log1p(Math.exp(-Math.abs(m)));
  }

  static double logistic(
      double[] margins, double[] weights, int n, double[] slopes, double[] curvatures) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      double e = Math.exp(-Math.abs(margins[j]));
      double one = 1 / (1 + e);
      sum += weights[j] * (Math.log1p(e) + Math.max(-margins[j], 0));
      slopes[j] = -(margins[j] > 0 ? e * one : one); // exact where it is small
      curvatures[j] = e * one * one;
    }
    return sum;
  }
}
