package palette.evaluate;

import java.util.Arrays;
import palette.support.Checks;
import palette.support.Html;
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
    double[] u = logs("x", x);
    double[] v = logs("y", y);
    double midU = mean(u);
    double midV = mean(v);
    double uu = products(u, midU, u, midU);
    Checks.require(uu > 0, "x", "at least two different numbers", x[0] + " only");
    double slope = products(u, midU, v, midV) / uu;
    double rest = Math.max(0, products(v, midV, v, midV) - slope * slope * uu);
    int freedom = x.length - 2;
    double half = student(freedom) * Math.sqrt(rest / freedom / uu);
    double scale = Math.exp(midV - slope * midU);
    return new Slope(slope, scale, new Interval(slope - half, slope + half), x.length);
  }

  /** The line's y at x. */
  public double at(double x) {
    return scale * Math.pow(x, value);
  }

  private static double[] logs(String name, double[] values) {
    for (double value : values) Checks.positive(name, value);
    return Arrays.stream(values).map(Math::log).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double products(double[] a, double midA, double[] b, double midB) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += (a[i] - midA) * (b[i] - midB);
    return sum;
  }

  /** t with P(|T| below t) = .95, by bisection. */
  static double student(int freedom) {
    double low = 0;
    double high = 1000;
    while (high - low > 1e-10) {
      double mid = (low + high) / 2;
      if (within(mid, freedom) < 0.95) low = mid;
      else high = mid;
    }
    return high;
  }

  /** P(|T| below t) for whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4). */
  private static double within(double t, int freedom) {
    double angle = Math.atan(t / Math.sqrt(freedom));
    double cos = Math.cos(angle);
    boolean odd = freedom % 2 == 1;
    double term = odd ? cos : 1;
    double sum = freedom == 1 ? 0 : term;
    for (int j = odd ? 3 : 2; j < freedom; j += 2) {
      term *= cos * cos * (j - 1) / j;
      sum += term;
    }
    double even = Math.sin(angle) * sum;
    return odd ? 2 / Math.PI * (angle + even) : even;
  }

  @Override
  public String text() {
    return Texts.format(
        "slope %.3f on logarithmic axes (95 %%: %s), %s",
        value, interval, Texts.count(points, "point"));
  }

  @Override
  public String html() {
    return "<p>" + Html.escape(text()) + "</p>";
  }

  @Override
  public String toString() {
    return text();
  }
}
