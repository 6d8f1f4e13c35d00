package palette.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.support.Seeds;

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
  private final MapKind kind;
  private final Activation activation;
  private final int hidden;
  private final int dimension;
  private final int prototypes;

  Maps(Settings settings) {
    kind = settings.option("map", MapKind.class);
    activation = settings.option("activation", Activation.class);
    hidden = settings.integer("hidden");
    dimension = settings.integer("dimension");
    prototypes = settings.integer("prototypes");
  }

  // ------------------------------------------------------------------------------------- start

  /** f at the start: N(0, 1/d) where it is linear, torch's uniform start for layers otherwise. */
  void startItems(Map<String, Tensor> into, int inputs, SplittableRandom random) {
    if (kind == MapKind.LINEAR) {
      double deviation = 1 / Math.sqrt(dimension);
      into.put(
          "f.weight",
          Tensor.of(Seeds.normal(dimension * inputs, deviation, random), dimension, inputs));
      return;
    }
    into.put("f.1.weight", layer(random, inputs, hidden, inputs));
    into.put("f.1.bias", layer(random, inputs, hidden));
    into.put("f.2.weight", layer(random, hidden, dimension, hidden));
    into.put("f.2.bias", layer(random, hidden, dimension));
  }

  /** The heads at the start, each like f. */
  void startHeads(Map<String, Tensor> into, int inputs, SplittableRandom random) {
    int k = prototypes;
    if (kind == MapKind.LINEAR) {
      double deviation = 1 / Math.sqrt(dimension);
      double[] values = Seeds.normal(k * dimension * inputs, deviation, random);
      into.put("heads.weight", Tensor.of(values, (long) k * dimension, inputs));
      return;
    }
    into.put("heads.1.weight", layer(random, inputs, (long) k * hidden, inputs));
    into.put("heads.1.bias", layer(random, inputs, (long) k * hidden));
    into.put("heads.2.weight", layer(random, hidden, k, hidden, dimension));
    into.put("heads.2.bias", layer(random, hidden, k, 1, dimension));
  }

  /** U(-1/sqrt(in), 1/sqrt(in)). */
  private static Tensor layer(SplittableRandom random, int inputs, long... shape) {
    double bound = 1 / Math.sqrt(inputs);
    double[] values = new double[Math.toIntExact(new Shape(shape).size())];
    for (int i = 0; i < values.length; i++) values[i] = random.nextDouble(-bound, bound);
    return Tensor.of(values, shape);
  }

  // ----------------------------------------------------------------------------------- forward

  /** f(x), shape [n][D] to [n][d]; {@code drop} silences hidden units while training. */
  NDArray items(Map<String, NDArray> p, NDArray x, UnaryOperator<NDArray> drop) {
    if (kind == MapKind.LINEAR) return x.matMul(p.get("f.weight").transpose());
    NDArray inside = Torch.linear(x, p.get("f.1.weight"), p.get("f.1.bias"));
    NDArray h = drop.apply(activated(inside));
    NDArray y = Torch.linear(h, p.get("f.2.weight"), p.get("f.2.bias"));
    return kind == MapKind.RESIDUAL ? x.add(y) : y;
  }

  /** All g_k(c), shape [n][D] to [n][K][d]. */
  NDArray heads(Map<String, NDArray> p, NDArray c, UnaryOperator<NDArray> drop) {
    long n = c.getShape().get(0);
    if (kind == MapKind.LINEAR) {
      return c.matMul(p.get("heads.weight").transpose()).reshape(n, prototypes, dimension);
    }
    NDArray inside = Torch.linear(c, p.get("heads.1.weight"), p.get("heads.1.bias"));
    NDArray h = drop.apply(activated(inside)).reshape(n, prototypes, hidden).transpose(1, 0, 2);
    NDArray g = Torch.bmm(h, p.get("heads.2.weight"));
    return g.add(p.get("heads.2.bias")).transpose(1, 0, 2);
  }

  /** One g_k(c) by its own part of the parameters, shape [n][D] to [n][d]. */
  NDArray head(Map<String, NDArray> p, NDArray c, UnaryOperator<NDArray> drop) {
    if (kind == MapKind.LINEAR) return c.matMul(p.get("heads.weight").transpose());
    NDArray inside = Torch.linear(c, p.get("heads.1.weight"), p.get("heads.1.bias"));
    NDArray h = drop.apply(activated(inside));
    return h.matMul(p.get("heads.2.weight")).add(p.get("heads.2.bias"));
  }

  /** The K heads' parameters apart: the k-th part of each array, by the same names. */
  static List<Map<String, Tensor>> apart(Map<String, Tensor> heads, int k) {
    var parts = new ArrayList<Map<String, Tensor>>();
    for (int i = 0; i < k; i++) {
      var part = new LinkedHashMap<String, Tensor>();
      int at = i;
      heads.forEach((name, all) -> part.put(name, part(all, at, k)));
      parts.add(part);
    }
    return parts;
  }

  private static Tensor part(Tensor all, int i, int k) {
    int size = all.values().length / k;
    long[] shape = all.shape().clone();
    shape[0] /= k;
    if (shape.length == 3) shape = Arrays.copyOfRange(shape, 1, 3);
    return new Tensor(shape, Arrays.copyOfRange(all.values(), i * size, (i + 1) * size));
  }

  /** What {@link #apart} took apart, in its shapes. */
  static Map<String, Tensor> together(List<Map<String, Tensor>> parts, Map<String, long[]> shapes) {
    var all = new LinkedHashMap<String, Tensor>();
    shapes.forEach(
        (name, shape) -> {
          float[] values = new float[Math.toIntExact(new Shape(shape).size())];
          int size = values.length / parts.size();
          for (int i = 0; i < parts.size(); i++) {
            System.arraycopy(parts.get(i).get(name).values(), 0, values, i * size, size);
          }
          all.put(name, new Tensor(shape, values));
        });
    return all;
  }

  /**
   * The learned offsets of some entries, [n][d]; zero rows for unknown items. {@code identity} has
   * the known item of each entry, or -1.
   */
  static NDArray offsets(NDArray table, int[] identity, int[] entries) {
    long[] rows = new long[entries.length];
    float[] known = new float[entries.length];
    for (int i = 0; i < rows.length; i++) {
      int item = identity[entries[i]];
      rows[i] = Math.max(0, item);
      known[i] = item < 0 ? 0 : 1;
    }
    NDManager here = table.getManager();
    NDArray mask = here.create(known, new Shape(known.length, 1));
    return Torch.rows(table, here.create(rows)).mul(mask.toType(table.getDataType(), false));
  }

  private NDArray activated(NDArray inside) {
    return activation == Activation.GELU ? Torch.gelu(inside) : Torch.relu(inside);
  }
}
