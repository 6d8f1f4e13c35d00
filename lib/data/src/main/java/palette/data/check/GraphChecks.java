package palette.data.check;

import java.util.Arrays;
import java.util.List;
import palette.data.Preferences;
import palette.data.SameQuestions;
import palette.support.Texts;

/**
 * Whether a chain of comparisons connects any two items that are compared; of each prompt, its own
 * items, for across prompts nobody compares. Union-find over sorted keys, O(n log n).
 */
final class GraphChecks {
  private final Preferences answers;
  private final int[] node; // of each row's chosen item and prompt, then of each row's rejected
  private final int[] parent;
  private final int[] group; // of each node: its prompt

  private GraphChecks(Preferences answers) {
    this.answers = answers;
    int n = answers.size();
    long[] keys = new long[2 * n];
    long prompts = answers.prompts().size() + 1L;
    for (int row = 0; row < n; row++) {
      keys[row] = answers.chosen(row) * prompts + answers.prompt(row) + 1;
      keys[row + n] = answers.rejected(row) * prompts + answers.prompt(row) + 1;
    }
    node = SameQuestions.dense(keys);
    parent = new int[SameQuestions.count(node)];
    group = new int[parent.length];
    Arrays.setAll(parent, i -> i);
    for (int row = 0; row < n; row++) {
      group[node[row]] = answers.prompt(row) + 1;
      group[node[row + n]] = answers.prompt(row) + 1;
      parent[root(node[row])] = root(node[row + n]);
    }
  }

  static List<Finding> find(Preferences answers, String part) {
    return new GraphChecks(answers).find(part);
  }

  private List<Finding> find(String part) {
    int[] size = new int[parent.length]; // rows of each part of the graph, at its root
    for (int row = 0; row < answers.size(); row++) size[root(node[row])]++;
    int[] largest = new int[answers.prompts().size() + 1]; // root of each prompt's largest part
    Arrays.fill(largest, -1);
    int parts = 0;
    for (int i = 0; i < parent.length; i++) {
      if (parent[i] != i) continue;
      parts++;
      int at = largest[group[i]];
      if (at < 0 || size[i] > size[at]) largest[group[i]] = i;
    }
    long groups = Arrays.stream(largest).filter(root -> root >= 0).count();
    int[] apart =
        Finding.rows(answers.size(), row -> root(node[row]) != largest[answers.prompt(row) + 1]);
    if (apart.length == 0) return List.of();
    String where = answers.hasPrompts() ? ", each prompt taken for itself" : "";
    String what =
        Texts.format(
            "The comparison graph falls into parts%s: %s beside the largest, with these rows.",
            where, Texts.count(parts - groups, "part"));
    String next =
        "Scores across parts cannot be compared by answers alone: give the items vectors, or ask"
            + " pairs that link them.";
    return List.of(new Finding(Finding.Kind.DISCONNECTED, part, what, apart, next));
  }

  private int root(int i) {
    while (parent[i] != i) {
      parent[i] = parent[parent[i]];
      i = parent[i];
    }
    return i;
  }
}
