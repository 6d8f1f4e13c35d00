package palette.data.check;

import java.util.Arrays;
import java.util.List;
import palette.data.Preferences;
import palette.support.Bootstrap;
import palette.support.Checks;
import palette.support.Interval;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * Noise against pluralism. {@code within}: how often two answers of one person to one question
 * differ. {@code between}: how often those of two persons do. With p_u the chance that person u
 * answers one way, between - within = mean of (p_u - p_v)^2 over persons and questions: nothing but
 * noise leaves it 0. NaN where nobody was asked twice, or no two the same.
 *
 * @param within with its interval over users
 * @param between with its interval over questions
 */
public record Pluralism(
    double within, Interval withinInterval, double between, Interval betweenInterval)
    implements Tabled {
  private static final long SEED = 1;

  static Pluralism of(Preferences answers, Asked asked) {
    double[][] within = new double[2][answers.users().size()];
    double[][] between = new double[2][answers.size()];
    double[][] ways = new double[2][answers.size()]; // by question
    for (int cell = 0; cell < asked.size(); cell++) {
      double low = asked.low(cell);
      double high = asked.high(cell);
      int q = asked.question[cell];
      within[0][asked.user[cell]] += low * high;
      within[1][asked.user[cell]] += pairs(low + high);
      ways[0][q] += low;
      ways[1][q] += high;
      between[0][q] -= low * high;
      between[1][q] -= pairs(low + high);
    }
    for (int q = 0; q < answers.size(); q++) {
      between[0][q] += ways[0][q] * ways[1][q];
      between[1][q] += pairs(ways[0][q] + ways[1][q]);
    }
    return new Pluralism(
        sum(within[0]) / sum(within[1]),
        interval(within),
        sum(between[0]) / sum(between[1]),
        interval(between));
  }

  private static double pairs(double n) {
    return n * (n - 1) / 2;
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  // Who has nothing to say is not drawn.
  private static Interval interval(double[][] parts) {
    int n = 0;
    for (int i = 0; i < parts[1].length; i++) {
      if (parts[1][i] == 0) continue;
      parts[0][n] = parts[0][i];
      parts[1][n++] = parts[1][i];
    }
    if (n == 0) return new Interval(Double.NaN, Double.NaN);
    double[] top = Arrays.copyOf(parts[0], n);
    return Bootstrap.ratio(top, Arrays.copyOf(parts[1], n), SEED);
  }

  /**
   * Test-retest consistency c: how often two answers of one person to one question, in either order
   * of the items, are alike. NaN where nobody was asked twice.
   */
  public double consistency() {
    return 1 - within;
  }

  /**
   * The accuracy that a perfect model can reach where people repeat themselves with consistency c
   * and every question is equally noisy: {@code (1 + sqrt(2c - 1)) / 2}; .5 for c of at most .5. c
   * = .8 gives .887.
   */
  public static double ceiling(double consistency) {
    Checks.within(0, 1, "consistency", consistency);
    return (1 + Math.sqrt(Math.max(0, 2 * consistency - 1))) / 2;
  }

  /** between - within: what two persons differ in beyond their noise; NaN where one is unknown. */
  public double plural() {
    return between - within;
  }

  private static List<String> row(String what, double value, Interval interval) {
    if (Double.isNaN(value)) return List.of(what, "unknown", "");
    return List.of(what, Texts.format("%.3f", value), interval == null ? "" : "" + interval);
  }

  @Override
  public Sheet sheet() {
    var rows =
        List.of(
            row("two answers of one person differ (noise)", within, withinInterval),
            row("answers of two persons differ", between, betweenInterval),
            row("of that beyond noise (pluralism)", plural(), null));
    return new Sheet(List.of("", "share", "95 % interval"), rows);
  }

  @Override
  public String toString() {
    return text();
  }
}
