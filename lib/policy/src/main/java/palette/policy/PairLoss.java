package palette.policy;

import java.util.stream.Stream;
import palette.numeric.LinkKind;
import palette.numeric.RandomStrength;
import palette.reward.Loss;

/**
 * What a pair costs by how much further the policy has moved towards the chosen answer than towards
 * the rejected one, in nats of whole answers,
 *
 * <pre>t = (log pi(c) - log ref(c)) - (log pi(r) - log ref(r))</pre>
 *
 * @param name in texts
 * @param kind what makes probabilities of beta t
 * @param learned whether mean and coefficient of variation of beta are learned with the policy
 */
record PairLoss(String name, LinkKind kind, boolean learned, Formula formula) {
  private static final double VARIATION = 0.5; // at first
  // The quantiles (i - 1/2) / 16 of a normal, and the same below 0.
  private static final double[] HALF = {.0784, .2372, .4023, .5791, .7764, 1.01, 1.318, 1.8627};
  private static final double[] DRAWS = new double[16];

  static {
    for (int i = 0; i < 16; i++) DRAWS[i] = i < 8 ? HALF[i] : -HALF[i - 8];
  }

  /** The loss of t; fills in its slopes by t, log beta and log variation. */
  interface Formula {
    double at(double t, double beta, double variation, double[] slopes);
  }

  /** 1 - F(t) of a random strength, and the slopes of F by t and by two numbers. */
  private interface Strength {
    double[] at(double t, double beta, double variation);
  }

  /** A reward model's loss of beta t: DPO where it is logistic (Rafailov et al. 2023). */
  static PairLoss of(Loss loss) {
    return new PairLoss(
        loss == Loss.LOGISTIC ? "" : loss.builtIn() ? ", " + loss : ", own loss " + loss,
        LinkKind.LOGISTIC,
        false,
        (t, beta, variation, slopes) -> {
          slopes[0] = beta * loss.slope(beta * t);
          return loss.value(beta * t);
        });
  }

  /** The one of this name; of a loss of one's own the name is all that is left. */
  static PairLoss named(String name) {
    return Stream.of(of(Loss.LOGISTIC), IPO, GAMMA, LOG_NORMAL, DRAWN)
        .filter(loss -> loss.name.equals(name))
        .findFirst()
        .orElseGet(() -> of(Loss.named(name.replaceFirst("^, ", ""))));
  }

  /** (t - 1 / (2 beta))^2 (Azar et al. 2023). */
  static final PairLoss IPO =
      new PairLoss(
          ", IPO",
          LinkKind.LOGISTIC,
          false,
          (t, beta, variation, slopes) -> {
            double gap = t - 1 / (2 * beta);
            slopes[0] = 2 * gap;
            return gap * gap;
          });

  /** -log E sigmoid(beta t), beta of a Gamma distribution, in closed form (MixDPO). */
  static final PairLoss GAMMA = mixed(", Gamma strength", LinkKind.GAMMA, PairLoss::gamma);

  /** The same of a log-normal one, by quadrature. */
  static final PairLoss LOG_NORMAL = logNormal(", log-normal strength", null);

  /** The same by 16 draws of equal weight, as the paper has it. */
  static final PairLoss DRAWN = logNormal(", log-normal strength by 16 draws", DRAWS);

  private static PairLoss mixed(String name, LinkKind kind, Strength strength) {
    return new PairLoss(
        name,
        kind,
        true,
        (t, beta, variation, slopes) -> {
          // F(-t) = 1 - F(t), and 1 - F keeps its digits where t is above 0.
          double[] f = strength.at(Math.abs(t), beta, variation);
          double chosen = t < 0 ? f[0] : 1 - f[0];
          slopes[0] = -f[1] / chosen;
          for (int i = 1; i < 3; i++) slopes[i] = (t < 0 ? f[i + 1] : -f[i + 1]) / chosen;
          return t < 0 ? -Math.log(chosen) : -Math.log1p(-f[0]);
        });
  }

  // Shape 1 / variation^2, rate shape / beta.
  private static double[] gamma(double t, double beta, double variation) {
    double shape = 1 / (variation * variation);
    double[] f = RandomStrength.gamma(t, shape, shape / beta);
    return new double[] {f[0], f[1], t * f[1], -2 * shape * (f[2] + f[3] / beta)};
  }

  // sigma^2 = log(1 + variation^2), mu = log beta - sigma^2 / 2.
  private static PairLoss logNormal(String name, double[] draws) {
    return mixed(
        name,
        LinkKind.LOG_NORMAL,
        (t, beta, variation) -> {
          double square = variation * variation;
          double sigma = Math.sqrt(Math.log1p(square));
          double mu = Math.log(beta) - sigma * sigma / 2;
          double[] f =
              draws == null
                  ? RandomStrength.logNormal(t, mu, sigma)
                  : RandomStrength.logNormal(t, mu, sigma, draws);
          double bySigma = (f[3] - sigma * f[2]) * square / (1 + square) / sigma;
          return new double[] {f[0], f[1], f[2], bySigma};
        });
  }

  /** Its own numbers at first: log beta and log variation, where they are learned. */
  double[] start(double beta) {
    return learned ? new double[] {Math.log(beta), Math.log(VARIATION)} : new double[0];
  }
}
