package palette.personalize;

/** What a user's weights say about how unlike others and how mixed they are. */
public final class Mixtures {
  private Mixtures() {}

  /**
   * KL(w || population) = sum_k w_k log(w_k / p_k) in nats: how surprising the weights are to
   * somebody who expects the population's. 0 for equal ones; infinite where the population has a 0.
   */
  public static double divergence(double[] w, double[] population) {
    double sum = 0;
    for (int k = 0; k < w.length; k++) if (w[k] > 0) sum += w[k] * Math.log(w[k] / population[k]);
    return Math.max(0, sum);
  }

  /** exp(H(w)), H the entropy: 1 for one prototype alone, K for an even mixture of K. */
  public static double effectivePrototypes(double[] w) {
    double entropy = 0;
    for (double share : w) if (share > 0) entropy -= share * Math.log(share);
    return Math.exp(entropy);
  }
}
