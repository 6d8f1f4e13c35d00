package palette.family;

import ai.djl.ndarray.NDArray;
import palette.engine.Torch;
import palette.family.fast.PalParameters;
import palette.fit.Batch;
import palette.fit.GraphObjective;
import palette.fit.GraphObjective.Context;
import palette.fit.Parameters;

/** The papers' and their code's forms that are not linear in a user's weights, as tensors. */
final class ReferenceMargins {
  private ReferenceMargins() {}

  /** PAL-A: reward(x) = -distance(f(x), a). */
  static GraphObjective.Margins a(LatentBasis basis) {
    var distance = basis.settings.get(PalA.DISTANCE);
    return (batch, context) -> {
      NDArray u = basis.points(context.learned(), context.entries(batch));
      NDArray chosen = Torch.rows(u, batch.chosen());
      NDArray rejected = Torch.rows(u, batch.rejected());
      NDArray a = idealPoints(basis, batch, context);
      return distance(distance, rejected, a).sub(distance(distance, chosen, a));
    };
  }

  private static NDArray idealPoints(LatentBasis basis, Batch batch, Context context) {
    NDArray w = context.weights(batch);
    var p = context.learned();
    NDArray latent = p.get(PalParameters.LATENT);
    if (latent != null) return w.matMul(latent);
    NDArray prototypes = p.get(PalParameters.PROTOTYPES);
    return basis.settings.get(PalA.PLACEMENT) == Placement.MIXED_THEN_MAPPED
        ? map(basis, p, w.matMul(prototypes), context)
        : w.matMul(map(basis, p, prototypes, context));
  }

  private static NDArray map(LatentBasis basis, Parameters p, NDArray x, Context context) {
    double share = basis.settings.get(PalSpec.DROPOUT);
    return basis.maps.items(p, x, hidden -> context.drop(hidden, share));
  }

  private static NDArray distance(Distance distance, NDArray u, NDArray a) {
    int[] last = {1};
    return switch (distance) {
      case SQUARED -> u.sub(a).square().sum(last);
      case PLAIN -> Torch.lengths(u.sub(a)).reshape(-1);
      case COSINE -> Torch.unit(u).mul(Torch.unit(a)).sum(last).neg();
    };
  }

  /**
   * PAL-B: reward(x; c) = scale * cos(f(x), z(c)), z(c) = sum_k w_k g_k(c); numbers, not vectors,
   * are divided by lengths, which spares passes over all vectors.
   */
  static GraphObjective.Margins b(LatentBasis basis) {
    return (batch, context) -> {
      NDArray y = basis.points(context.learned(), context.entries(batch));
      NDArray z = Torch.unit(mixed(basis, batch, context));
      long n = z.getShape().get(0);
      NDArray lengths = Torch.lengths(y);
      if (!batch.inOrder()) {
        y = Torch.rows(y, batch.sides());
        lengths = Torch.rows(lengths, batch.sides());
      }
      NDArray dots = y.reshape(n, 2, -1).mul(z.expandDims(1)).sum(new int[] {2});
      NDArray cosines = dots.div(lengths.reshape(n, 2));
      NDArray gap = cosines.get(":, 0").sub(cosines.get(":, 1"));
      return gap.mul(DirectionBasis.scale(context.learned()));
    };
  }

  /** z = sum_k w_k g_k(c), shape [n][d]. */
  private static NDArray mixed(LatentBasis basis, Batch batch, Context context) {
    NDArray w = context.weights(batch);
    var p = context.learned();
    NDArray constant = p.get(PalParameters.LATENT);
    if (constant != null) return w.matMul(constant);
    double share = basis.settings.get(PalSpec.DROPOUT);
    NDArray g = basis.maps.heads(p, context.prompts(batch), h -> context.drop(h, share));
    long n = batch.weight().length;
    long k = g.getShape().get(1);
    long d = g.getShape().get(2);
    boolean shared = g.getShape().get(0) < n; // else every row has its own prompt, in order
    if (shared) g = Torch.rows(g.reshape(-1, k * d), batch.asked()).reshape(n, k, d);
    return g.mul(w.expandDims(2)).sum(new int[] {1});
  }
}
