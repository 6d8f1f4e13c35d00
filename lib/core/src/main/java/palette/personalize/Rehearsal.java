package palette.personalize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.commons.math3.stat.StatUtils;
import palette.data.Preferences;
import palette.numeric.Newton;
import palette.numeric.VectorLoops;
import palette.numeric.WeightProblem;
import palette.reward.Link;
import palette.reward.PrototypeModel;
import palette.reward.WeightMargins;
import palette.support.Progress;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * Training users played as newcomers. From each of up to 300 users a few training answers are taken
 * (2, 5, 10 and 20; of pairs implied by judgements, the pairs among so many judged items), their
 * weights are found from these alone, and the log loss of their validation answers is averaged over
 * users and counts. The maps know the training answers already, so answers are trusted a little
 * more than a true newcomer's would be.
 */
public final class Rehearsal {
  private static final int[] COUNTS = {2, 5, 10, 20};
  private static final int USERS = 300;

  private final Link link;
  private final int columns;
  private final Newton solver;
  private final List<Case> cases = new ArrayList<>();

  /** What somebody said (margins flat by answers) and what is held against it, over T. */
  private record Case(double[] rows, double[] weights, int answers, double[][] judged) {}

  public Rehearsal(PrototypeModel model, Preferences train, Preferences validation) {
    link = model.link();
    columns = model.prior().center().length;
    solver = model.prior().space().solver(columns);
    var said = new AnswersByUser(model, train);
    var judged = new AnswersByUser(model, validation);
    for (String user : some(said, judged)) {
      int[] mine = said.rowsOf(user);
      double[][] judgements = judged.margins(judged.rowsOf(user));
      for (int count : COUNTS) play(said, said.first(mine, count), judgements);
    }
  }

  private static List<String> some(AnswersByUser said, AnswersByUser judged) {
    var users = new ArrayList<>(judged.rows.keySet());
    users.retainAll(said.rows.keySet());
    users.sort(null);
    int[] order = Seeds.permutation(users.size(), Seeds.stream(0, "rehearsal"));
    var chosen = new ArrayList<String>();
    for (int i : Arrays.copyOf(order, Math.min(USERS, order.length))) chosen.add(users.get(i));
    return chosen;
  }

  /** Answers by user, with the margins of all of them worked out at once. */
  private static final class AnswersByUser {
    private final Preferences answers;
    private final WeightMargins margins;
    private final double temperature;
    private final HashMap<String, List<Integer>> rows = new HashMap<>();

    AnswersByUser(PrototypeModel model, Preferences answers) {
      this.answers = answers;
      this.margins = model.byWeight(answers);
      this.temperature = model.temperature();
      for (int row = 0; row < answers.size(); row++) {
        String user = answers.users().id(answers.user(row));
        rows.computeIfAbsent(user, u -> new ArrayList<>()).add(row);
      }
    }

    int[] rowsOf(String user) {
      return rows.get(user).stream().mapToInt(Integer::intValue).toArray();
    }

    double[][] margins(int[] some) {
      double[][] values = new double[some.length][margins.columns()];
      for (int j = 0; j < some.length; j++) {
        margins.margin(some[j], new double[margins.columns()], values[j]);
        for (int k = 0; k < values[j].length; k++) values[j][k] /= temperature;
      }
      return values;
    }

    /** The first answers, or the pairs among the first judged items. */
    int[] first(int[] mine, int count) {
      if (!answers.hasWeights()) return Arrays.copyOf(mine, Math.min(count, mine.length));
      var items = new HashSet<Integer>();
      for (int i = 0; i < mine.length && items.size() < count; i++) {
        items.add(answers.chosen(mine[i]));
        if (items.size() < count) items.add(answers.rejected(mine[i]));
      }
      return Arrays.stream(mine)
          .filter(row -> items.contains(answers.chosen(row)))
          .filter(row -> items.contains(answers.rejected(row)))
          .toArray();
    }

    /** n judged items are n answers' worth of evidence, however many pairs they make. */
    double weight(int[] some) {
      if (!answers.hasWeights()) return 1;
      var items = new HashSet<Integer>();
      for (int row : some) {
        items.add(answers.chosen(row));
        items.add(answers.rejected(row));
      }
      return Math.min(1, items.size() / (double) Math.max(1, some.length));
    }
  }

  private void play(AnswersByUser said, int[] some, double[][] judged) {
    double[] rows = new double[some.length * columns];
    double[] weights = new double[some.length];
    double[][] margins = said.margins(some);
    for (int j = 0; j < some.length; j++) {
      System.arraycopy(margins[j], 0, rows, j * columns, columns);
    }
    Arrays.fill(weights, said.weight(some));
    cases.add(new Case(rows, weights, some.length, judged));
  }

  /** A strength of the prior, and the mean log loss of the validation answers with it. */
  public record Found(double strength, double loss) {}

  /**
   * The strength of the lowest loss; but the strongest one where that gains no more on it than a
   * standard error, by people, or no loss is finite. Where people hardly differ the lowest is an
   * accident of few answers, and a prior that is too weak lets a newcomer's first answers do harm.
   *
   * @param strengths from weak to strong
   */
  public Found best(double[] center, double... strengths) {
    var work = Progress.later("Prior of newcomers", (long) strengths.length * cases.size());
    double[][] losses = new double[strengths.length][];
    int strongest = strengths.length - 1;
    int best = strongest;
    for (int s = 0; s < strengths.length; s++) {
      long before = (long) s * cases.size();
      losses[s] = losses(center, strengths[s], done -> work.at(before + done, ""));
      if (s == 0 || Double.compare(StatUtils.mean(losses[s]), StatUtils.mean(losses[best])) < 0)
        best = s;
    }
    if (!gains(losses[best], losses[strongest])) best = strongest;
    var found = new Found(strengths[best], StatUtils.mean(losses[best]));
    work.finish(Texts.format("strength %.3g, loss %.4f", found.strength, found.loss));
    return found;
  }

  private static boolean gains(double[] losses, double[] others) {
    double[] gains = VectorLoops.minus(others, losses);
    return StatUtils.mean(gains) > Math.sqrt(StatUtils.populationVariance(gains) / gains.length);
  }

  /** Each person's mean log loss of the validation answers with this prior. */
  private double[] losses(double[] center, double strength, LongConsumer placed) {
    double[] losses = new double[cases.size() / COUNTS.length];
    for (int c = 0; c < cases.size(); c++) {
      var one = cases.get(c);
      double[] w = center.clone();
      var loss = link.over(new int[one.answers]);
      var problem = new WeightProblem(loss, one.rows, one.weights, one.answers, strength, center);
      solver.solve(problem, w);
      int n = one.judged.length;
      double[] margins = new double[n];
      double[] even = new double[n];
      Arrays.setAll(margins, j -> VectorLoops.inner(one.judged[j], w));
      Arrays.fill(even, 1.0 / n);
      double own = link.over(new int[n]).sum(margins, even, n, new double[n], new double[n]);
      losses[c / COUNTS.length] += own / COUNTS.length;
      placed.accept(c + 1);
    }
    return losses;
  }
}
