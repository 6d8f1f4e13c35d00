package palette.numeric;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Answers of people who are not always equally decided: the margin t counts beta times, beta drawn
 * anew for each answer, so P(chosen) = F(t) = E sigmoid(beta t) and F(-t) = 1 - F(t). MixDPO, arXiv
 * 2601.06180. All come back as {1 - F(t), dF/dt, dF/d(first number), dF/d(second number)}; 1 - F
 * keeps its digits where it is small.
 */
public final class RandomStrength {
  private static final int TERMS = 24;
  // A normal's trapezoid rule in steps of a quarter.
  private static final double[] NODES =
      IntStream.rangeClosed(-34, 34).mapToDouble(i -> i / 4.0).toArray();
  private static final double[] DENSITIES =
      Arrays.stream(NODES).map(e -> Math.exp(-e * e / 2) / Math.sqrt(2 * Math.PI) / 4).toArray();

  private RandomStrength() {}

  /**
   * beta of a Gamma distribution of shape a and rate b: 1 - F(t) = sum_{n >= 1} (-1)^(n+1) (1 + n t
   * / b)^-a for t >= 0, summed by the acceleration of alternating series of Cohen, Rodriguez
   * Villegas and Zagier (2000), 24 terms, to about 1e-15 of the first.
   */
  public static double[] gamma(double t, double a, double b) {
    double x = Math.abs(t);
    double d = Math.pow(3 + Math.sqrt(8), TERMS);
    d = (d + 1 / d) / 2;
    double bent = -1;
    double c = -d;
    double missed = 0;
    double slope = 0;
    double byShape = 0;
    for (int n = 1; n <= TERMS; n++) {
      c = bent - c;
      double log = Math.log1p(n * x / b);
      double power = c / d * Math.exp(-a * log);
      missed += power;
      slope += power * a * n / (b + n * x);
      byShape += power * log;
      bent *= (n - 1 + TERMS) * (double) (n - 1 - TERMS) / ((n - 0.5) * n);
    }
    double sign = Math.signum(t);
    return new double[] {t < 0 ? 1 - missed : missed, slope, sign * byShape, -t / b * slope};
  }

  /** beta = exp(mu + sigma e), e each of these numbers with equal weight. */
  public static double[] logNormal(double t, double mu, double sigma, double[] draws) {
    double[] sum = new double[4];
    for (double e : draws) add(sum, 1.0 / draws.length, t, mu, sigma, e);
    return sum;
  }

  /** The same with e normal, by the trapezoid rule, whose error falls exponentially. */
  public static double[] logNormal(double t, double mu, double sigma) {
    double[] sum = new double[4];
    for (int i = 0; i < NODES.length; i++) add(sum, DENSITIES[i], t, mu, sigma, NODES[i]);
    return sum;
  }

  private static void add(
      double[] sum, double weight, double t, double mu, double sigma, double e) {
    double beta = Math.exp(mu + sigma * e);
    double missed = Links.logistic(-beta * t);
    double slope = weight * beta * missed * (1 - missed);
    sum[0] += weight * missed;
    sum[1] += slope;
    sum[2] += slope * t;
    sum[3] += slope * t * e;
  }

  /** The Gamma of mean 1 and this coefficient of variation; the logistic link at 0. */
  static double[] gamma(double t, double variation) {
    double shape = 1 / (variation * variation);
    return variation < 1e-6 ? logNormal(t, 0, 0, new double[1]) : gamma(t, shape, shape);
  }

  /** The log-normal of mean 1 and this coefficient of variation. */
  static double[] logNormal(double t, double variation) {
    double square = Math.log1p(variation * variation);
    return logNormal(t, -square / 2, Math.sqrt(square));
  }
}
