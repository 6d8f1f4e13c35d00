package palette.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import palette.data.Preferences;
import palette.support.Seeds;

/**
 * Training users played as newcomers. From each of up to 300 users a few training answers are taken
 * (2, 5, 10 and 20; of pairs implied by judgements, the pairs among so many judged items), their
 * weights are found from these alone, and the log loss of their validation answers is averaged over
 * users and counts. The maps know the training answers already, so answers are trusted a little
 * more than a true newcomer's would be.
 */
final class Rehearsal {
  private static final int[] COUNTS = {2, 5, 10, 20};
  private static final int USERS = 300;

  private final int columns;
  private final SimplexNewton newton;
  private final List<Scene> scenes = new ArrayList<>();

  /** What somebody said, and what is held against it: margins over the temperature. */
  private record Scene(double[] rows, double[] weights, int answers, double[][] judged) {}

  Rehearsal(PalModel model, Preferences train, Preferences validation) {
    columns = model.prior().center().length;
    newton = new SimplexNewton(columns);
    var trainRows = rowsByUser(train);
    var judgedRows = rowsByUser(validation);
    var users = new ArrayList<>(judgedRows.keySet());
    users.retainAll(trainRows.keySet());
    int[] order = Seeds.permutation(users.size(), Seeds.stream(0, "rehearsal"));
    for (int i : Arrays.copyOf(order, Math.min(USERS, order.length))) {
      String user = users.get(i);
      double[][] judged = margins(model, validation.select(ints(judgedRows.get(user))));
      var said = train.select(ints(trainRows.get(user)));
      for (int count : COUNTS) play(model, first(said, count), judged);
    }
  }

  private static HashMap<String, List<Integer>> rowsByUser(Preferences answers) {
    var rows = new HashMap<String, List<Integer>>();
    for (int row = 0; row < answers.size(); row++) {
      String user = answers.users().id(answers.user(row));
      rows.computeIfAbsent(user, u -> new ArrayList<>()).add(row);
    }
    return rows;
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  private static double[][] margins(PalModel model, Preferences answers) {
    var all = model.byWeight(answers);
    double[][] rows = new double[all.size()][all.columns()];
    for (int j = 0; j < rows.length; j++) {
      all.margin(j, new double[all.columns()], rows[j]);
      for (int k = 0; k < rows[j].length; k++) rows[j][k] /= model.temperature();
    }
    return rows;
  }

  /** The first answers, or the pairs among the first judged items. */
  private static Preferences first(Preferences said, int count) {
    if (!said.hasWeights()) return said.first(count);
    var items = new ArrayList<Integer>();
    for (int row = 0; row < said.size() && items.size() < count; row++) {
      for (int item : new int[] {said.chosen(row), said.rejected(row)}) {
        if (!items.contains(item) && items.size() < count) items.add(item);
      }
    }
    return said.where(
        row -> items.contains(said.chosen(row)) && items.contains(said.rejected(row)));
  }

  private void play(PalModel model, Preferences said, double[][] judged) {
    double[][] margins = margins(model, said);
    double[] rows = new double[margins.length * columns];
    double[] weights = new double[margins.length];
    int items = said.hasWeights() ? distinctItems(said) : margins.length;
    for (int j = 0; j < margins.length; j++) {
      System.arraycopy(margins[j], 0, rows, j * columns, columns);
      weights[j] = Math.min(1, items / (double) margins.length);
    }
    scenes.add(new Scene(rows, weights, margins.length, judged));
  }

  private static int distinctItems(Preferences said) {
    return (int)
        java.util.stream.IntStream.range(0, said.size())
            .flatMap(row -> java.util.stream.IntStream.of(said.chosen(row), said.rejected(row)))
            .distinct()
            .count();
  }

  /** The mean log loss of the validation answers with this prior. */
  double loss(double[] center, double strength) {
    double sum = 0;
    for (var scene : scenes) {
      double[] w = center.clone();
      newton.solve(scene.rows, scene.weights, scene.answers, strength, center, w);
      double loss = 0;
      for (double[] row : scene.judged) loss += Links.logLoss(Closeness.DOT.at(row, w, null));
      sum += loss / scene.judged.length;
    }
    return sum / scenes.size();
  }
}
