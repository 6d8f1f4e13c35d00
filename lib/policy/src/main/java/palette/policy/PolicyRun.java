package palette.policy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import palette.engine.Scope;
import palette.engine.Tensor;
import palette.engine.Torch;

/** A policy's numbers in libtorch's memory while it is asked; to be closed by the same thread. */
final class PolicyRun implements AutoCloseable {
  private static final int AT_ONCE = 256; // scripts

  private final Gpt shape;
  private final Scope scope = Torch.scope();
  private final NDManager manager = scope.manager(Device.cpu());
  private final Map<String, NDArray> arrays = new HashMap<>();

  PolicyRun(Policy policy) {
    Torch.threads(1); // its operations are small
    shape = policy.shape;
    policy.weights.forEach((name, tensor) -> arrays.put(name, Torch.create(manager, tensor)));
  }

  /** log P of each script's told part, in nats. */
  double[] logProbs(List<Script> scripts) {
    double[] all = new double[scripts.size()];
    for (int from = 0; from < all.length; from += AT_ONCE) {
      var some = scripts.subList(from, Math.min(all.length, from + AT_ONCE));
      float[] said = of(some, batch -> shape.logProbs(arrays, voice(), batch)).values();
      for (int i = 0; i < said.length; i++) all[from + i] = said[i];
    }
    return all;
  }

  /** What comes next at each told place, [scripts * places][words]. */
  Tensor logits(List<Script> scripts) {
    return of(scripts, batch -> shape.logits(arrays, voice(), batch));
  }

  /** The last states of one script's told places, [places][d]. */
  Tensor states(Script script) {
    return of(List.of(script), batch -> shape.states(arrays, voice(), batch));
  }

  private NDArray voice() {
    return arrays.get(Gpt.VOICE);
  }

  private Tensor of(List<Script> scripts, Function<Scripts, NDArray> question) {
    try (var inner = Torch.scope()) {
      return Torch.read(question.apply(Scripts.of(manager, shape, scripts, DataType.FLOAT32)));
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
