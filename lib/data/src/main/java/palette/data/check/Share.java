package palette.data.check;

import palette.support.Checks;
import palette.support.Texts;

/**
 * So many of so many, with the exact binomial interval (Clopper and Pearson 1934): outside of it
 * lie the shares under which so few, or so many, have a chance below 2.5 %. It holds where the
 * counted things are independent.
 */
public record Share(int count, int of) {
  private static final int HALVINGS = 60;
  private static final double TAIL = 0.025;

  /** Checks the counts. */
  public Share {
    Checks.require(count >= 0 && count <= of, "count", "from 0 to " + of, count);
  }

  /** count / of; NaN of nothing. */
  public double value() {
    return of == 0 ? Double.NaN : count / (double) of;
  }

  /** The lower end of the 95 % interval; 0 of nothing. */
  public double low() {
    return count == 0 ? 0 : 1 - new Share(of - count, of).high();
  }

  /** The upper end; 1 of nothing. */
  public double high() {
    if (count == of) return 1;
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double p = (low + high) / 2;
      if (atMost(count, of, p) > TAIL) low = p;
      else high = p;
    }
    return (low + high) / 2;
  }

  /** P(at most k of n) where each has the chance p: sum of C(n, i) p^i (1-p)^(n-i). */
  static double atMost(int k, int n, double p) {
    double log = n * Math.log1p(-p);
    double sum = Math.exp(log);
    for (int i = 1; i <= k; i++) {
      log += Math.log((n - i + 1.0) / i) + Math.log(p) - Math.log1p(-p);
      sum += Math.exp(log);
    }
    return sum;
  }

  /** "14 of 20 (.46 to .88)"; empty of nothing. */
  @Override
  public String toString() {
    if (of == 0) return "";
    return Texts.format("%,d of %,d (%s to %s)", count, of, two(low()), two(high()));
  }

  private static String two(double value) {
    return Texts.format("%.2f", value).replaceFirst("^0", "");
  }
}
