package palette.family.fast;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.engine.Tensor;

/** The parameters of K heads, side by side as they are saved and one by one as they are trained. */
final class Heads {
  private Heads() {}

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
}
