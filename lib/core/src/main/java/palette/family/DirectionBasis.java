package palette.family;

import ai.djl.ndarray.NDArray;
import java.util.List;
import palette.engine.Torch;
import palette.family.fast.PalParameters;
import palette.fit.Fitted;
import palette.fit.Inputs;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.fit.Plan;
import palette.fit.Sizes;
import palette.fit.Task;
import palette.reward.Settings;

/**
 * PAL-B as a basis, with heads on the unit sphere:
 *
 * <pre>R_k = s cos(f(x), g_k(c)),   s = min(exp(scale), 100)</pre>
 *
 * The reference code's form, with a mixture that is scaled to length 1, is not linear in w: {@link
 * ReferenceMargins}.
 */
final class DirectionBasis extends LatentBasis {
  DirectionBasis(Settings settings) {
    super(settings);
  }

  @Override
  String paper() {
    return "PAL-B";
  }

  @Override
  List<Parameter.Start> startPrototypes(Sizes n) {
    return n.prompts() > 0
        ? maps.startHeads(n.promptInputs())
        : List.of(PalParameters.LATENT.normal(near(), prototypes(), dimension()));
  }

  @Override
  List<Parameter.Start> startScale() {
    return List.of(PalParameters.SCALE.value(Math.log(1 / 0.07)));
  }

  @Override
  public NDArray rewards(Parameters p, Inputs x) {
    return cosines(p, x).mul(scale(p));
  }

  private NDArray cosines(Parameters p, Inputs x) {
    NDArray constant = p.get(PalParameters.LATENT);
    return constant == null
        ? x.cosines(v -> points(p, x, v), c -> maps.heads(p, c, h -> drop(x, h)))
        : Torch.unit(points(p, x)).matMul(Torch.unit(constant).transpose());
  }

  /** s. */
  static NDArray scale(Parameters p) {
    NDArray scale = p.get(PalParameters.SCALE).exp();
    return scale.minimum(Torch.number(scale, PalParameters.LARGEST_SCALE));
  }

  @Override
  public boolean linear() {
    return !settings.get(PalB.NORMALISED);
  }

  @Override
  public Plan plan(Task task) {
    if (!linear()) return Plan.graph(task, "not linear in the weights", ReferenceMargins.b(this));
    return Plan.general(task);
  }

  @Override
  LatentModel fitted(Fitted fitted) {
    return new DirectionModel(fitted);
  }
}
