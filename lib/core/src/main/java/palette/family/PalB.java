package palette.family;

import java.nio.file.Path;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.fit.Basis;
import palette.fit.BasisModel;
import palette.fit.Fitted;
import palette.reward.Loss;
import palette.reward.Option;
import palette.reward.Settings;

/**
 * PAL-B, prompt-conditioned prototypes: each prototype k is a map g_k from prompts to directions, a
 * user mixes them, and likes an item the more it points that way.
 *
 * <pre>reward(x; c) = s * f(x) . z(c),   z(c) = sum_k w_k g_k(c),   s = min(exp(scale), 100)</pre>
 *
 * with f and every g_k on the unit sphere (the paper's form, in which localization is convex) or
 * with raw g_k and z on the unit sphere ({@link Spec#normalisedMixture}, the reference code's).
 * Without prompts g_k is a learned direction.
 *
 * <pre>{@code
 * var model = PalB.spec().embedder(Embedders.miniLm()).prototypes(4).dimension(64).hidden(256)
 *     .epochs(10).seed(7).fit(parts.train());
 * }</pre>
 *
 * Source: Chen et al., "PAL: Pluralistic Alignment Framework for Learning from Heterogeneous
 * Preferences", section 3; the sign is that of a reward throughout.
 */
public final class PalB extends BasisModel {
  static final Option<Boolean> NORMALISED = Option.of("normalisedMixture", false);

  PalB(Fitted fitted) {
    super(fitted);
  }

  /** The defaults: two prototypes, MLPs with 256 hidden units to 64 dimensions, mixture. */
  public static Spec spec() {
    var settings =
        Settings.of(PalSpec.optionsAnd(NORMALISED))
            .with(PalSpec.MAP, Maps.Kind.MLP)
            .with(PalSpec.DIMENSION, 64)
            .with(PalSpec.MAP_RATE, 1e-3)
            .with(PalSpec.PROTOTYPE_RATE, 1e-3)
            .with(PalSpec.USER_RATE, 1e-2)
            .with(PalSpec.EPOCHS, 20);
    return new Spec(settings, Loss.LOGISTIC, null);
  }

  /** A saved model, as {@link palette.fit.ModelSpec#load(Path)} reads it. */
  public static PalB load(Path dir) {
    return (PalB) spec().load(dir);
  }

  /** Describes a PAL-B model. */
  public static final class Spec extends PalSpec<Spec> {
    Spec(Settings settings, Loss loss, Embedder embedder) {
      super(settings, loss, embedder);
    }

    @Override
    public Spec like(Settings other, Loss otherLoss, Embedder otherEmbedder) {
      return new Spec(other, otherLoss, otherEmbedder);
    }

    @Override
    public Basis basis() {
      return new DirectionBasis(settings());
    }

    @Override
    public PalB model(Fitted fitted) {
      return new PalB(fitted);
    }

    @Override
    public PalB fit(Preferences train) {
      return (PalB) super.fit(train);
    }

    @Override
    public PalB fit(Preferences train, Preferences validation) {
      return (PalB) super.fit(train, validation);
    }

    /** Heads as they come and the mixture scaled to length 1; localization is not convex then. */
    public Spec normalisedMixture() {
      return with(NORMALISED, true);
    }
  }
}
