package palette.data;

import java.util.Arrays;
import java.util.List;
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
    var counts = new Counts(all);
    return new Summary(
        perUser.length,
        counts.items,
        counts.prompts,
        all.size(),
        all.ties().size(),
        perUser.length == 0 ? 0 : perUser[0],
        median(perUser),
        perUser.length == 0 ? 0 : perUser[perUser.length - 1],
        counts.repeated,
        counts.contradictory,
        counts.components);
  }

  private static double median(int[] sorted) {
    int n = sorted.length;
    return n == 0 ? 0 : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
  }

  /** The sizes in one line. */
  public String line() {
    return Texts.count(comparisons, "comparison")
        + " of "
        + Texts.count(users, "user")
        + " between "
        + Texts.count(items, "item")
        + (prompts > 0 ? ", " + Texts.count(prompts, "prompt") : "")
        + (ties > 0 ? ", " + Texts.count(ties, "tie") + " kept apart" : "");
  }

  private List<List<String>> rows() {
    return List.of(
        List.of("users", Texts.format("%,d", users)),
        List.of("items", Texts.format("%,d", items)),
        List.of("prompts", Texts.format("%,d", prompts)),
        List.of("comparisons", Texts.format("%,d", comparisons)),
        List.of("ties (not trained on)", Texts.format("%,d", ties)),
        List.of(
            "answers per user (fewest, median, most)",
            Texts.format("%,d, %,.1f, %,d", fewestAnswers, medianAnswers, mostAnswers)),
        List.of("repeated pairs", Texts.format("%,d", repeated)),
        List.of("contradictory pairs", Texts.format("%,d", contradictory)),
        List.of("connected components", Texts.format("%,d", components)));
  }

  @Override
  public Sheet sheet() {
    return new Sheet(List.of("preferences", ""), rows());
  }

  /** One pass over the rows. */
  private static final class Counts {
    private final int[] parent;
    private int items;
    private int prompts;
    private int repeated;
    private int contradictory;
    private int components;

    Counts(Preferences all) {
      parent = new int[all.items().size()];
      Arrays.fill(parent, -1);
      boolean[] asked = new boolean[all.prompts().size()];
      for (int row = 0; row < all.size(); row++) {
        link(all.chosen(row), all.rejected(row));
        if (all.prompt(row) >= 0) asked[all.prompt(row)] = true;
      }
      count(all, SameQuestions.of(all));
      for (int i = 0; i < parent.length; i++) {
        if (parent[i] >= 0) items++;
        if (parent[i] == i) components++;
      }
      for (boolean a : asked) if (a) prompts++;
    }

    private void count(Preferences all, int[] question) {
      byte[] answered = new byte[SameQuestions.count(question)]; // 1: low won, 2: high won, 3: both
      for (int row = 0; row < question.length; row++) {
        if (answered[question[row]] != 0) repeated++;
        answered[question[row]] |= (byte) (all.chosen(row) < all.rejected(row) ? 1 : 2);
      }
      for (byte ways : answered) if (ways == 3) contradictory++;
    }

    private void link(int a, int b) {
      if (parent[a] < 0) parent[a] = a;
      if (parent[b] < 0) parent[b] = b;
      parent[root(a)] = root(b);
    }

    private int root(int i) {
      while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
      }
      return i;
    }
  }
}
