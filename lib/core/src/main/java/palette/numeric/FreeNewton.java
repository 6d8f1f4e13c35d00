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
  public double solve(WeightProblem problem, double[] w) {
    int answers = problem.answers();
    if (columns > NARROW && answers < columns) {
      return within(Span.of(problem.rows(), answers, columns), problem, w);
    }
    if (whole == null) whole = new MixedNewton(columns, 0, columns);
    return whole.solve(problem, w);
  }

  private static double within(Span span, WeightProblem problem, double[] w) {
    var inside = problem.within(span);
    double[] from = inside.center();
    double[] there = span.inside(w);
    double gap = new MixedNewton(span.rank(), 0, span.rank()).solve(inside, there);
    for (int i = 0; i < from.length; i++) there[i] -= from[i];
    System.arraycopy(problem.center(), 0, w, 0, w.length);
    span.move(w, there);
    return gap;
  }
}
