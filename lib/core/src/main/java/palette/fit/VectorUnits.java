package palette.fit;

import java.util.Arrays;
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
 *
 * <p>Where items share more than two fifths of their vectors (the mean product of two different
 * items, over the mean square of one), their mean is taken away first, and saved as well; what is
 * left is then from .375 to 1.5 long. bge's and e5's vectors all point one way; MiniLM's share a
 * fifth and stay as they are, and so do vectors of less than 32 numbers: they are coordinates,
 * whose origin somebody chose. Prompts keep their mean: it may say what holds before any prompt.
 *
 * @param center what the training items share, in the data's own unit, [D]; null: nothing
 */
public record VectorUnits(float items, float prompts, float[] center) {
  private static final double SHORTEST = 0.75;
  private static final double LEFT = SHORTEST / 2; // so that bge's and e5's .45 to .7 stay
  private static final int MOST = 60; // 4^60: what a float holds
  private static final double SHARED = 0.4;
  private static final int FEWEST = 32; // numbers; fewer are coordinates, and have an origin
  private static final Parameter ITEMS = Parameter.scale("items.unit");
  private static final Parameter PROMPTS = Parameter.scale("prompts.unit");
  private static final Parameter CENTER = Parameter.scale("items.center");

  /**
   * Units of all that answers could be about, since a split of them has the same; what is shared is
   * that of the items in training.
   */
  public static VectorUnits of(Preferences answers, Catalog known) {
    float[] center = center(known);
    return new VectorUnits(of(answers.items(), center), of(answers.prompts(), null), center);
  }

  /** Those that a model was learned in. */
  static VectorUnits of(Map<String, Tensor> parameters) {
    var center = CENTER.of(parameters);
    float[] shared = center == null ? null : center.values();
    return new VectorUnits(of(ITEMS.of(parameters)), of(PROMPTS.of(parameters)), shared);
  }

  private static float of(Tensor unit) {
    return unit == null ? 1 : unit.values()[0];
  }

  private static float of(Catalog catalog, float[] center) {
    double square = 0;
    for (int i = 0; catalog.hasVectors() && i < catalog.size(); i++) {
      for (float v : scaled(catalog.vector(i), center, 1)) square += v * (double) v;
    }
    if (square == 0) return 1;
    double length = Math.sqrt(square / catalog.size());
    double k = Math.floor(Math.log(length / (center == null ? SHORTEST : LEFT)) / Math.log(4));
    return Math.scalb(1f, 2 * (int) Math.max(-MOST, Math.min(MOST, k)));
  }

  private static float[] center(Catalog items) {
    if (items.dimension() < FEWEST) return null;
    double[] sum = new double[items.dimension()];
    double squares = 0;
    for (int i = 0; i < items.size(); i++) {
      float[] vector = items.vector(i);
      for (int c = 0; c < sum.length; c++) {
        sum[c] += vector[c];
        squares += vector[c] * (double) vector[c];
      }
    }
    double products = Arrays.stream(sum).map(v -> v * v).sum() - squares; // n (n - 1) of them
    if (products <= SHARED * squares * (items.size() - 1)) return null;
    float[] center = new float[sum.length];
    for (int c = 0; c < center.length; c++) center[c] = (float) (sum[c] / items.size());
    return center;
  }

  /** Keeps them beside what was learned. */
  public void addTo(Map<String, Tensor> parameters) {
    if (items != 1) parameters.put(ITEMS.name(), Tensor.of(new double[] {items}, 1));
    if (prompts != 1) parameters.put(PROMPTS.name(), Tensor.of(new double[] {prompts}, 1));
    if (center != null)
      parameters.put(CENTER.name(), new Tensor(new long[] {center.length}, center));
  }

  /** The shapes of those that a saved model has, of items with so many numbers. */
  static void addTo(Map<String, long[]> shapes, Set<String> saved, int inputs) {
    for (var unit : new Parameter[] {ITEMS, PROMPTS}) {
      if (saved.contains(unit.name())) shapes.put(unit.name(), new long[] {1});
    }
    if (saved.contains(CENTER.name())) shapes.put(CENTER.name(), new long[] {inputs});
  }

  /** An item's vector as a model sees it. */
  public float[] item(float[] vector) {
    return scaled(vector, center, items);
  }

  /** A prompt's vector as a model sees it. */
  float[] prompt(float[] vector) {
    return scaled(vector, null, prompts);
  }

  // Never in its place: an embedder of one's own may hand out the same vector twice.
  private static float[] scaled(float[] vector, float[] center, float unit) {
    if (center == null && unit == 1) return vector;
    float[] scaled = vector.clone();
    for (int c = 0; c < scaled.length; c++) {
      if (center != null) scaled[c] -= center[c];
      scaled[c] /= unit;
    }
    return scaled;
  }
}
