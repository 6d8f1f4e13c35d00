package palette.reward;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import palette.engine.Torch;
import palette.reward.GraphObjective.Context;

/** The margins of PAL-A and PAL-B as tensors, the plain path that everything else must equal. */
final class PalMargins {
  private static final double TINY = 1e-24;

  private PalMargins() {}

  /** PAL-A: reward(x) = -distance(f(x), a). */
  static GraphObjective.Margins a(Settings settings) {
    var maps = new Maps(settings);
    var distance = settings.option("distance", Distance.class);
    var placement = settings.option("placement", Placement.class);
    return (batch, context) -> {
      NDArray u = items(maps, batch, context);
      NDArray chosen = Torch.rows(u, batch.chosen());
      NDArray rejected = Torch.rows(u, batch.rejected());
      NDArray a = idealPoints(maps, placement, batch, context);
      return distance(distance, rejected, a).sub(distance(distance, chosen, a));
    };
  }

  private static NDArray items(Maps maps, Batch batch, Context context) {
    var p = context.parameters;
    NDArray u = context.hasVectors() ? maps.items(p, context.entries(batch), context::drop) : null;
    if (!p.containsKey("items.identity")) return u;
    NDArray own = context.identities(batch);
    return u == null ? own : u.add(own);
  }

  private static NDArray idealPoints(Maps maps, Placement placement, Batch batch, Context context) {
    NDArray w = context.weights(batch);
    NDArray latent = context.parameters.get("prototypes.latent");
    if (latent != null) return w.matMul(latent);
    NDArray p = context.parameter("prototypes");
    return placement == Placement.MIXED_THEN_MAPPED
        ? maps.items(context.parameters, w.matMul(p), context::drop)
        : w.matMul(maps.items(context.parameters, p, context::drop));
  }

  private static NDArray distance(Distance distance, NDArray u, NDArray a) {
    int[] last = {1};
    return switch (distance) {
      case SQUARED -> u.sub(a).square().sum(last);
      case PLAIN -> u.sub(a).square().sum(last).add(TINY).sqrt();
      case COSINE -> Torch.unit(u).mul(Torch.unit(a)).sum(last).neg();
    };
  }

  /**
   * PAL-B: reward(x; c) = scale * y . z(c) / |y| with y = f(x). Dividing numbers by lengths, rather
   * than vectors, spares several passes over all vectors, forward and backward. Products and sums
   * take a third of the time of many small matrix products, and squares half of the norm's.
   */
  static GraphObjective.Margins b(Settings settings) {
    var maps = new Maps(settings);
    boolean normalised = settings.flag("normalisedMixture");
    return (batch, context) -> {
      NDArray y = items(maps, batch, context);
      NDArray z = mixed(maps, batch, context, normalised);
      long n = z.getShape().get(0);
      NDArray lengths = lengths(y);
      if (!batch.inOrder()) {
        y = Torch.rows(y, batch.sides());
        lengths = Torch.rows(lengths, batch.sides());
      }
      NDArray dots = y.reshape(n, 2, -1).mul(z.expandDims(1)).sum(new int[] {2});
      NDArray cosines = dots.div(lengths.reshape(n, 2));
      NDArray gap = cosines.get(":, 0").sub(cosines.get(":, 1"));
      return gap.mul(scale(context.parameters));
    };
  }

  /** The lengths of the vectors along the last axis, which stays with size 1. */
  private static NDArray lengths(NDArray vectors) {
    int last = vectors.getShape().dimension() - 1;
    return vectors.square().sum(new int[] {last}, true).add(TINY).sqrt();
  }

  /** min(exp(s), 100). */
  static NDArray scale(Map<String, NDArray> parameters) {
    NDArray scale = parameters.get("scale").exp();
    return scale.minimum(Torch.number(scale, 100));
  }

  /** z = sum_k w_k g_k(c) / |g_k(c)|, shape [n][d]. */
  private static NDArray mixed(Maps maps, Batch batch, Context context, boolean normalised) {
    NDArray w = context.weights(batch);
    NDArray constant = context.parameters.get("prototypes.latent");
    if (constant != null) {
      NDArray z = w.matMul(normalised ? constant : Torch.unit(constant));
      return normalised ? Torch.unit(z) : z;
    }
    NDArray g = maps.heads(context.parameters, context.prompts(batch), context::drop);
    NDArray lengths = normalised ? null : lengths(g);
    long n = batch.user().getShape().get(0);
    long k = g.getShape().get(1);
    long d = g.getShape().get(2);
    boolean shared = g.getShape().get(0) < n; // else every row has its own prompt, in order
    if (shared) {
      g = Torch.rows(g.reshape(-1, k * d), batch.asked()).reshape(n, k, d);
      if (!normalised) lengths = Torch.rows(lengths.reshape(-1, k), batch.asked());
    }
    NDArray share = normalised ? w : w.div(lengths.reshape(n, k));
    NDArray z = g.mul(share.expandDims(2)).sum(new int[] {1});
    return normalised ? Torch.unit(z) : z;
  }
}
