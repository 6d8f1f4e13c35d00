package palette.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.evaluate.Study;
import palette.evaluate.TrialPlan;
import palette.support.Seeds;

/**
 * Splits of answers to tasks of several alternatives, where the pairs of a task share what was
 * chosen, so that no task may lie on both sides: a fifth of the users is new; of each other's
 * tasks, which are their prompts, 65 % train, 15 % validate, 20 % test. A new user is asked 60 % of
 * the tasks, in pairs, and is tested on the others.
 */
final class Tasks {
  private Tasks() {}

  static TrialPlan plan(Preferences all) {
    return new TrialPlan(
        all.toString(),
        (seed, cap) -> part(all, seed),
        List.of(1L, 2L, 3L),
        List.of(0, 2, 5, 10, 20),
        200,
        Runtime.getRuntime().availableProcessors());
  }

  private static Study part(Preferences all, long seed) {
    var people = all.splitByUser(0.8, seed);
    double[] seen = places(people.train(), seed);
    double[] fresh = places(people.test(), seed);
    var asked = noPrompts(people.test(), row -> fresh[row] < .6);
    return new Study(
        seed,
        noPrompts(people.train(), row -> seen[row] < .65),
        noPrompts(people.train(), row -> seen[row] >= .65 && seen[row] < .8),
        noPrompts(people.train(), row -> seen[row] >= .8),
        asked::first,
        noPrompts(people.test(), row -> fresh[row] >= .6),
        null);
  }

  /** Where each pair's task lies among those of its user, in [0, 1), in a random order. */
  private static double[] places(Preferences data, long seed) {
    Map<String, Integer> tasks = new HashMap<>();
    int[] counts = new int[data.users().size()];
    int[] at = new int[data.size()];
    for (int row : Seeds.permutation(data.size(), Seeds.stream(seed, "tasks"))) {
      String task = data.user(row) + " " + data.prompt(row);
      at[row] = tasks.computeIfAbsent(task, t -> counts[data.user(row)]++);
    }
    double[] places = new double[at.length];
    for (int row = 0; row < at.length; row++) {
      places[row] = at[row] / (double) counts[data.user(row)];
    }
    return places;
  }

  /** Some rows, in which the task is forgotten: it says nothing of what is in it. */
  private static Preferences noPrompts(Preferences data, IntPredicate some) {
    var kept = data.where(some);
    int[][] columns = new int[4][kept.size()];
    for (int row = 0; row < kept.size(); row++) {
      columns[0][row] = kept.user(row);
      columns[2][row] = kept.chosen(row);
      columns[3][row] = kept.rejected(row);
    }
    return Preferences.of(kept.users(), Catalog.empty(), kept.items(), columns);
  }
}
