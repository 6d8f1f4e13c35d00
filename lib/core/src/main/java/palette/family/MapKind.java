package palette.family;

/** The form of a learned map. */
public enum MapKind {
  /** x -> A x, no bias. */
  LINEAR,
  /** x -> B s(A x + a) + b with an activation s: two layers. */
  MLP,
  /** x -> x + MLP(x); the latent space has the size of the input. */
  RESIDUAL
}
