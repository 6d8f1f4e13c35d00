package palette.data.check;

import org.apache.commons.math3.distribution.BetaDistribution;
import palette.support.Checks;
import palette.support.Texts;

/**
 * So many of so many, with the exact binomial interval (Clopper and Pearson 1934): outside of it
 * lie the shares under which so few, or so many, have a chance below 2.5 %. It holds where the
 * counted things are independent.
 */
public record Share(int count, int of) {
  private static final double TAIL = 0.025;

  public Share {
    Checks.require(count >= 0 && count <= of, "count", "from 0 to " + of, count);
  }

  /** The lower end of the 95 % interval; 0 of nothing. */
  public double low() {
    return count == 0
        ? 0
        : new BetaDistribution(count, of - count + 1).inverseCumulativeProbability(TAIL);
  }

  /** The upper end; 1 of nothing. */
  public double high() {
    return count == of
        ? 1
        : new BetaDistribution(count + 1, of - count).inverseCumulativeProbability(1 - TAIL);
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
