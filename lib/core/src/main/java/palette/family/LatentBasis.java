package palette.family;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import palette.fit.Basis;
import palette.fit.FitSpec;
import palette.fit.Fitted;
import palette.fit.Inputs;
import palette.fit.ItemRewards;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.fit.Sizes;
import palette.reward.Settings;
import palette.reward.Space;

/**
 * What PAL-A and PAL-B have in common: items are points u = f(x) + e of a latent space of d
 * dimensions, and a prototype's reward is how near its own point lies.
 */
abstract class LatentBasis implements Basis {
  final Settings settings;
  final Maps maps;

  LatentBasis(Settings settings) {
    this.settings = settings;
    this.maps = new Maps(settings);
  }

  @Override
  public final String name() {
    return settings.has(OwnTaste.RIDGE) ? paper() + " off hull" : paper();
  }

  /** The papers' name. */
  abstract String paper();

  @Override
  public final Space space() {
    return settings.has(OwnTaste.RIDGE) ? Space.mixAnd(prototypes(), dimension()) : Space.SIMPLEX;
  }

  final int dimension() {
    return settings.get(PalSpec.DIMENSION);
  }

  final int prototypes() {
    return settings.get(FitSpec.PROTOTYPES);
  }

  @Override
  public final List<Parameter.Start> start(Sizes n) {
    var start = new ArrayList<Parameter.Start>();
    if (n.inputs() > 0) start.addAll(maps.startItems(n.inputs()));
    start.addAll(startPrototypes(n));
    if (carriesIdentities(n)) start.add(n.ownNumbers(near(), dimension()));
    start.addAll(startScale());
    if (settings.has(OwnTaste.RIDGE)) start.addAll(OwnTaste.start(n.users(), dimension()));
    return start;
  }

  abstract List<Parameter.Start> startPrototypes(Sizes n);

  List<Parameter.Start> startScale() {
    return List.of();
  }

  // A file may hold none, or some, against what its options say: so these are asked again.
  static boolean carriesIdentities(Sizes n) {
    return switch (n.get(PalSpec.IDENTITY)) {
      case "yes" -> true;
      case "no" -> n.inputs() == 0;
      default -> n.identities() || n.inputs() == 0;
    };
  }

  /**
   * How near to 0 prototypes begin, and items known by id only: what drawn places say would have to
   * be unlearned, which takes most of a fit in few dimensions.
   */
  final double near() {
    return 0.1 / Math.sqrt(dimension());
  }

  /** u = f(x) + e, [n][d]. */
  final NDArray points(Parameters p, Inputs x) {
    return x.items(v -> points(p, x, v));
  }

  /** The same of the distinct items, [m][d]. */
  final NDArray points(Parameters p, Inputs x, NDArray v) {
    NDArray u = v == null ? null : maps.items(p, v, h -> drop(x, h));
    return x.eachPlusOwn(u, p.get(Parameter.IDENTITY));
  }

  final NDArray drop(Inputs x, NDArray hidden) {
    return x.drop(hidden, settings.get(PalSpec.DROPOUT));
  }

  // --------------------------------------------------------------------- a fitted model at work

  /** The numbers of a fitted model. */
  abstract LatentModel fitted(Fitted fitted);

  @Override
  public final ItemRewards at(Fitted fitted, ItemRewards.Scene scene) {
    return new PointRewards(fitted(fitted), scene);
  }
}
