package palette.family;

/** Where PAL-A's prototypes live and how they become a user's ideal point a. */
public enum Placement {
  /** a = sum_k w_k f(p_k): mapped, then mixed. Localization stays convex for any f. */
  MAPPED_THEN_MIXED,
  /** a = f(sum_k w_k p_k): mixed, then mapped, as in the paper. The same where f is linear. */
  MIXED_THEN_MAPPED,
  /** a = sum_k w_k q_k with prototypes that are points of the latent space themselves. */
  LATENT
}
