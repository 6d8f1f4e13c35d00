package palette.fit;

import java.util.Arrays;

/**
 * After how many epochs a fit looks at its validation answers: after each, unless a look has more
 * than an eighth of an epoch's work, in answers or in items and prompts to map (each counted once a
 * batch); then after as many as make it a tenth. A look has no way back, and so takes two fifths to
 * half of the time of steps with as much work: about a twentieth.
 */
public final class ValidationSchedule {
  private static final double AT_MOST = 1.0 / 8;
  private static final int TENTH = 10;

  private ValidationSchedule() {}

  /** 1 where validation has a tenth of all answers, as by default, and an epoch some steps. */
  public static int every(TrainingSet data, int[] order, int batch) {
    var seen = data.validation;
    if (seen.size() == 0) return 1;
    int[] all = new int[seen.size()];
    Arrays.setAll(all, i -> i);
    double answers = (double) seen.size() / order.length;
    double maps = mapped(data, seen, all, all.length).sum();
    double share = Math.max(answers, maps / mapped(data, data.train, order, batch).sum());
    return share <= AT_MOST ? 1 : (int) Math.ceil(TENTH * share);
  }

  /** How many items and prompts some batches have to map. */
  public record Mapped(double items, double prompts) {
    public double sum() {
      return items + prompts;
    }
  }

  /** Those of some rows in batches, distinct ones of a batch once. */
  public static Mapped mapped(TrainingSet data, TrainingSet.Rows rows, int[] order, int batch) {
    int[] lastOfItem = new int[data.entries.size()]; // the last batch that had it
    int[] lastOfPrompt = new int[data.prompts.size() + 1];
    double items = 0;
    double prompts = 0;
    for (int i = 0; i < order.length; i++) {
      int row = order[i];
      int now = 1 + i / batch;
      items += first(lastOfItem, rows.chosen[row], now);
      items += first(lastOfItem, rows.rejected[row], now);
      prompts += first(lastOfPrompt, rows.prompt[row] + 1, now);
    }
    return new Mapped(items, prompts);
  }

  private static int first(int[] last, int place, int now) {
    if (last[place] == now) return 0;
    last[place] = now;
    return 1;
  }
}
