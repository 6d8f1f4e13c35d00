package palette.reward;

import palette.data.Preferences;

/** Whatever can say by how much it prefers the chosen item of each answer to the rejected one. */
public interface Scorer {

  /** A short name for tables and legends, {@code "PAL-A, K=4"}. */
  String name();

  /** reward(chosen) - reward(rejected) for each row, in order; a positive margin is a right one. */
  double[] margins(Preferences answers);

  /**
   * What margins are divided by before the logistic link makes probabilities of them: P(chosen) =
   * sigmoid(margin / temperature). Calibrated on validation answers by the fit; 1 otherwise.
   */
  double temperature();

  /** What makes probabilities of margins: the logistic link unless a fit learned another. */
  default Link link() {
    return Link.logistic(temperature());
  }
}
