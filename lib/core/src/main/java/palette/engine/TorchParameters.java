package palette.engine;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Parameters in libtorch's memory and their Adams, where {@link HeapParameters} has them on the
 * heap. The arrays are the manager's that made them.
 */
public final class TorchParameters {
  public final Map<String, NDArray> values = new LinkedHashMap<>();
  public final Map<String, TorchAdam> adams = new LinkedHashMap<>(); // of those that learn

  /**
   * One more parameter.
   *
   * @param group how it is learned; null: it stays as it is
   * @param threads of its Adam
   */
  public void add(String name, NDArray array, AdamGroup group, int threads) {
    values.put(name, array);
    if (group != null) adams.put(name, new TorchAdam(array, group, threads));
  }

  /** One step of Adam for each by the sum of some gradients, shared by a team. */
  public void step(ThreadTeam team, Function<String, List<NDArray>> gradients) {
    var steps = new ArrayList<TorchAdam.Step>();
    adams.forEach((name, adam) -> steps.add(adam.begin(gradients.apply(name))));
    team.each(t -> steps.forEach(step -> step.part(t, team.size())));
  }

  /** The Adams, and with them the values that learn. */
  public void state(Snapshot state) {
    adams.values().forEach(adam -> adam.state(state));
  }

  /** A copy by name. */
  public Map<String, Tensor> tensors() {
    var copy = new LinkedHashMap<String, Tensor>();
    values.forEach((name, array) -> copy.put(name, Torch.read(array)));
    return copy;
  }
}
