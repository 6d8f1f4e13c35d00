package palette.numeric;

/** From margins to probabilities, and the log loss that goes with it. */
public final class Links {
  private Links() {}

  /** sigmoid(m) = 1 / (1 + exp(-m)). */
  public static double logistic(double m) {
    return m >= 0 ? 1 / (1 + Math.exp(-m)) : 1 - 1 / (1 + Math.exp(m));
  }

  /** -log sigmoid(m), exact for large |m|. */
  public static double logLoss(double m) {
    return Math.max(-m, 0) + Math.log1p(Math.exp(-Math.abs(m)));
  }
}
