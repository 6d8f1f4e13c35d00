package palette.data.check;

import palette.data.Preferences;
import palette.support.Checks;

/** How far people agree with themselves, which is the ceiling of every model. */
public final class Diagnostics {
  private Diagnostics() {}

  /**
   * Test-retest consistency c: among the pairs of answers that one user gave to the same question
   * (in either order of the items), the share that is alike. NaN where nobody was asked twice.
   */
  public static double consistency(Preferences answers) {
    var asked = new Asked(answers);
    double alike = 0;
    double all = 0;
    for (int cell = 0; cell < asked.size(); cell++) {
      double low = asked.low(cell);
      double high = asked.high(cell);
      alike += Pluralism.pairs(low) + Pluralism.pairs(high);
      all += Pluralism.pairs(low + high);
    }
    return alike / all;
  }

  /**
   * The accuracy that a perfect model can reach where people repeat themselves with consistency c
   * and every question is equally noisy: {@code (1 + sqrt(2c - 1)) / 2}; .5 for c of at most .5. c
   * = .8 gives .887.
   */
  public static double noiseCeiling(double consistency) {
    Checks.within(0, 1, "consistency", consistency);
    return (1 + Math.sqrt(Math.max(0, 2 * consistency - 1))) / 2;
  }
}
