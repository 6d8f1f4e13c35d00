package palette.numeric;

/**
 * What a {@link Newton} minimises,
 *
 * <pre>L(w) = sum_j v_j loss(a_j.w) + strength / 2 |w - center|^2</pre>
 *
 * @param loss what the margins a_j.w cost
 * @param rows a_j, flat by answers: n times K numbers, and more room if there is any
 * @param weights v_j, n numbers, the same
 * @param answers n
 */
public record WeightProblem(
    MarginLoss loss,
    double[] rows,
    double[] weights,
    int answers,
    double strength,
    double[] center) {

  /** With the logistic loss, log(1 + exp(-m)). */
  public WeightProblem(
      double[] rows, double[] weights, int answers, double strength, double[] center) {
    this(MarginLoss.LOGISTIC, rows, weights, answers, strength, center);
  }

  /** The same with margins and strength so many times as large. */
  WeightProblem times(double share) {
    double[] scaled = new double[answers * center.length];
    for (int i = 0; i < scaled.length; i++) scaled[i] = share * rows[i];
    return new WeightProblem(loss, scaled, weights, answers, share * strength, center);
  }

  /** The same with coordinates in what the rows span. */
  WeightProblem within(Span span) {
    return new WeightProblem(loss, span.rows(), weights, answers, strength, span.inside(center));
  }

  /** The largest number in the rows. */
  double largest() {
    double most = 0;
    for (int i = 0; i < answers * center.length; i++) most = Math.max(most, Math.abs(rows[i]));
    return most;
  }
}
