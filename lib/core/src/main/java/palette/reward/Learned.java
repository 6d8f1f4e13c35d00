package palette.reward;

import java.util.LinkedHashMap;
import java.util.Map;
import palette.engine.PlainAdam;
import palette.engine.Tensor;

/** Parameters in double precision, the gradients that are summed by hand, and their Adams. */
final class Learned {
  final Map<String, double[]> values = new LinkedHashMap<>();
  final Map<String, double[]> gradients = new LinkedHashMap<>();
  private final Map<String, PlainAdam> adams = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  Learned(Map<String, Tensor> start, PalGroups groups) {
    start.forEach(
        (name, tensor) -> {
          int size = tensor.values().length;
          values.put(name, tensor.doubles());
          gradients.put(name, new double[size]);
          adams.put(name, new PlainAdam(size, groups.of(name)));
          shapes.put(name, tensor.shape());
        });
  }

  /** One step of Adam for each; the gradients are zero again. */
  void step() {
    values.forEach((name, array) -> adams.get(name).step(array, gradients.get(name)));
  }

  /** A copy by name. */
  Map<String, Tensor> tensors() {
    var copy = new LinkedHashMap<String, Tensor>();
    values.forEach((name, array) -> copy.put(name, Tensor.of(array, shapes.get(name))));
    return copy;
  }
}
