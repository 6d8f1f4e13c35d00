package palette.data.check;

import java.util.Arrays;
import java.util.List;
import palette.data.Preferences;
import palette.data.SameQuestions;
import palette.support.Connected;
import palette.support.Texts;

/**
 * Whether a chain of comparisons connects any two items that are compared; of each prompt, its own
 * items, for across prompts nobody compares. Union-find over sorted keys, O(n log n).
 */
final class GraphChecks {
  private GraphChecks() {}

  static List<Finding> find(Preferences answers, String part) {
    int n = answers.size();
    long[] keys = new long[2 * n]; // of each row's chosen item and prompt, then of each rejected
    long prompts = answers.prompts().size() + 1L;
    for (int row = 0; row < n; row++) {
      keys[row] = answers.chosen(row) * prompts + answers.prompt(row) + 1;
      keys[row + n] = answers.rejected(row) * prompts + answers.prompt(row) + 1;
    }
    int[] node = SameQuestions.dense(keys);
    int[] size = new int[SameQuestions.count(node)]; // rows of each part, at its root
    var graph = new Connected(size.length);
    for (int row = 0; row < n; row++) graph.link(node[row], node[row + n]);
    for (int row = 0; row < n; row++) size[graph.root(node[row])]++;
    int[] largest = new int[(int) prompts]; // the root of each prompt's largest part
    Arrays.fill(largest, -1);
    for (int row = 0; row < n; row++) {
      int root = graph.root(node[row]);
      int at = largest[answers.prompt(row) + 1];
      boolean larger = at < 0 || size[root] > size[at] || size[root] == size[at] && root < at;
      if (larger) largest[answers.prompt(row) + 1] = root;
    }
    long groups = Arrays.stream(largest).filter(root -> root >= 0).count();
    String where = answers.hasPrompts() ? ", each prompt taken for itself" : "";
    String what =
        Texts.format(
            "The comparison graph falls into parts%s: %s beside the largest, with these rows.",
            where, Texts.count(graph.count() - groups, "part"));
    String next =
        "Scores across parts cannot be compared by answers alone: give the items vectors, or ask"
            + " pairs that link them.";
    var found = new Findings(answers, part);
    int[] apart = found.rows(row -> graph.root(node[row]) != largest[answers.prompt(row) + 1]);
    found.add(Finding.Kind.DISCONNECTED, apart, what, next);
    return found.all;
  }
}
