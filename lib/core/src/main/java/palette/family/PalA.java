package palette.family;

import java.nio.file.Path;
import java.util.List;
import palette.data.Catalog;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.fit.Basis;
import palette.fit.BasisModel;
import palette.fit.Fit;
import palette.fit.Fitted;
import palette.reward.IdealPoints;
import palette.reward.Loss;
import palette.reward.Option;
import palette.reward.Settings;
import palette.reward.Space;
import palette.support.Checks;
import palette.support.Progress;

/**
 * PAL-A, ideal points: a user is a point a = sum_k w_k f(p_k) among the images of K prototypes, and
 * likes an item the better the nearer its image lies.
 *
 * <pre>reward(x) = -|f(x) - a|^2,   P(l > r) = sigmoid((reward(l) - reward(r)) / temperature)</pre>
 *
 * with f: R^D -> R^d and all of f, p, w learned together. Where items are known by id only (D = 0)
 * they are points of the latent space themselves.
 *
 * <pre>{@code
 * var model = PalA.spec().prototypes(3).dimension(2).epochs(60).seed(7).fit(split.train());
 * }</pre>
 *
 * Source: Chen et al., "PAL: Pluralistic Alignment Framework for Learning from Heterogeneous
 * Preferences", section 3.
 */
public final class PalA extends BasisModel implements IdealPoints {
  static final Option<Distance> DISTANCE = Option.of("distance", Distance.SQUARED);
  static final Option<Placement> PLACEMENT = Option.of("placement", Placement.MAPPED_THEN_MIXED);

  PalA(Fitted fitted) {
    super(fitted);
  }

  /** The defaults: two prototypes, linear f to 16 dimensions, squared distance, mixture. */
  public static Spec spec() {
    return new Spec(Settings.of(PalSpec.optionsAnd(DISTANCE, PLACEMENT)), Loss.LOGISTIC, null);
  }

  /** A saved model, as {@link palette.fit.ModelSpec#load(Path)} reads it. */
  public static PalA load(Path dir) {
    return (PalA) spec().load(dir);
  }

  /** Describes a PAL-A model. */
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
      return new IdealPointBasis(settings());
    }

    @Override
    public PalA model(Fitted fitted) {
      return new PalA(fitted);
    }

    /** f(x) = x + MLP(x); the dimension has to be that of the input. */
    public Spec residual(int hidden) {
      return layers(Maps.Kind.RESIDUAL, hidden);
    }

    /** How to measure; {@link Distance#SQUARED} by default. */
    public Spec distance(Distance distance) {
      return with(DISTANCE, Checks.present("distance", distance));
    }

    /** Where the prototypes live; {@link Placement#MAPPED_THEN_MIXED} by default. */
    public Spec placement(Placement placement) {
      return with(PLACEMENT, Checks.present("placement", placement));
    }

    @Override
    public PalA fit(Preferences train) {
      return (PalA) super.fit(train);
    }

    @Override
    public PalA fit(Preferences train, Preferences validation) {
      return (PalA) super.fit(train, validation);
    }
  }

  private IdealPointModel points() {
    return new IdealPointModel(fitted());
  }

  @Override
  public double[][] prototypePoints() {
    return points().prototypePoints();
  }

  @Override
  public double[] idealPoint(String user) {
    var points = points();
    return points.point(weights(user), points.prototypePoints());
  }

  @Override
  public double[] idealPoint(double[] weights) {
    double[] a = IdealPoints.super.idealPoint(weights);
    return points().along(weights, a);
  }

  @Override
  public double[][] itemPoints(List<String> items) {
    return itemPoints(Catalog.of(items));
  }

  double[][] itemPoints(Catalog items) {
    return points().points(fitted().itemFeatures(items), fitted().identities(items));
  }

  /**
   * The model with as many prototypes more as these newcomers need, one after another: a prototype
   * is taken only where the held-out loss of those it is for falls beyond noise, and the model
   * itself is returned where none is. Every old user's rewards are equal to the last bit, for no
   * old user has any part of a new prototype; what is believed of a newcomer moves towards those
   * met here. They are placed by {@code Localizer.of(grown)}.
   *
   * @throws palette.support.InputException if f is not linear, users leave the hull, or an item and
   *     its prompt are one input
   */
  public PalA grow(Preferences answers) {
    var settings = fitted().settings();
    boolean linear =
        fitted().spec().basis().linear() && settings.get(PalSpec.MAP) == Maps.Kind.LINEAR;
    boolean plain = prior().space() == Space.SIMPLEX && fitted().prompts().size() == 0;
    Checks.require(
        linear && plain, "grow", "a linear PAL-A of mixes without prompts", fitted().spec());
    var described = Fit.embedded(answers, fitted().spec());
    return Progress.quietly(() -> Growth.grown(this, described));
  }
}
