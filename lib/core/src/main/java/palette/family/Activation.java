package palette.family;

/** What stands between the two layers of an MLP. */
public enum Activation {
  /** x * Phi(x), exact. */
  GELU,
  /** max(0, x). */
  RELU
}
