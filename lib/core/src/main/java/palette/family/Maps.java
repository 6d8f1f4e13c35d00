package palette.family;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import palette.engine.Torch;
import palette.family.fast.PalParameters;
import palette.fit.FitSpec;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.reward.Settings;

/**
 * The learned maps in tensors: f, and the K heads g_k side by side. Parameters are found by name,
 * so that training and inference share these lines.
 *
 * <pre>
 * f      linear: f.weight [d][D]           MLP: f.1.weight [H][D], f.1.bias, f.2.weight [d][H], f.2.bias
 * heads  linear: heads.weight [K*d][D]     MLP: heads.1.weight [K*H][D], heads.1.bias,
 *                                               heads.2.weight [K][H][d], heads.2.bias [K][1][d]
 * </pre>
 */
final class Maps {
  /** The form of a learned map. */
  enum Kind {
    /** x -> A x, no bias. */
    LINEAR,
    /** x -> B s(A x + a) + b with an activation s: two layers. */
    MLP,
    /** x -> x + MLP(x); the latent space has the size of the input. */
    RESIDUAL
  }

  static final Parameter F1 = Parameter.map("f.1.weight");
  static final Parameter F1_BIAS = Parameter.map("f.1.bias");
  static final Parameter F2 = Parameter.map("f.2.weight");
  static final Parameter F2_BIAS = Parameter.map("f.2.bias");
  static final Parameter HEADS = Parameter.map("heads.weight");
  static final Parameter HEADS1 = Parameter.map("heads.1.weight");
  static final Parameter HEADS1_BIAS = Parameter.map("heads.1.bias");
  static final Parameter HEADS2 = Parameter.map("heads.2.weight");
  static final Parameter HEADS2_BIAS = Parameter.map("heads.2.bias");

  private final Kind kind;
  private final Activation activation;
  private final int hidden;
  private final int dimension;
  private final int prototypes;

  Maps(Settings settings) {
    kind = settings.get(PalSpec.MAP);
    activation = settings.get(PalSpec.ACTIVATION);
    hidden = settings.get(PalSpec.HIDDEN);
    dimension = settings.get(PalSpec.DIMENSION);
    prototypes = settings.get(FitSpec.PROTOTYPES);
  }

  // ------------------------------------------------------------------------------------- start

  /** f at the start: N(0, 1/d) where it is linear, torch's uniform start for layers otherwise. */
  List<Parameter.Start> startItems(int inputs) {
    if (kind == Kind.LINEAR) {
      return List.of(PalParameters.F.normal(1 / Math.sqrt(dimension), dimension, inputs));
    }
    return List.of(
        F1.uniform(bound(inputs), hidden, inputs),
        F1_BIAS.uniform(bound(inputs), hidden),
        F2.uniform(bound(hidden), dimension, hidden),
        F2_BIAS.uniform(bound(hidden), dimension));
  }

  /** The heads at the start, each like f. */
  List<Parameter.Start> startHeads(int inputs) {
    long k = prototypes;
    if (kind == Kind.LINEAR) {
      return List.of(HEADS.normal(1 / Math.sqrt(dimension), k * dimension, inputs));
    }
    return List.of(
        HEADS1.uniform(bound(inputs), k * hidden, inputs),
        HEADS1_BIAS.uniform(bound(inputs), k * hidden),
        HEADS2.uniform(bound(hidden), k, hidden, dimension),
        HEADS2_BIAS.uniform(bound(hidden), k, 1, dimension));
  }

  /** 1 / sqrt(in). */
  private static double bound(int inputs) {
    return 1 / Math.sqrt(inputs);
  }

  /** Whether a model's f is among these. */
  static boolean mapsItems(Map<String, ?> parameters) {
    return PalParameters.F.of(parameters) != null || F1.of(parameters) != null;
  }

  // ----------------------------------------------------------------------------------- forward

  /** f(x), shape [n][D] to [n][d]; {@code drop} silences hidden units while training. */
  NDArray items(Parameters p, NDArray x, UnaryOperator<NDArray> drop) {
    if (kind == Kind.LINEAR) return p.products().product(x, p.get(PalParameters.F).transpose());
    NDArray inside = p.products().linear(x, p.get(F1), p.get(F1_BIAS));
    NDArray h = drop.apply(activated(inside));
    NDArray y = p.products().linear(h, p.get(F2), p.get(F2_BIAS));
    return kind == Kind.RESIDUAL ? x.add(y) : y;
  }

  /** All g_k(c), shape [n][D] to [n][K][d]. */
  NDArray heads(Parameters p, NDArray c, UnaryOperator<NDArray> drop) {
    long n = c.getShape().get(0);
    if (kind == Kind.LINEAR) {
      NDArray all = p.products().product(c, p.get(HEADS).transpose());
      return all.reshape(n, prototypes, dimension);
    }
    NDArray inside = p.products().linear(c, p.get(HEADS1), p.get(HEADS1_BIAS));
    NDArray h = drop.apply(activated(inside)).reshape(n, prototypes, hidden).transpose(1, 0, 2);
    NDArray g = p.products().product(h, p.get(HEADS2));
    return g.add(p.get(HEADS2_BIAS)).transpose(1, 0, 2);
  }

  private NDArray activated(NDArray inside) {
    return activation == Activation.GELU ? Torch.gelu(inside) : Torch.relu(inside);
  }
}
