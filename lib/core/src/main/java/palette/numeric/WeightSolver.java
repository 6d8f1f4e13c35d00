package palette.numeric;

/**
 * Finds weights w that minimise a convex loss of answers,
 *
 * <pre>L(w) = sum_j v_j loss(a_j.w) + strength / 2 |w - center|^2</pre>
 *
 * over all w that its space allows, of a loss that is not convex a local minimum. One solver is for
 * one thread; it is used again and again.
 */
public interface WeightSolver {

  /**
   * Leaves the minimiser in w, which comes in as the start, a point of the space.
   *
   * @param loss what the margins a_j.w cost
   * @param rows a_j, flat by answers: n times K numbers
   * @param weights v_j, n numbers
   * @return the gap: L(w) lies at most this far above the minimum, where the loss is convex
   */
  double solve(
      MarginLoss loss,
      double[] rows,
      double[] weights,
      int answers,
      double strength,
      double[] center,
      double[] w);

  /** The same with the logistic loss, log(1 + exp(-m)). */
  default double solve(
      double[] rows, double[] weights, int answers, double strength, double[] center, double[] w) {
    return solve(MarginLoss.LOGISTIC, rows, weights, answers, strength, center, w);
  }
}
