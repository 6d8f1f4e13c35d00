package palette.reward;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import palette.data.Preferences;

/**
 * Answers that are one choice: all rows in which one person, asked one thing, prefers the same item
 * to others. Where a person's order of items was turned into all its pairs ({@link
 * palette.data.Judgements#pairs()}), its choices are the ranking's stages, and their
 * log-likelihoods sum to that of Plackett and Luce,
 *
 * <pre>P(x_1 &gt; x_2 &gt; .. &gt; x_n) = prod_s exp(r(x_s)) / sum_(t &gt;= s) exp(r(x_t))</pre>
 *
 * of which a stage costs log(1 + sum_t exp(-m_st)), with the margins m_st = r(x_s) - r(x_t). Tied
 * items are a stage each, among all that rank lower. A choice of which some rows are missing is one
 * among the others; a choice from two is an answer as any other.
 *
 * <p>Source: Plackett, "The Analysis of Permutations", 1975; Luce, "Individual Choice Behavior",
 * 1959.
 */
public final class Choices {
  private Choices() {}

  /** For each row the first row of its choice. */
  public static int[] of(Preferences answers) {
    var first = new HashMap<List<Integer>, Integer>();
    int[] choices = new int[answers.size()];
    for (int row = 0; row < choices.length; row++) {
      var key = List.of(answers.user(row), answers.prompt(row), answers.chosen(row));
      Integer before = first.putIfAbsent(key, row);
      choices[row] = before == null ? row : before;
    }
    return choices;
  }

  /** The loss of the choice whose margins are m[from..to-1]; writes its slopes by them. */
  public static double loss(double[] m, int from, int to, double[] slopes) {
    double least = Math.min(0, Arrays.stream(m, from, to).min().orElse(0));
    double sum = Math.exp(least); // the chosen one
    for (int j = from; j < to; j++) sum += slopes[j] = Math.exp(least - m[j]);
    for (int j = from; j < to; j++) slopes[j] /= -sum;
    return Math.log(sum) - least;
  }
}
