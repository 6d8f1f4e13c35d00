package palette.engine;

/**
 * How Adam treats one parameter.
 *
 * @param rate the learning rate
 * @param ridge added to the gradient as {@code ridge * parameter}: the plain weight decay, which is
 *     a Gaussian prior on the parameter
 * @param decay taken off the parameter as {@code rate * decay * parameter}: the decoupled weight
 *     decay of AdamW
 */
public record AdamGroup(double rate, double ridge, double decay) {
  /** beta1, beta2 and epsilon of torch.optim.Adam. */
  static final double BETA1 = 0.9;

  static final double BETA2 = 0.999;
  static final double EPSILON = 1e-8;

  /** A group without decay of either kind. */
  public static AdamGroup of(double rate) {
    return new AdamGroup(rate, 0, 0);
  }
}
