package palette.family.fast;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.engine.Snapshot;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.engine.TorchAdam;
import palette.fit.Inputs;
import palette.fit.Parameters;
import palette.fit.Task;
import palette.numeric.VectorLoops;
import palette.reward.Settings;

/**
 * One map of a model, f or a head, in libtorch: its parameters, what it makes of some rows, [count]
 * [d] one row behind the other, and the way back. What counts of a value is its direction. The rows
 * of a step may be cut into pieces for several threads, each with a graph of its own; the gradient
 * is the sum over the pieces.
 */
final class Tower implements AutoCloseable {
  private static final int AT_ONCE = 4096;

  /** The map: what it makes of some rows, [n][d]. */
  interface Form {
    NDArray of(Parameters parameters, int[] rows, Inputs.Dropout dropout);
  }

  private final Form form;
  private final int width; // d
  private final Settings settings;
  private final NDManager manager = Torch.manager(Device.cpu());
  private final Map<String, NDArray> resident = new LinkedHashMap<>();
  private final Map<String, TorchAdam> adams = new LinkedHashMap<>();
  private final List<Piece> pieces = new ArrayList<>();
  private int[] rows = {};
  private float[] values = {};
  private float[] slopes = {};
  private double[] lengths = {};
  private double[] radial = {};

  Tower(Map<String, Tensor> start, Task task, int width, Form form) {
    this.form = form;
    this.width = width;
    this.settings = task.settings();
    start.forEach((name, tensor) -> resident.put(name, Torch.create(manager, tensor)));
    resident.forEach(
        (name, array) -> adams.put(name, new TorchAdam(array, task.groups().of(name), 1)));
  }

  /** Other rows are looked at from now on. */
  void begin(int[] rows) {
    this.rows = rows;
    pieces.clear();
    if (rows.length * width <= values.length) return;
    values = new float[rows.length * width];
    slopes = new float[values.length];
    lengths = new double[rows.length];
    radial = new double[rows.length];
  }

  int count() {
    return rows.length;
  }

  /** What the map makes of the rows, [count][d] flat. */
  float[] values() {
    return values;
  }

  /** The slopes of the loss, laid out like the values, which the caller sums up. */
  float[] slopes() {
    return slopes;
  }

  /** What the slopes of each row will sum up to along its value, which moves no direction. */
  double[] radial() {
    return radial;
  }

  /** Begins coordinates from..to of the slopes: they take back what will be {@link #radial}. */
  void beginSlopes(int from, int to) {
    for (int i = 0; i < rows.length; i++) {
      float share = (float) (-radial[i] / (lengths[i] * lengths[i]));
      VectorLoops.product(share, values, slopes, i * width + from, to - from);
    }
  }

  /** The lengths of the values, one a row, never 0. */
  double[] lengths() {
    return lengths;
  }

  /** Rows from..to of the step under way, for one thread. */
  Piece piece(int from, int to) {
    var piece = new Piece(from, to);
    pieces.add(piece);
    return piece;
  }

  /** Some rows of a step and their graph, on one thread and in a scope of the caller's. */
  final class Piece {
    private final int from;
    private final int to;
    private final Map<String, NDArray> leaves = new LinkedHashMap<>();
    private NDArray output;

    private Piece(int from, int to) {
      this.from = from;
      this.to = to;
    }

    void forward(Inputs.Dropout dropout) {
      adams.forEach((name, adam) -> leaves.put(name, adam.leaf()));
      int[] some = Arrays.copyOfRange(rows, from, to);
      output = Torch.record(() -> form.of(new Parameters(leaves, settings), some, dropout));
      read(output, from);
    }

    /** The same without a way back. */
    void forwardOnly() {
      for (int at = from; at < to; at += AT_ONCE) {
        try (var scope = Torch.scope()) {
          int[] some = Arrays.copyOfRange(rows, at, Math.min(to, at + AT_ONCE));
          read(form.of(new Parameters(resident, settings), some, Inputs.Dropout.NONE), at);
        }
      }
    }

    void backward() {
      var shape = new Shape(to - from, width);
      Torch.backward(output, Torch.create(manager, slopes, from * width, shape));
    }
  }

  private void read(NDArray output, int at) {
    float[] norms = output.square().sum(new int[] {1}).sqrt().toFloatArray();
    for (int i = 0; i < norms.length; i++) lengths[at + i] = Math.max(1e-12, norms[i]);
    Torch.copy(output, values, at * width);
  }

  /** A step of Adam for each parameter, by the gradients of all pieces. */
  List<TorchAdam.Step> steps() {
    var steps = new ArrayList<TorchAdam.Step>();
    adams.forEach((name, adam) -> steps.add(adam.begin(gradients(name))));
    return steps;
  }

  private List<NDArray> gradients(String name) {
    return pieces.stream().map(piece -> piece.leaves.get(name).getGradient()).toList();
  }

  /** A copy of the parameters. */
  Map<String, Tensor> parameters() {
    var copy = new LinkedHashMap<String, Tensor>();
    resident.forEach((name, array) -> copy.put(name, Torch.read(array)));
    return copy;
  }

  void state(Snapshot state) {
    adams.values().forEach(adam -> adam.state(state));
  }

  /** A copy of the gradients of a step. */
  Map<String, Tensor> gradients() {
    var copy = new LinkedHashMap<String, Tensor>();
    for (String name : resident.keySet()) {
      NDArray sum = null;
      for (var gradient : gradients(name)) sum = sum == null ? gradient : sum.add(gradient);
      copy.put(name, Torch.read(sum));
    }
    return copy;
  }

  @Override
  public void close() {
    manager.close();
  }
}
