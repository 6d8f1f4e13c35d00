package palette.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** Runs what a fitted model has learned over rows of vectors, some thousand at once, on the CPU. */
public final class Inference {
  private static final int AT_ONCE = 4096;

  private Inference() {}

  /** Rows from..to of the whole, as the caller has them. */
  public interface Part {
    NDArray of(Map<String, NDArray> parameters, Rows rows);
  }

  /** Some of the rows, and what makes arrays of them. */
  public record Rows(int from, int to, NDManager manager) {

    /** Those of a table, [to - from][D]. */
    public NDArray of(float[][] table) {
      float[][] some = Arrays.copyOfRange(table, from, to);
      return Torch.create(manager, Tensor.of(some, some[0].length));
    }
  }

  /** Each row [D] to the numbers that the map makes of it. */
  public static double[][] run(
      Map<String, Tensor> parameters,
      float[][] rows,
      BiFunction<Map<String, NDArray>, NDArray, NDArray> map) {
    return run(parameters, rows.length, (p, some) -> map.apply(p, some.of(rows)));
  }

  /** The numbers of n rows, one after the other. */
  public static double[][] run(Map<String, Tensor> parameters, int n, Part part) {
    double[][] out = new double[n][];
    try (var scope = Torch.scope()) {
      var manager = scope.manager(Device.cpu());
      var resident = new LinkedHashMap<String, NDArray>();
      parameters.forEach((name, tensor) -> resident.put(name, Torch.create(manager, tensor)));
      for (int from = 0; from < n; from += AT_ONCE) {
        var rows = new Rows(from, Math.min(n, from + AT_ONCE), manager);
        copy(part.of(resident, rows), out, from);
      }
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
