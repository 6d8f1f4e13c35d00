package palette.reward;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import palette.engine.Tensor;
import palette.engine.Torch;

/** Runs the maps of a fitted model over rows of vectors, some thousand at once, on the CPU. */
final class Inference {
  private static final int AT_ONCE = 4096;

  private Inference() {}

  /** Each row [D] to the numbers that the map makes of it. */
  static double[][] run(
      Map<String, Tensor> parameters,
      float[][] rows,
      BiFunction<Map<String, NDArray>, NDArray, NDArray> map) {
    double[][] out = new double[rows.length][];
    boolean outer = Torch.recording();
    Torch.recording(false);
    try (NDManager manager = Torch.manager(Device.cpu());
        var scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      var resident = new LinkedHashMap<String, NDArray>();
      parameters.forEach((name, tensor) -> resident.put(name, Torch.create(manager, tensor)));
      for (int from = 0; from < rows.length; from += AT_ONCE) {
        float[][] some = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + AT_ONCE));
        NDArray x = Torch.create(manager, Tensor.of(some, some[0].length));
        copy(map.apply(resident, x), out, from);
      }
    } finally {
      Torch.recording(outer);
    }
    return out;
  }

  private static void copy(NDArray result, double[][] out, int at) {
    float[] values = result.toFloatArray();
    int rows = (int) result.getShape().get(0);
    int width = values.length / rows;
    for (int i = 0; i < rows; i++) {
      out[at + i] = new double[width];
      for (int c = 0; c < width; c++) out[at + i][c] = values[i * width + c];
    }
  }
}
