package palette.family;

import ai.djl.ndarray.NDArray;
import java.util.List;
import palette.engine.HeapParameters;
import palette.family.fast.LinearRewards;
import palette.family.fast.PalParameters;
import palette.fit.BasisObjective;
import palette.fit.FitSpec;
import palette.fit.Fitted;
import palette.fit.Inputs;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.fit.Plan;
import palette.fit.Sizes;
import palette.fit.Task;
import palette.reward.Settings;
import palette.support.InputException;

/**
 * PAL-A as a basis. Since |a|^2 stands on both sides of a pair, -|u - a|^2 with a = sum_k w_k q_k
 * has the margins of
 *
 * <pre>R_k = 2 u.q_k - |u|^2,   q_k = f(p_k), or q_k itself where prototypes are latent</pre>
 *
 * The papers' other distances, and prototypes that are mixed before they are mapped, are not linear
 * in w: {@link ReferenceMargins}.
 */
final class IdealPointBasis extends LatentBasis {
  // Multiplications of a step, each way. On a CPU they take .3 ms at most (the toy of BENCHMARKS);
  // a graph launches some sixty operations a step. Estimated: no GPU was at hand.
  private static final long SMALL = 1 << 20;

  IdealPointBasis(Settings settings) {
    super(settings);
  }

  @Override
  String paper() {
    return "PAL-A";
  }

  @Override
  public boolean joint() {
    return true;
  }

  private Placement placement() {
    return settings.get(PalA.PLACEMENT);
  }

  @Override
  List<Parameter.Start> startPrototypes(Sizes n) {
    requireResidualFits(n.inputs());
    boolean latent = n.inputs() == 0 || placement() == Placement.LATENT;
    return List.of(
        latent
            ? PalParameters.LATENT.normal(near(), prototypes(), dimension())
            : PalParameters.PROTOTYPES.normal(near(), prototypes(), n.inputs()));
  }

  private void requireResidualFits(int inputs) {
    boolean residual = inputs > 0 && settings.get(PalSpec.MAP) == Maps.Kind.RESIDUAL;
    if (!residual || inputs == dimension()) return;
    throw new InputException(
        "residual f",
        "a dimension of " + inputs + ", as the vectors have",
        "" + dimension(),
        "Say .dimension(" + inputs + "), or .mlp(hidden) for another one.");
  }

  @Override
  public NDArray rewards(Parameters p, Inputs x) {
    NDArray u = points(p, x);
    NDArray squares = u.square().sum(new int[] {1}, true);
    NDArray dots = u.matMul(prototypes(p, x).transpose());
    return dots.add(dots).sub(squares);
  }

  /** q, [K][d]. */
  private NDArray prototypes(Parameters p, Inputs x) {
    NDArray latent = p.get(PalParameters.LATENT);
    return latent != null
        ? latent
        : maps.items(p, p.get(PalParameters.PROTOTYPES), h -> drop(x, h));
  }

  @Override
  public boolean linear() {
    boolean apart =
        placement() != Placement.MIXED_THEN_MAPPED || settings.get(PalSpec.MAP) == Maps.Kind.LINEAR;
    return apart && settings.get(PalA.DISTANCE) == Distance.SQUARED;
  }

  @Override
  public Plan plan(Task task) {
    if (!linear()) return Plan.graph(task, "not linear in the weights", ReferenceMargins.a(this));
    boolean loops = settings.get(PalSpec.MAP) == Maps.Kind.LINEAR;
    boolean gpu = task.device().isGpu();
    if (!loops || gpu && !isSmall(task)) return Plan.general(task);
    BasisObjective.Opening byHand =
        (t, start, seed) ->
            new LinearRewards(t, dimension(), new HeapParameters(start, t.groups()::of));
    return new Plan(
        "linear map by hand",
        LinearRewards.reason(task) + (gpu ? ", on the CPU, since a step is small" : ""),
        (start, seed) -> BasisObjective.of(task, false, start, seed, byHand));
  }

  /** Whether "auto" leaves a GPU aside, whose launches alone would take longer than such a step. */
  private boolean isSmall(Task task) {
    boolean asked = settings.get(FitSpec.DEVICE).equals("gpu");
    return !asked && task.placesAStep() * task.sizes().inputs() * dimension() <= SMALL;
  }

  @Override
  LatentModel fitted(Fitted fitted) {
    return new IdealPointModel(fitted);
  }
}
