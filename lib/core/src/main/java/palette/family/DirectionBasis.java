package palette.family;

import ai.djl.ndarray.NDArray;
import java.util.List;
import palette.engine.Torch;
import palette.family.fast.CosineRewards;
import palette.family.fast.PalParameters;
import palette.fit.BasisObjective;
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
        : List.of(PalParameters.LATENT.normal(deviation(), prototypes(), dimension()));
  }

  @Override
  List<Parameter.Start> startScale() {
    return List.of(PalParameters.SCALE.value(Math.log(1 / 0.07)));
  }

  @Override
  public NDArray rewards(Parameters p, Inputs x) {
    NDArray u = Torch.unit(points(p, x));
    return cosines(p, x, u).mul(scale(p));
  }

  private NDArray cosines(Parameters p, Inputs x, NDArray u) {
    NDArray constant = p.get(PalParameters.LATENT);
    if (constant != null) return u.matMul(Torch.unit(constant).transpose());
    NDArray heads = x.prompts(c -> Torch.unit(maps.heads(p, c, h -> drop(x, h))));
    return heads.mul(u.expandDims(1)).sum(new int[] {2});
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
    if (task.device().isGpu()) return Plan.general(task);
    BasisObjective.Opening opening =
        (t, start, seed) -> new CosineRewards(t, dimension(), dropout(), start, seed, forms());
    return new Plan(
        "a graph a map",
        "rows of f and the heads dealt out to " + task.threads() + " threads",
        (start, seed) -> BasisObjective.of(task, true, start, seed, opening));
  }

  private double dropout() {
    return settings.get(PalSpec.DROPOUT);
  }

  /** f and one head by itself, as the towers want them. */
  private CosineRewards.Forms forms() {
    return new CosineRewards.Forms() {
      @Override
      public NDArray items(Parameters p, NDArray x, Inputs.Dropout dropout) {
        return maps.items(p, x, h -> dropout.of(h, dropout()));
      }

      @Override
      public NDArray head(Parameters p, NDArray c, Inputs.Dropout dropout) {
        return maps.head(p, c, h -> dropout.of(h, dropout()));
      }
    };
  }

  @Override
  LatentModel fitted(Fitted fitted) {
    return new DirectionModel(fitted);
  }
}
