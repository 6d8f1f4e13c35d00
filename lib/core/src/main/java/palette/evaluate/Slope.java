package palette.evaluate;

import org.apache.commons.math3.stat.regression.SimpleRegression;
import palette.support.Checks;
import palette.support.Interval;
import palette.support.Rendered;
import palette.support.Texts;

/**
 * The power law {@code y = scale x^value} through measured points: the straight line of least
 * squares on logarithmic axes. The interval is Student's, 95 %, with n - 2 degrees of freedom; it
 * means something where the points are independent runs (several runs at one x are several points)
 * and their logarithms scatter alike around a straight line.
 *
 * <pre>{@code
 * Slope.of(new double[] {20, 50, 100, 200}, excessRisk)     // -0.5: the risk falls as 1 / sqrt(m)
 * }</pre>
 *
 * @param value the exponent
 * @param scale y at x = 1
 * @param interval of the exponent
 * @param points how many
 */
public record Slope(double value, double scale, Interval interval, int points) implements Rendered {

  /** Through at least three points at two places or more; x and y above 0. */
  public static Slope of(double[] x, double[] y) {
    Checks.require(x.length == y.length, "y", x.length + " numbers, as of x", y.length);
    Checks.require(x.length >= 3, "x", "at least 3 points", x.length);
    var line = new SimpleRegression();
    for (int i = 0; i < x.length; i++) {
      line.addData(Math.log(Checks.positive("x", x[i])), Math.log(Checks.positive("y", y[i])));
    }
    double slope = line.getSlope();
    Checks.require(!Double.isNaN(slope), "x", "at least two different numbers", x[0] + " only");
    double half = line.getSlopeConfidenceInterval();
    double scale = Math.exp(line.getIntercept());
    return new Slope(slope, scale, new Interval(slope - half, slope + half), x.length);
  }

  /** The line's y at x. */
  public double at(double x) {
    return scale * Math.pow(x, value);
  }

  @Override
  public String toString() {
    return Texts.format(
        "slope %.3f on logarithmic axes (95 %%: %s), %s",
        value, interval, Texts.count(points, "point"));
  }
}
