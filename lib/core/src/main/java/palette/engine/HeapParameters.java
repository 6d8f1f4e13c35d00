package palette.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Parameters in double precision, the gradients that are summed by hand, and their Adams. */
public final class HeapParameters {
  public final Map<String, double[]> values = new LinkedHashMap<>();
  public final Map<String, double[]> gradients = new LinkedHashMap<>();
  private final Map<String, HeapAdam> adams = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  public HeapParameters(Map<String, Tensor> start, Function<String, AdamGroup> groups) {
    start.forEach(
        (name, tensor) -> {
          int size = tensor.values().length;
          values.put(name, tensor.doubles());
          gradients.put(name, new double[size]);
          adams.put(name, new HeapAdam(size, groups.apply(name)));
          shapes.put(name, tensor.shape());
        });
  }

  /** One step of Adam for each; the gradients are zero again. */
  public void step() {
    values.forEach((name, array) -> adams.get(name).step(array, gradients.get(name)));
  }

  /** Values and Adams. */
  public void state(Snapshot state) {
    values.values().forEach(state::numbers);
    adams.values().forEach(adam -> adam.state(state));
  }

  /** No step: the gradients are zero again. */
  public void forget() {
    gradients.values().forEach(gradient -> Arrays.fill(gradient, 0));
  }

  /** A copy by name. */
  public Map<String, Tensor> tensors() {
    var copy = new LinkedHashMap<String, Tensor>();
    values.forEach((name, array) -> copy.put(name, Tensor.of(array, shapes.get(name))));
    return copy;
  }
}
