package palette.numeric;

/** What margins cost in sum, and how that bends: all that a {@link Newton} asks of a loss. */
@FunctionalInterface
public interface MarginLoss {

  /** -log sigmoid(m). */
  MarginLoss LOGISTIC = Links::logistic;

  /**
   * The weighted sum over the first n margins. Fills in each one's first and second derivative,
   * without its weight; of second ones below 0 a 0.
   */
  double sum(double[] margins, double[] weights, int n, double[] slopes, double[] curvatures);
}
