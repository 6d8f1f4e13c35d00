package palette.reward;

import java.util.Arrays;

/**
 * After how many epochs a fit looks at its validation answers: so few that the looks take less than
 * a twentieth of its time. A look has no way back, which leaves half of the time of steps that map
 * as many items and prompts (each counted once a batch), and two fifths of that of as many answers.
 */
final class Looks {
  private static final double MAPS = 0.5 / 0.05;
  private static final double ANSWERS = 0.4 / 0.05;

  private Looks() {}

  /** 1 where an epoch has nine steps or more and validation has a tenth of all answers. */
  static int every(Study study, int[] order, int batch) {
    var seen = study.validation;
    if (seen.size() == 0) return 1;
    int[] all = new int[seen.size()];
    Arrays.setAll(all, i -> i);
    double answers = (double) seen.size() / order.length;
    double maps = mapped(study, seen, all, all.length) / mapped(study, study.train, order, batch);
    return (int) Math.ceil(Math.max(ANSWERS * answers, MAPS * maps));
  }

  /** How many items and prompts batches of some rows have, distinct ones of a batch once. */
  private static double mapped(Study study, Study.Rows rows, int[] order, int batch) {
    int[] items = new int[study.entries.size()]; // the last batch that had it
    int[] prompts = new int[study.prompts.size() + 1];
    double sum = 0;
    for (int i = 0; i < order.length; i++) {
      int row = order[i];
      int now = 1 + i / batch;
      sum += first(items, rows.chosen[row], now);
      sum += first(items, rows.rejected[row], now);
      sum += first(prompts, rows.prompt[row] + 1, now);
    }
    return sum;
  }

  private static int first(int[] last, int place, int now) {
    if (last[place] == now) return 0;
    last[place] = now;
    return 1;
  }
}
