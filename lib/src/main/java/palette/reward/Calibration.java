package palette.reward;

import java.util.function.Function;
import palette.data.Preferences;

/**
 * What is learned after the maps are fixed: the temperature that makes probabilities of margins,
 * and what to believe of a newcomer.
 */
final class Calibration {
  private Calibration() {}

  static PalModel.Fitted of(
      Function<PalModel.Fitted, PalModel> model,
      PalModel.Fitted fitted,
      Preferences train,
      Preferences validation) {
    double[][] weights = PalModel.weightsOf(fitted);
    double[] center = mean(weights);
    var prior = new PrototypeModel.Prior(center, tightness(weights, center), false);
    var uncalibrated = model.apply(fitted.calibrated(prior, 1, null));
    var known = validation.size() > 0 ? validation : train;
    var some = known.where(row -> uncalibrated.knows(known.users().id(known.user(row))));
    double temperature = temperature(uncalibrated.margins(some), some);
    return fitted.calibrated(prior, temperature, null);
  }

  private static double[] mean(double[][] weights) {
    double[] mean = new double[weights[0].length];
    for (double[] w : weights) for (int k = 0; k < w.length; k++) mean[k] += w[k] / weights.length;
    return mean;
  }

  /** (K-1) / E|w - center|^2: how tightly the training users lie around the center. */
  private static double tightness(double[][] weights, double[] center) {
    double spread = 1e-3;
    for (double[] w : weights) {
      for (int k = 0; k < w.length; k++) spread += Math.pow(w[k] - center[k], 2) / weights.length;
    }
    return (center.length - 1) / spread;
  }

  /** Least weighted log loss over T in [.01, 100], by golden section on log T (it is unimodal). */
  static double temperature(double[] margins, Preferences answers) {
    double low = Math.log(0.01);
    double high = Math.log(100);
    double golden = (Math.sqrt(5) - 1) / 2;
    for (int i = 0; i < 60; i++) {
      double a = high - golden * (high - low);
      double b = low + golden * (high - low);
      if (logLoss(margins, answers, Math.exp(a)) < logLoss(margins, answers, Math.exp(b))) high = b;
      else low = a;
    }
    return Math.exp((low + high) / 2);
  }

  private static double logLoss(double[] margins, Preferences answers, double temperature) {
    double sum = 0;
    for (int row = 0; row < margins.length; row++) {
      sum += answers.weight(row) * Links.logLoss(margins[row] / temperature);
    }
    return sum;
  }
}
