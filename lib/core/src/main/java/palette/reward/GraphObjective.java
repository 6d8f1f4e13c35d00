package palette.reward;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.engine.TorchAdam;
import palette.support.Seeds;

/**
 * Any PAL model through autograd: tables of vectors, parameters and user logits stay on the device,
 * a batch brings only positions. Items and prompts that a batch shares pass through f and g_k once.
 */
final class GraphObjective implements Objective {
  private static final int MEASURED_AT_ONCE = 8192;

  /** The margins of a batch as tensors, shape [n]. */
  interface Margins {
    NDArray of(Batch batch, Context context);
  }

  private final Study study;
  private final Settings settings;
  private final Loss loss;
  private final Margins margins;
  private final NDManager manager;
  private final Context context;
  private final Map<String, NDArray> resident = new LinkedHashMap<>();
  private final Map<String, TorchAdam> adams = new LinkedHashMap<>();
  private final Batch.Maker batches;

  GraphObjective(
      Study study,
      Settings settings,
      Loss loss,
      Map<String, Tensor> start,
      PalGroups groups,
      long seed,
      Margins margins,
      Device device,
      DataType type) {
    this.study = study;
    this.settings = settings;
    this.loss = loss;
    this.margins = margins;
    this.manager = Torch.manager(device);
    this.batches = new Batch.Maker(study.entries.size(), study.prompts.size() + 1);
    Torch.threads(threads(settings));
    Torch.recording(false);
    this.context = new Context(study, settings, manager, type, seed);
    start.forEach((name, tensor) -> add(name, tensor, groups));
  }

  /** 0 asks for all cores. */
  static int threads(Settings settings) {
    int asked = settings.integer("threads");
    return asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
  }

  private void add(String name, Tensor tensor, PalGroups groups) {
    NDArray parameter = Torch.create(manager, tensor, context.type);
    resident.put(name, parameter);
    context.parameters.put(name, parameter);
    adams.put(name, new TorchAdam(parameter, groups.of(name), threads(settings)));
  }

  /** What the margins are computed from; while a step is under way, the leaves of its graph. */
  static final class Context {
    final Map<String, NDArray> parameters = new LinkedHashMap<>();
    final DataType type;
    final int[] identity;
    private final Settings settings;
    private final NDArray entries; // [n][D]
    private final NDArray prompts; // [1 + prompts][D], the first row for "no prompt"
    private final SplittableRandom noise;
    private final Dropout dropout;
    private boolean training;

    Context(Study study, Settings settings, NDManager manager, DataType type, long seed) {
      this.settings = settings;
      this.type = type;
      this.identity = study.entries.identity();
      this.noise = Seeds.stream(seed, "noise");
      this.dropout = new Dropout(settings.real("dropout"), noise);
      this.entries =
          study.entries.dimension() == 0
              ? null
              : Torch.create(manager, study.entries.table(), type);
      this.prompts =
          study.prompts.hasVectors() ? Torch.create(manager, study.promptTable(), type) : null;
    }

    NDArray parameter(String name) {
      return parameters.get(name);
    }

    /** The vectors of the batch's entries, [M][D]. */
    NDArray entries(Batch batch) {
      return Torch.rows(entries, batch.entries());
    }

    /** The vectors of the batch's prompts, [P][D]. */
    NDArray prompts(Batch batch) {
      return Torch.rows(prompts, batch.prompts());
    }

    boolean hasVectors() {
      return entries != null;
    }

    /** The learned offsets of the batch's entries, [M][d]; zero rows for unknown items. */
    NDArray identities(Batch batch) {
      return Maps.offsets(parameter("items.identity"), identity, batch.entryPositions());
    }

    /** The users' weights, [n][K]. */
    NDArray weights(Batch batch) {
      NDArray z = Torch.rows(parameter("users.offset"), batch.user());
      if (parameters.containsKey("users.mean")) z = z.add(parameter("users.mean"));
      if (!settings.flag("partition")) return z.softmax(1);
      return oneHot(z, batch);
    }

    /** Forward the one-hot argmax, backward the softmax at the temperature. */
    private NDArray oneHot(NDArray z, Batch batch) {
      if (training) z = z.add(gumbel(batch, z.getShape()));
      NDArray soft = z.div(Torch.number(z, settings.real("temperature"))).softmax(1);
      NDArray hard = z.argMax(1).oneHot(settings.integer("prototypes")).toType(type, false);
      return hard.sub(soft).stopGradient().add(soft);
    }

    // One draw a user and batch, as in the plain path.
    private NDArray gumbel(Batch batch, Shape shape) {
      int k = (int) shape.get(1);
      long[] users = batch.users();
      var drawn = new java.util.HashMap<Long, float[]>();
      float[] values = new float[users.length * k];
      for (int b = 0; b < users.length; b++) {
        float[] draw = drawn.computeIfAbsent(users[b], u -> gumbel(k));
        System.arraycopy(draw, 0, values, b * k, k);
      }
      return batch.user().getManager().create(values, shape).toType(type, false);
    }

    private float[] gumbel(int k) {
      float[] draw = new float[k];
      for (int i = 0; i < k; i++) {
        draw[i] = (float) -Math.log(-Math.log(noise.nextDouble(Double.MIN_NORMAL, 1)));
      }
      return draw;
    }

    NDArray drop(NDArray hidden) {
      return training ? dropout.of(hidden) : hidden;
    }
  }

  @Override
  public double step(int[] order, int from, int to) {
    try (var scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      double mean = accumulate(order, from, to);
      Torch.recording(false);
      adams.forEach((name, adam) -> adam.step(context.parameter(name).getGradient()));
      return mean;
    } finally {
      context.parameters.putAll(resident);
    }
  }

  /** Sums the gradient of the weighted mean loss of some rows; returns that loss. */
  double accumulate(int[] order, int from, int to) {
    context.training = true;
    Torch.recording(true);
    adams.forEach((name, adam) -> context.parameters.put(name, adam.leaf()));
    Batch batch = batches.of(manager, study.train, order, from, to);
    NDArray m = margins.of(batch, context);
    double[] slopes = new double[to - from];
    double mean = loss.mean(Torch.numbers(m), batch.weight(), slopes.length, slopes);
    for (int b = 0; b < slopes.length; b++) slopes[b] *= batch.weight()[b];
    Torch.backward(m, manager.create(slopes, m.getShape()).toType(context.type, false));
    NDArray bound = bound();
    if (bound != null) Torch.backward(bound);
    context.training = false;
    return mean;
  }

  private NDArray bound() {
    double strength = settings.real("boundStrength");
    NDArray p = context.parameters.getOrDefault("prototypes", null);
    if (p == null) p = context.parameters.get("prototypes.latent");
    if (strength == 0 || p == null) return null;
    NDArray norms = p.square().sum(new int[] {1}).add(1e-24).sqrt();
    NDArray over = Torch.relu(norms.sub(settings.real("prototypeBound")));
    return over.sum().mul(Torch.number(over, strength));
  }

  @Override
  public Measured measure(Study.Rows rows) {
    double[] all = new double[rows.size()];
    int[] order = new int[all.length];
    Arrays.setAll(order, i -> i);
    for (int from = 0; from < all.length; from += MEASURED_AT_ONCE) {
      int to = Math.min(all.length, from + MEASURED_AT_ONCE);
      try (var scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Torch.recording(false);
        double[] some =
            Torch.numbers(margins.of(batches.of(manager, rows, order, from, to), context));
        System.arraycopy(some, 0, all, from, some.length);
      }
    }
    double total = Arrays.stream(rows.weight).sum();
    double sum = loss.mean(all, rows.weight, all.length);
    return new Measured(sum / total, Measured.accuracy(all, rows.weight));
  }

  @Override
  public Map<String, Tensor> parameters() {
    var copy = new LinkedHashMap<String, Tensor>();
    try (var scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      context.parameters.forEach((name, array) -> copy.put(name, Torch.read(array)));
    }
    return copy;
  }

  /** A copy of one, when the device has done what it was told; for tests. */
  Tensor parameter(String name) {
    return Torch.read(resident.get(name));
  }

  /** The gradients so far, for tests. */
  Map<String, double[]> gradients() {
    var copy = new LinkedHashMap<String, double[]>();
    context.parameters.forEach((name, array) -> copy.put(name, Torch.numbers(array.getGradient())));
    return copy;
  }

  @Override
  public void close() {
    Torch.recording(true);
    manager.close();
  }
}
