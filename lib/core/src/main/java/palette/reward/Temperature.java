package palette.reward;

import palette.data.Preferences;
import palette.numeric.Links;

/**
 * What margins are divided by before the logistic link makes probabilities of them: the T of the
 * least weighted log loss of some answers. It scales with the margins, T(c m) = c T(m).
 */
public final class Temperature {
  private static final double SURE = Math.log(500); // where every answer is foretold, no surer
  private static final double UNSURE = Math.log(1e6);
  private static final int STEPS = 80;

  private Temperature() {}

  /** Golden section on log T (the loss is unimodal there) around the margins' own size. */
  public static double of(double[] margins, Preferences answers) {
    double unit = Math.log(size(margins, answers));
    double low = unit - SURE;
    double high = unit + UNSURE;
    double golden = (Math.sqrt(5) - 1) / 2;
    for (int i = 0; i < STEPS; i++) {
      double a = high - golden * (high - low);
      double b = low + golden * (high - low);
      if (logLoss(margins, answers, Math.exp(a)) < logLoss(margins, answers, Math.exp(b))) high = b;
      else low = a;
    }
    return Math.exp((low + high) / 2);
  }

  /** The root of the mean square, 1 where all margins are 0. */
  private static double size(double[] margins, Preferences answers) {
    double squares = 0;
    double total = 0;
    for (int row = 0; row < margins.length; row++) {
      squares += answers.weight(row) * margins[row] * margins[row];
      total += answers.weight(row);
    }
    return squares > 0 ? Math.sqrt(squares / total) : 1;
  }

  /** The weighted sum of -log sigmoid(margin / temperature). */
  public static double logLoss(double[] margins, Preferences answers, double temperature) {
    double sum = 0;
    for (int row = 0; row < margins.length; row++) {
      sum += answers.weight(row) * Links.logLoss(margins[row] / temperature);
    }
    return sum;
  }
}
