package palette.family;

import java.util.ArrayList;
import java.util.List;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.fit.BasisModel;
import palette.fit.FitSpec;
import palette.fit.ModelSpec;
import palette.fit.TrainingSet;
import palette.reward.Loss;
import palette.reward.Option;
import palette.reward.Settings;
import palette.support.Checks;

/**
 * The options that PAL-A and PAL-B share, beside those of every fit.
 *
 * @param <S> the spec itself, so that options chain
 */
public abstract class PalSpec<S extends PalSpec<S>> extends FitSpec<S> {
  /** d, the size of the latent space. */
  public static final Option<Integer> DIMENSION = Option.of("dimension", 16);

  static final Option<Maps.Kind> MAP = Option.of("map", Maps.Kind.LINEAR);
  static final Option<Integer> HIDDEN = Option.of("hidden", 256);
  static final Option<Activation> ACTIVATION = Option.of("activation", Activation.GELU);
  static final Option<Double> DROPOUT = Option.of("dropout", 0.0);
  static final Option<String> IDENTITY = Option.of("identity", "auto");

  /** Those of every fit and of PAL, in the order in which a spec prints them. */
  static List<Option<?>> optionsAnd(Option<?>... own) {
    var all = new ArrayList<>(COMMON);
    all.add(all.indexOf(BALANCED), IDENTITY);
    all.addAll(1, List.of(DIMENSION, MAP, HIDDEN, ACTIVATION, DROPOUT));
    all.addAll(List.of(own));
    return all;
  }

  PalSpec(Settings settings, Loss loss, Embedder embedder) {
    super(settings, loss, embedder);
  }

  /** d, the size of the latent space. */
  public S dimension(int d) {
    return with(DIMENSION, Checks.atLeast(1, "dimension", d));
  }

  /** f (and every g_k) linear, without bias. */
  public S linear() {
    return with(MAP, Maps.Kind.LINEAR);
  }

  /** f (and every g_k) a two-layer MLP with this many hidden units. */
  public S mlp(int hidden) {
    return layers(Maps.Kind.MLP, hidden);
  }

  final S layers(Maps.Kind kind, int hidden) {
    Checks.atLeast(1, "hidden", hidden);
    return like(settings().with(MAP, kind).with(HIDDEN, hidden), loss(), embedder());
  }

  /** The same as {@link #mlp}. */
  public S hidden(int units) {
    return mlp(units);
  }

  /** The activation of MLPs. */
  public S activation(Activation activation) {
    return with(ACTIVATION, Checks.present("activation", activation));
  }

  /** The share of hidden units silenced at random in each training step. */
  public S dropout(double share) {
    Checks.require(share >= 0 && share < 1, "dropout", "a share in [0, 1)", share);
    return with(DROPOUT, share);
  }

  /**
   * Whether training items carry a learned, shrunk offset beside their text or vector. Unless it is
   * said here, they may where an item takes part in twenty comparisons or more on average, as an
   * offset learned from fewer remembers rather than learns, and do if validation answers are
   * foreseen better with it. Items known by id only always do.
   */
  public S identity(boolean carried) {
    return with(IDENTITY, carried ? "yes" : "no");
  }

  /**
   * Users may leave the hull of the prototypes by a shrunk taste of their own, worth it or not by
   * the validation answers: a is the mix and {@code sum_i t_i b_i}, with axes b_i along which the
   * items' rewards vary alike and {@code t_i ~ N(0, 1 / ridge)}. Rewards stay linear in mix and t
   * together, so a newcomer's are one convex problem. For people outside every mix; not for forms
   * that are not linear.
   */
  public S offHull() {
    return offHull(0);
  }

  /** The same with so strong a ridge, in answers; 0: that of the lowest validation loss. */
  public S offHull(double ridge) {
    Checks.notNegative("ridge", ridge);
    return like(settings().with(OwnTaste.RIDGE, ridge), loss(), embedder());
  }

  @Override
  public BasisModel fit(Preferences train, Preferences validation) {
    return settings().has(OwnTaste.RIDGE)
        ? OwnTaste.fit(this, train, validation)
        : super.fit(train, validation);
  }

  @Override
  public double userSpread() {
    return 1 / Math.sqrt(settings().get(DIMENSION));
  }

  @Override
  public boolean carriesIdentities(TrainingSet data) {
    return switch (settings().get(IDENTITY)) {
      case "yes" -> true;
      case "no" -> data.entries.dimension() == 0;
      default -> super.carriesIdentities(data);
    };
  }

  @Override
  protected boolean identitiesAreOpen() {
    return IDENTITY.initial().equals(settings().get(IDENTITY));
  }

  @Override
  public ModelSpec everybody() {
    return Population.spec();
  }
}
