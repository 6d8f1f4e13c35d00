package palette.numeric;

/**
 * Finds the weights w of a space that minimise the loss of a {@link WeightProblem}; of a loss that
 * is not convex, a local minimum. One solver is for one thread; it is used again and again.
 */
public interface WeightSolver {

  /**
   * Leaves the minimiser in w, which comes in as the start, a point of the space.
   *
   * @return the gap: L(w) lies at most this far above the minimum, where the loss is convex
   */
  double solve(WeightProblem problem, double[] w);

  /** The same with the logistic loss. */
  default double solve(
      double[] rows, double[] weights, int answers, double strength, double[] center, double[] w) {
    return solve(new WeightProblem(rows, weights, answers, strength, center), w);
  }
}
