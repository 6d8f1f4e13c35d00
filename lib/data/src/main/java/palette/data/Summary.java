package palette.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import palette.support.Connected;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * Counts of what {@link Preferences} hold. {@code repeated}: rows whose user was asked the same
 * pair before, in either order; {@code contradictory}: pairs that a user answered both ways; {@code
 * components}: connected parts of the graph whose nodes are the compared items and whose edges are
 * the comparisons (scores across two parts cannot be compared without texts or vectors).
 */
public record Summary(
    int users,
    int items,
    int prompts,
    int comparisons,
    int ties,
    int fewestAnswers,
    double medianAnswers,
    int mostAnswers,
    int repeated,
    int contradictory,
    int components)
    implements Tabled {

  static Summary of(Preferences all) {
    int[] perUser = Arrays.stream(all.answers()).filter(n -> n > 0).sorted().toArray();
    int n = perUser.length;
    int[] question = SameQuestions.of(all);
    byte[] answered = new byte[SameQuestions.count(question)]; // 1: low won, 2: high won, 3: both
    int contradictory = 0;
    for (int row = 0; row < question.length; row++) {
      byte before = answered[question[row]];
      answered[question[row]] |= (byte) (all.chosen(row) < all.rejected(row) ? 1 : 2);
      if (before != 0 && before != 3 && answered[question[row]] == 3) contradictory++;
    }
    var graph = new Connected(all.items().size());
    var asked = new BitSet();
    for (int row = 0; row < all.size(); row++) {
      graph.link(all.chosen(row), all.rejected(row));
      if (all.prompt(row) >= 0) asked.set(all.prompt(row));
    }
    return new Summary(
        n,
        graph.linked(),
        asked.cardinality(),
        all.size(),
        all.ties().size(),
        n == 0 ? 0 : perUser[0],
        n == 0 ? 0 : (perUser[(n - 1) / 2] + perUser[n / 2]) / 2.0,
        n == 0 ? 0 : perUser[n - 1],
        question.length - answered.length,
        contradictory,
        graph.count());
  }

  /** The sizes in one line. */
  public String line() {
    String some =
        Texts.format(
            "%s of %s between %s",
            Texts.count(comparisons, "comparison"),
            Texts.count(users, "user"),
            Texts.count(items, "item"));
    if (prompts > 0) some += ", " + Texts.count(prompts, "prompt");
    return ties > 0 ? some + ", " + Texts.count(ties, "tie") + " kept apart" : some;
  }

  @Override
  public Sheet sheet() {
    String answers = Texts.format("%,d, %,.1f, %,d", fewestAnswers, medianAnswers, mostAnswers);
    return new Sheet(
        List.of("preferences", ""),
        List.of(
            row("users", users),
            row("items", items),
            row("prompts", prompts),
            row("comparisons", comparisons),
            row("ties (not trained on)", ties),
            List.of("answers per user (fewest, median, most)", answers),
            row("repeated pairs", repeated),
            row("contradictory pairs", contradictory),
            row("connected components", components)));
  }

  private static List<String> row(String what, int n) {
    return List.of(what, Texts.format("%,d", n));
  }
}
