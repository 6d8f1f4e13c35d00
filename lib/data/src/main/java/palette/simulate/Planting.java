package palette.simulate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import palette.data.Catalog;
import palette.support.InputException;
import palette.support.Seeds;

/** Draws what is true in a world: items, the map, prototypes, who mixes them how. */
final class Planting {
  private static final int TRIES = 2000;
  private static final int RESTARTS = 50;

  private Planting() {}

  /** n items x ~ N(0, I/d). */
  static Catalog items(int n, int dimension, long seed) {
    var random = Seeds.stream(seed, "items");
    var ids = IntStream.range(0, n).mapToObj(i -> "item-" + i).toList();
    return Catalog.of(ids, ids.stream().map(i -> item(dimension, random)).toArray(float[][]::new));
  }

  /** One item x ~ N(0, I/d). */
  static float[] item(int dimension, SplittableRandom random) {
    float[] x = new float[dimension];
    for (int c = 0; c < dimension; c++) {
      x[c] = (float) (random.nextGaussian() / Math.sqrt(dimension));
    }
    return x;
  }

  /** The linear map f, d rows of D, entries N(0, 1/d) over {@code scale}: it keeps lengths. */
  static RealMatrix map(int dimension, int inputs, double scale, long seed) {
    var random = Seeds.stream(seed, "map");
    double[][] map = new double[dimension][];
    for (int r = 0; r < dimension; r++) {
      map[r] = Seeds.normal(inputs, 1 / (scale * Math.sqrt(dimension)), random);
    }
    return new Array2DRowRealMatrix(map, false);
  }

  /** The root mean square distance of the items from their mean. */
  static double scale(Catalog items) {
    double[] mean = new double[items.dimension()];
    double squares = 0;
    for (int i = 0; i < items.size(); i++) {
      float[] x = items.vector(i);
      for (int c = 0; c < x.length; c++) {
        mean[c] += x[c] / (double) items.size();
        squares += (double) x[c] * x[c] / items.size();
      }
    }
    for (double m : mean) squares -= m * m;
    if (squares <= 0) throw new InputException("items", "different vectors", "equal ones", "");
    return Math.sqrt(squares);
  }

  /** K prototypes p ~ N(0, I/d), drawn again until they are apart. */
  static double[][] prototypes(WorldSpec spec) {
    var random = Seeds.stream(spec.seed(), "prototypes");
    double deviation = 1 / Math.sqrt(spec.dimension());
    return apart(spec, () -> Seeds.normal(spec.dimension(), deviation, random), p -> p);
  }

  /** K items as prototypes, drawn again until they are apart in latent space. */
  static double[][] prototypesAmong(WorldSpec spec, RealMatrix map) {
    var random = Seeds.stream(spec.seed(), "prototypes");
    Catalog items = spec.pool();
    return apart(spec, () -> doubles(items.vector(random.nextInt(items.size()))), map::operate);
  }

  private static double[][] apart(
      WorldSpec spec, Supplier<double[]> draw, UnaryOperator<double[]> place) {
    for (int restart = 0; restart < RESTARTS; restart++) {
      double[][] found = oneByOne(spec, draw, place);
      if (found != null) return found;
    }
    throw new InputException(
        "world",
        spec.prototypes() + " prototypes at least " + spec.apart() + " apart",
        "no room for them in " + spec.dimension() + " dimensions",
        "Ask for fewer prototypes, more dimensions, or a smaller .apart(...).");
  }

  /** Null where the first prototypes leave no room for the next. */
  private static double[][] oneByOne(
      WorldSpec spec, Supplier<double[]> draw, UnaryOperator<double[]> place) {
    double[][] found = new double[spec.prototypes()][];
    double[][] places = new double[found.length][];
    int k = 0;
    for (int tried = 0; tried < TRIES && k < found.length; tried++) {
      found[k] = draw.get();
      places[k] = place.apply(found[k]);
      if (farFromAll(places, k, spec.apart())) k++;
    }
    return k == found.length ? found : null;
  }

  private static boolean farFromAll(double[][] places, int k, double apart) {
    for (int j = 0; j < k; j++) {
      if (squaredDistance(places[j], places[k]) < apart * apart) return false;
    }
    return true;
  }

  /** Weights of one more user: softmax(N(0, I)), or all on one prototype. */
  static double[] weights(WorldSpec spec, SplittableRandom random) {
    if (!spec.shares().isEmpty()) {
      return allOn(spec, random.nextDouble());
    }
    return softmax(Seeds.normal(spec.prototypes(), 1, random));
  }

  /** Weights of the users; with shares, the counts of followers come as close as they can. */
  static double[][] weights(WorldSpec spec) {
    var random = Seeds.stream(spec.seed(), "users");
    double[][] weights = new double[spec.users()][];
    int[] order = Seeds.permutation(spec.users(), random);
    for (int u = 0; u < weights.length; u++) {
      weights[u] =
          spec.shares().isEmpty()
              ? weights(spec, random)
              : allOn(spec, (order[u] + 0.5) / spec.users());
    }
    return weights;
  }

  /** All on the prototype at a point of [0, 1) cut up by the shares. */
  private static double[] allOn(WorldSpec spec, double point) {
    double left = point * spec.shares().stream().mapToDouble(s -> s).sum();
    int at = 0;
    for (int k = 0; k < spec.prototypes() && left >= 0; k++) {
      if (spec.shares().get(k) > 0) at = k;
      left -= spec.shares().get(k);
    }
    double[] weights = new double[spec.prototypes()];
    weights[at] = 1;
    return weights;
  }

  private static double[] softmax(double[] logits) {
    double most = Arrays.stream(logits).max().orElse(0);
    double[] w = Arrays.stream(logits).map(v -> Math.exp(v - most)).toArray();
    double sum = 0;
    for (double v : w) sum += v;
    for (int k = 0; k < w.length; k++) w[k] /= sum;
    return w;
  }

  // -------------------------------------------------------------------------------------- algebra

  static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(c -> values[c]).toArray();
  }

  static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) sum += (a[c] - b[c]) * (a[c] - b[c]);
    return sum;
  }
}
