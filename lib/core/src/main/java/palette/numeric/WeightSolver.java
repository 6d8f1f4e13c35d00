package palette.numeric;

/**
 * Finds weights w that minimise a convex loss of answers,
 *
 * <pre>L(w) = sum_j v_j log(1 + exp(-a_j.w)) + strength / 2 |w - center|^2</pre>
 *
 * over all w that its space allows. One solver is for one thread; it is used again and again.
 */
public interface WeightSolver {

  /**
   * Leaves the minimiser in w, which comes in as the start, a point of the space.
   *
   * @param rows a_j, flat by answers: n times K numbers
   * @param weights v_j, n numbers
   * @return the gap: L(w) lies at most this far above the minimum
   */
  double solve(
      double[] rows, double[] weights, int answers, double strength, double[] center, double[] w);
}
