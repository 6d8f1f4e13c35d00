package palette.fit;

import java.util.Map;
import java.util.Set;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.engine.Tensor;

/**
 * What the vectors of items and of prompts are divided by before anything is learned of them, for
 * starts and rates are made for vectors about 1 long: 4^k such that the root of their mean squared
 * length is then from .75 to 3. So texts' embeddings, 1 long, and up to 8 random numbers stay as
 * they are; and as division by a power of two changes no digit, vectors 1,024 times as long give a
 * model of the same bits. A unit other than 1 is saved with the model's parameters.
 */
public record VectorUnits(float items, float prompts) {
  private static final double SHORTEST = 0.75;
  private static final int MOST = 60; // 4^60: what a float holds
  private static final Parameter ITEMS = Parameter.scale("items.unit");
  private static final Parameter PROMPTS = Parameter.scale("prompts.unit");

  /** Those of all that answers could be about: a split of them has the same. */
  public static VectorUnits of(Preferences answers) {
    return new VectorUnits(of(answers.items()), of(answers.prompts()));
  }

  /** Those that a model was learned in. */
  static VectorUnits of(Map<String, Tensor> parameters) {
    return new VectorUnits(of(ITEMS.of(parameters)), of(PROMPTS.of(parameters)));
  }

  private static float of(Tensor unit) {
    return unit == null ? 1 : unit.values()[0];
  }

  private static float of(Catalog catalog) {
    double square = 0;
    for (int i = 0; catalog.hasVectors() && i < catalog.size(); i++) {
      for (float v : catalog.vector(i)) square += v * (double) v;
    }
    if (square == 0) return 1;
    double length = Math.sqrt(square / catalog.size());
    double k = Math.floor(Math.log(length / SHORTEST) / Math.log(4));
    return Math.scalb(1f, 2 * (int) Math.max(-MOST, Math.min(MOST, k)));
  }

  /** Keeps them beside what was learned. */
  public void addTo(Map<String, Tensor> parameters) {
    if (items != 1) parameters.put(ITEMS.name(), Tensor.of(new double[] {items}, 1));
    if (prompts != 1) parameters.put(PROMPTS.name(), Tensor.of(new double[] {prompts}, 1));
  }

  /** The shapes of those that a saved model has. */
  static void addTo(Map<String, long[]> shapes, Set<String> saved) {
    for (var unit : new Parameter[] {ITEMS, PROMPTS}) {
      if (saved.contains(unit.name())) shapes.put(unit.name(), new long[] {1});
    }
  }

  /** An entry's vector in a unit. */
  public static float[] vector(Catalog catalog, int entry, float unit) {
    return in(unit, catalog.vector(entry));
  }

  /** Divides a vector in its place. */
  static float[] in(float unit, float[] vector) {
    for (int c = 0; unit != 1 && c < vector.length; c++) vector[c] /= unit;
    return vector;
  }
}
