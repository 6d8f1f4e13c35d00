package palette.data.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import palette.data.Preferences;
import palette.support.Checks;

/**
 * What data say about themselves, before any model: how far people agree with themselves (the
 * ceiling of every model), whether their answers go in circles, how far they agree with each other.
 */
public final class Diagnostics {
  private Diagnostics() {}

  /**
   * Test-retest consistency c: among the pairs of answers that one user gave to the same question
   * (in either order of the items), the share that is alike. NaN where nobody was asked twice.
   */
  public static double consistency(Preferences answers) {
    long same = 0;
    long all = 0;
    for (int[] ways : byQuestion(answers, true)) {
      long n = ways[0] + ways[1];
      same += pairs(ways[0]) + pairs(ways[1]);
      all += pairs(n);
    }
    return all == 0 ? Double.NaN : same / (double) all;
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

  /**
   * Mean over questions of {@code 2p(1 - p)}, p the share of answers that go one way: how often two
   * answers drawn from different people differ. 0: all agree; .5: evenly split. Questions that were
   * answered once say nothing and are left out; NaN where there are no others.
   */
  public static double disagreement(Preferences answers) {
    double sum = 0;
    int questions = 0;
    for (int[] ways : byQuestion(answers, false)) {
      double n = ways[0] + ways[1];
      if (n < 2) continue;
      double p = ways[0] / n;
      sum += 2 * p * (1 - p);
      questions++;
    }
    return questions == 0 ? Double.NaN : sum / questions;
  }

  /**
   * Kendall's circular triads in a complete round of comparisons of n items, each pair once: {@code
   * d = n(n - 1)(2n - 1) / 12 - sum s^2 / 2}, s the number of wins of each item. Coefficient of
   * consistence {@code zeta = 1 - 24d / (n^3 - n)} for odd n, {@code 1 - 24d / (n^3 - 4n)} for
   * even: 1 without circles, 0 with as many as there can be.
   *
   * @param wins of each item; they sum to n(n - 1) / 2
   */
  public static Triads circularTriads(int... wins) {
    long n = wins.length;
    Checks.require(n >= 3, "wins", "at least 3 items", n);
    long sum = 0;
    double squares = 0;
    for (int s : wins) {
      sum += s;
      squares += (double) s * s;
    }
    Checks.require(
        sum == n * (n - 1) / 2, "wins", "a sum of " + n * (n - 1) / 2 + ", each pair once", sum);
    double d = n * (n - 1) * (2 * n - 1) / 12.0 - squares / 2;
    double most = n % 2 == 1 ? n * n * n - n : n * n * n - 4.0 * n;
    return new Triads(Math.round(d), 1 - 24 * d / most);
  }

  /** Number of circles a &gt; b &gt; c &gt; a, and Kendall's coefficient of consistence. */
  public record Triads(long count, double zeta) {}

  private static long pairs(long n) {
    return n * (n - 1) / 2;
  }

  /** For each question (of each user) how many answers went either way. */
  private static List<int[]> byQuestion(Preferences answers, boolean userByUser) {
    var counts = new HashMap<List<Integer>, int[]>();
    for (int row = 0; row < answers.size(); row++) {
      int low = Math.min(answers.chosen(row), answers.rejected(row));
      int high = Math.max(answers.chosen(row), answers.rejected(row));
      int who = userByUser ? answers.user(row) : -1;
      var key = List.of(who, answers.prompt(row), low, high);
      int way = answers.chosen(row) == low ? 0 : 1;
      counts.computeIfAbsent(key, question -> new int[2])[way]++;
    }
    return new ArrayList<>(counts.values());
  }
}
