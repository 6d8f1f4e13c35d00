package palette.family.fast;

import palette.fit.Parameter;

/** What PAL's bases and their faster ways both name. */
public final class PalParameters {
  /** A linear f, [d][D]. */
  public static final Parameter F = Parameter.map("f.weight");

  /** Prototypes in the space of the items' vectors, [K][D]. */
  public static final Parameter PROTOTYPES = Parameter.prototype("prototypes");

  /** Prototypes in the latent space, [K][d]. */
  public static final Parameter LATENT = Parameter.prototype("prototypes.latent");

  /** The logarithm of PAL-B's scale. */
  public static final Parameter SCALE = Parameter.scale("scale");

  /** What PAL-B's scale grows to at most. */
  public static final double LARGEST_SCALE = 100;

  private PalParameters() {}
}
