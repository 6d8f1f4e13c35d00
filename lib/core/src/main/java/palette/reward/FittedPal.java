package palette.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import palette.data.Catalog;
import palette.engine.Tensor;
import palette.reward.PrototypeModel.Prior;
import palette.support.InputException;
import palette.support.Provenance;

/** Everything that a fit leaves behind and a saved model holds. */
record FittedPal(
    PalSpec<?> spec,
    Catalog users,
    Catalog items,
    Catalog prompts,
    Map<String, Tensor> parameters,
    Prior prior,
    double temperature,
    Population fallback,
    History history,
    Provenance provenance) {

  Settings settings() {
    return spec.settings;
  }

  FittedPal calibrated(Prior newPrior, double newTemperature, Population newFallback) {
    return new FittedPal(
        spec,
        users,
        items,
        prompts,
        parameters,
        newPrior,
        newTemperature,
        newFallback,
        history,
        provenance);
  }

  /** The training users' weights, shape [users][K]. */
  double[][] weights() {
    double[][] w = parameters.get("users.offset").rows();
    Tensor mean = parameters.get("users.mean");
    boolean partition = settings().flag("partition");
    for (double[] z : w) {
      for (int k = 0; mean != null && k < z.length; k++) z[k] += mean.values()[k];
      int best = Mixing.softmax(z, 1);
      if (!partition) continue;
      Arrays.fill(z, 0);
      z[best] = 1;
    }
    return w;
  }

  /** The parameters whose names begin like this. */
  Map<String, Tensor> startingWith(String prefix) {
    var some = new LinkedHashMap<String, Tensor>();
    parameters.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) some.put(name, tensor);
        });
    return some;
  }

  /** Adds the learned offsets of known items to their points. */
  void addIdentities(double[][] points, int[] identity) {
    Tensor offsets = parameters.get("items.identity");
    for (int i = 0; offsets != null && i < points.length; i++) {
      int d = points[i].length;
      for (int l = 0; identity[i] >= 0 && l < d; l++) {
        points[i][l] += offsets.values()[identity[i] * d + l];
      }
    }
  }

  /**
   * The vectors of the items that are wanted: a known id wins, then the catalog's, then the
   * embedder's. Those of the others are zero.
   */
  float[][] features(Catalog items, boolean[] wanted, Catalog known, String what) {
    float[][] rows = new float[items.size()][];
    float[] nothing = new float[known.dimension()];
    var toEmbed = new ArrayList<Integer>();
    for (int i = 0; i < rows.length; i++) {
      int k = wanted[i] ? known.indexOf(items.id(i)) : -1;
      if (!wanted[i]) rows[i] = nothing;
      else if (k >= 0) rows[i] = known.hasVectors() ? known.vector(k) : nothing;
      else if (!known.hasVectors() && known.size() > 0) rows[i] = nothing; // by id only: average
      else if (items.hasVectors()) rows[i] = fitting(items, i, known, what);
      else toEmbed.add(i);
    }
    if (toEmbed.isEmpty()) return rows;
    if (spec.embedder == null) throw noVector(items.id(toEmbed.get(0)), what);
    float[][] vectors = spec.embedder.embed(toEmbed.stream().map(items::text).toList());
    for (int i = 0; i < vectors.length; i++) rows[toEmbed.get(i)] = vectors[i];
    return rows;
  }

  private static float[] fitting(Catalog items, int i, Catalog known, String what) {
    if (items.dimension() == known.dimension()) return items.vector(i);
    throw new InputException(
        "vector of " + what + " '" + items.id(i) + "'",
        known.dimension() + " numbers, as in training",
        "" + items.dimension(),
        "Take the vectors from the same embedder.");
  }

  private static InputException noVector(String id, String what) {
    return new InputException(
        what + " '" + id + "'",
        "a known id, or a vector",
        "neither, and the model has no embedder",
        "Give vectors with Catalog.withVectors, or fit with .embedder(...).");
  }

  /** Positions among the known items, -1 for new ones. */
  int[] identities(Catalog wanted) {
    return wanted.ids().stream().mapToInt(items::indexOf).toArray();
  }
}
