package palette.numeric;

/**
 * {@link WeightSolver} over all of R^K, with a Gaussian prior: {@link MixedNewton} without a mix.
 * Where the loss is convex and strength > 0, L(w) lies at most |grad L(w)|^2 / (2 strength) above
 * the minimum, the gap; without a prior nothing bounds it, and the gap is infinite unless the
 * gradient is zero.
 *
 * <p>Where there are more weights than answers, w - center lies in what the answers' rows span, and
 * the steps are taken there: a thousand weights and twenty answers are a problem of twenty numbers.
 */
public final class FreeNewton implements WeightSolver {
  private static final int NARROW = 32; // columns that are no work

  private final int columns;
  private MixedNewton whole;

  /** A solver for this many weights. */
  public FreeNewton(int columns) {
    this.columns = columns;
  }

  @Override
  public double solve(
      MarginLoss loss,
      double[] rows,
      double[] weights,
      int answers,
      double strength,
      double[] center,
      double[] w) {
    if (columns > NARROW && answers < columns) {
      return within(loss, Span.of(rows, answers, columns), weights, answers, strength, center, w);
    }
    if (whole == null) whole = new MixedNewton(columns, 0, columns);
    return whole.solve(loss, rows, weights, answers, strength, center, w);
  }

  private static double within(
      MarginLoss loss,
      Span span,
      double[] weights,
      int answers,
      double strength,
      double[] center,
      double[] w) {
    double[] from = span.inside(center);
    double[] there = span.inside(w);
    var solver = new MixedNewton(span.rank(), 0, span.rank());
    double gap = solver.solve(loss, span.rows(), weights, answers, strength, from, there);
    for (int i = 0; i < from.length; i++) there[i] -= from[i];
    System.arraycopy(center, 0, w, 0, w.length);
    span.move(w, there);
    return gap;
  }
}
