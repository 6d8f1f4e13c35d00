package palette.reward;

import java.util.Arrays;
import java.util.function.Function;
import palette.data.Preferences;
import palette.reward.PrototypeModel.Prior;

/**
 * What is learned after the maps are fixed, on validation answers: the temperature that makes
 * probabilities of margins, and what to believe of a newcomer.
 *
 * <p>The belief is centred at the mean of the training users' weights. Where the {@link Population}
 * model does better than PAL at that center, its score enters as one more column and a share of the
 * center moves to it. The strength of the prior (and that share) is what places the training users
 * best when they are treated as newcomers: from a few of their training answers, judged on their
 * validation answers ({@link Rehearsal}). Without validation answers, or where localization is not
 * convex, the strength is how tightly the training users lie, (K-1) / E|w - center|^2.
 */
final class Calibration {
  private static final double[] STRENGTHS = {1, 2, 4, 8, 16, 32, 64, 128, 256};
  private static final double[] SHARES = {0.25, 0.5, 0.75, 1};

  private final Function<FittedPal, PalModel> model;
  private final FittedPal fitted;
  private final Preferences train;
  private final Preferences validation;

  private Calibration(
      Function<FittedPal, PalModel> model,
      FittedPal fitted,
      Preferences train,
      Preferences validation) {
    this.model = model;
    this.fitted = fitted;
    this.train = train;
    this.validation = validation;
  }

  /** The fitted model with temperature and prior. Both sets of answers bring their vectors. */
  static FittedPal of(
      Function<FittedPal, PalModel> model,
      FittedPal fitted,
      Preferences train,
      Preferences validation) {
    return new Calibration(model, fitted, train, validation).calibrated();
  }

  private FittedPal calibrated() {
    double[][] weights = fitted.weights();
    double[] center = mean(weights);
    var usual = new Prior(center, tightness(weights, center), false);
    var raw = model.apply(fitted.calibrated(usual, 1, null));
    var known = validation.where(row -> raw.knows(validation.users().id(validation.user(row))));
    var judge = known.size() > 0 ? known : train;
    double temperature = temperature(raw.margins(judge), judge);
    var plain = fitted.calibrated(usual, temperature, null);
    if (known.size() == 0 || center.length == 1 || !raw.localizesConvexly()) return plain;
    return rehearsed(plain, known);
  }

  private FittedPal rehearsed(FittedPal plain, Preferences known) {
    var best = best(plain, plain.prior().center(), known, null);
    if (!fitted.parameters().containsKey("items.identity")) return best.model();
    var everybody = Population.spec().fit(train, known);
    double[] center = plain.prior().center();
    double pal = logLoss(model.apply(plain).population().margins(known), known, plain);
    double population = temperedLoss(everybody, known);
    if (population >= pal) return best.model();
    for (double share : SHARES) {
      double[] longer = Arrays.copyOf(center, center.length + 1);
      for (int k = 0; k < center.length; k++) longer[k] *= 1 - share;
      longer[center.length] = share;
      var candidate = best(plain, longer, known, everybody);
      if (candidate.loss() < best.loss()) best = candidate;
    }
    return best.model();
  }

  private record Candidate(FittedPal model, double loss) {}

  private Candidate best(FittedPal plain, double[] center, Preferences known, Population fallback) {
    var open =
        plain.calibrated(new Prior(center, 1, fallback != null), plain.temperature(), fallback);
    var rehearsal = new Rehearsal(model.apply(open), train, known);
    double least = Double.POSITIVE_INFINITY;
    double strength = 1;
    for (double tried : STRENGTHS) {
      double loss = rehearsal.loss(center, tried);
      if (loss >= least) continue;
      least = loss;
      strength = tried;
    }
    var prior = new Prior(center, strength, fallback != null);
    return new Candidate(plain.calibrated(prior, plain.temperature(), fallback), least);
  }

  private static double[] mean(double[][] weights) {
    double[] mean = new double[weights[0].length];
    for (double[] w : weights) for (int k = 0; k < w.length; k++) mean[k] += w[k] / weights.length;
    return mean;
  }

  /** (K-1) / E|w - center|^2. */
  private static double tightness(double[][] weights, double[] center) {
    double spread = 1e-3;
    for (double[] w : weights) {
      for (int k = 0; k < w.length; k++) spread += Math.pow(w[k] - center[k], 2) / weights.length;
    }
    return (center.length - 1) / spread;
  }

  private static double temperedLoss(Population everybody, Preferences answers) {
    double[] margins = everybody.margins(answers);
    return logLoss(margins, answers, everybody.temperature());
  }

  private static double logLoss(double[] margins, Preferences answers, FittedPal model) {
    return logLoss(margins, answers, model.temperature());
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
