package palette.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import palette.engine.Bfloat16;
import palette.engine.HeapParameters;
import palette.engine.Products;
import palette.engine.Snapshot;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.engine.TorchAdam;
import palette.engine.TorchParameters;
import palette.reward.Settings;
import palette.reward.Space;
import palette.support.CountedRandom;

/**
 * Any model through autograd: tables of vectors, parameters and user logits stay on the device, a
 * batch brings only positions. Items and prompts that a batch shares are mapped once.
 */
public final class GraphObjective implements Objective {
  private static final int MEASURED_AT_ONCE = 8192;

  /** The margins of a batch as tensors, shape [n]. */
  public interface Margins {
    NDArray of(Batch batch, Context context);
  }

  private final Task task;
  private final HeapParameters own; // those of the loss
  private final LearnedLoss loss;
  private final Margins margins;
  private final NDManager manager;
  private final Context context;
  private final TorchParameters graph = new TorchParameters();
  private final Batch.Maker batches;
  private boolean held; // the users' numbers

  /** From all start parameters of a task; the seed is that of its noise. */
  public GraphObjective(Task task, Map<String, Tensor> start, long seed, Margins margins) {
    this.task = task;
    this.margins = margins;
    this.manager = Torch.manager(task.device());
    this.batches = new Batch.Maker(task.data().entries.size(), task.data().prompts.size() + 1);
    Torch.threads(task.threads());
    this.context = new Context(task, manager, seed);
    var ofLoss = new LinkedHashMap<>(start);
    ofLoss.keySet().retainAll(LearnedLoss.NAMES);
    this.own = new HeapParameters(ofLoss, task.groups()::of);
    this.loss = new LearnedLoss(task.loss(), own);
    start.forEach(this::add);
    context.parameters.putAll(graph.values);
  }

  private void add(String name, Tensor tensor) {
    if (LearnedLoss.NAMES.contains(name)) return;
    NDArray parameter = Torch.create(manager, tensor, task.type());
    graph.add(name, parameter, task.groups().of(name), task.threads());
  }

  /** The margins of a basis, sum_k w_k (R_k(chosen) - R_k(rejected)). */
  static Margins margins(Basis basis, boolean perSide) {
    return (batch, context) -> {
      NDArray gaps = perSide ? gapsPerSide(basis, batch, context) : gaps(basis, batch, context);
      NDArray w = context.weights(batch);
      return w == null ? gaps.reshape(-1) : gaps.mul(w).sum(new int[] {1});
    };
  }

  private static NDArray gaps(Basis basis, Batch batch, Context context) {
    NDArray r = basis.rewards(context.learned(), context.entries(batch));
    GraphRewards.checked(basis, r, batch.entryPositions().length, context.task.prototypes());
    return Torch.rows(r, batch.chosen()).sub(Torch.rows(r, batch.rejected()));
  }

  private static NDArray gapsPerSide(Basis basis, Batch batch, Context context) {
    NDArray r = basis.rewards(context.learned(), context.sides(batch));
    GraphRewards.checked(basis, r, 2L * batch.weight().length, context.task.prototypes());
    NDArray both = r.reshape(new Shape(batch.weight().length, 2, r.getShape().get(1)));
    return both.get(":, 0").sub(both.get(":, 1"));
  }

  /** What the margins are computed from; while a step is under way, the leaves of its graph. */
  public static final class Context {
    private final Task task;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();
    private final int[] identity;
    private final NDArray entries; // [n][D]
    private final NDArray prompts; // [1 + prompts][C], the first row for "no prompt"
    private final CountedRandom noise;
    private final Products products; // of steps
    private boolean training;

    private Context(Task task, NDManager manager, long seed) {
      var data = task.data();
      this.task = task;
      this.identity = data.entries.identity();
      this.noise = new CountedRandom(seed, "noise");
      boolean reduced = settings().get(FitSpec.PRECISION).equals("bfloat16");
      this.products = reduced ? new Bfloat16(manager) : Products.OWN;
      boolean vectors = data.entries.dimension() > 0;
      this.entries = vectors ? Torch.create(manager, data.entries.table(), task.type()) : null;
      boolean asked = data.prompts.hasVectors();
      this.prompts = asked ? Torch.create(manager, data.promptTable(), task.type()) : null;
    }

    /** What is learned, and the settings. */
    public Parameters learned() {
      return new Parameters(parameters, task.settings(), training ? products : Products.OWN);
    }

    /** The batch's distinct entries. */
    public Inputs entries(Batch batch) {
      return inputs(batch, null, false);
    }

    /** Chosen and rejected in turns, each with its row's prompt. */
    Inputs sides(Batch batch) {
      NDArray sides = batch.inOrder() ? null : batch.sides();
      return inputs(batch, sides, true);
    }

    private Inputs inputs(Batch batch, NDArray itemOf, boolean prompted) {
      int[] met = batch.entryPositions();
      return new Inputs(
          entries == null ? null : Torch.rows(entries, batch.entries()),
          itemOf,
          prompted ? prompts(batch) : null,
          prompted ? batch.asked() : null,
          2,
          Arrays.stream(met).map(entry -> identity[entry]).toArray(),
          this::drop);
    }

    /** The vectors of the batch's prompts, [P][C]. */
    public NDArray prompts(Batch batch) {
      return Torch.rows(prompts, batch.prompts());
    }

    /** The users' weights, [n][K]; null where all have weight 1. */
    public NDArray weights(Batch batch) {
      var space = task.basis().space();
      if (space == Space.POINT) return null;
      var p = learned();
      NDArray z = Torch.rows(p.get(UserWeights.OFFSET), batch.user());
      if (p.get(UserWeights.MEAN) != null) z = z.add(p.get(UserWeights.MEAN));
      if (space == Space.FREE) return z;
      if (!settings().get(FitSpec.PARTITION)) return z.softmax(1);
      return oneHot(z, batch);
    }

    private Settings settings() {
      return task.settings();
    }

    /** Forward the one-hot argmax, backward the softmax at the temperature. */
    private NDArray oneHot(NDArray z, Batch batch) {
      if (training) z = z.add(gumbel(batch, z.getShape()));
      NDArray soft = z.div(Torch.number(z, settings().get(FitSpec.TEMPERATURE))).softmax(1);
      int k = task.prototypes();
      NDArray hard = z.argMax(1).oneHot(k).toType(task.type(), false);
      return hard.sub(soft).stopGradient().add(soft);
    }

    // One draw a user and batch, as in the plain path.
    private NDArray gumbel(Batch batch, Shape shape) {
      int k = (int) shape.get(1);
      int[] users = batch.users();
      var drawn = new HashMap<Integer, float[]>();
      float[] values = new float[users.length * k];
      for (int b = 0; b < users.length; b++) {
        float[] draw = drawn.computeIfAbsent(users[b], u -> gumbel(k));
        System.arraycopy(draw, 0, values, b * k, k);
      }
      return batch.user().getManager().create(values, shape).toType(task.type(), false);
    }

    private float[] gumbel(int k) {
      float[] draw = new float[k];
      for (int i = 0; i < k; i++) {
        draw[i] = (float) -Math.log(-Math.log(noise.nextDouble(Double.MIN_NORMAL, 1)));
      }
      return draw;
    }

    /** Silences a share of hidden units while a step is under way. */
    public NDArray drop(NDArray hidden, double share) {
      return training ? Inputs.Dropout.random(hidden, share, noise) : hidden;
    }
  }

  @Override
  public DoubleSupplier step(int[] order, int from, int to) {
    try (var scope = Torch.scope()) {
      var mean = slopes(order, from, to);
      graph.adams.forEach(this::step);
      if (held) own.forget();
      else own.step();
      return mean;
    } finally {
      context.parameters.putAll(graph.values);
    }
  }

  private void step(String name, TorchAdam adam) {
    if (held && UserWeights.NAMES.contains(name)) return;
    adam.step(context.parameters.get(name).getGradient());
  }

  @Override
  public void hold(boolean users) {
    held = users;
  }

  /** Sums the gradient of the weighted mean loss of some rows; returns that loss. */
  public double accumulate(int[] order, int from, int to) {
    return slopes(order, from, to).getAsDouble();
  }

  private DoubleSupplier slopes(int[] order, int from, int to) {
    context.training = true;
    graph.adams.forEach((name, adam) -> context.parameters.put(name, adam.leaf()));
    Batch batch = batches.of(manager, task.data().train, order, from, to);
    NDArray m = Torch.record(() -> margins.of(batch, context));
    var mean = loss.logistic() ? logistic(m, batch) : atHand(m, batch, order, from);
    NDArray penalty = Torch.record(() -> task.basis().penalty(context.learned()));
    if (penalty != null) Torch.backward(penalty);
    context.training = false;
    return mean;
  }

  /** The default loss, -log sigmoid(m), without a look at the margins: a device does not wait. */
  private DoubleSupplier logistic(NDArray m, Batch batch) {
    NDArray behind = m.stopGradient().neg();
    NDArray share = batch.share().toType(task.type(), false);
    Torch.backward(m, Activation.sigmoid(behind).mul(share).neg());
    NDArray mean = Torch.kept(Activation.softPlus(behind).mul(share).sum());
    return () -> {
      try (mean) {
        return Torch.numbers(mean)[0];
      }
    };
  }

  /** Any other loss: margins come to the heap, and slopes go back. */
  private DoubleSupplier atHand(NDArray m, Batch batch, int[] order, int from) {
    double[] w = batch.weight();
    double[] slopes = new double[w.length];
    double[] margins = Torch.numbers(m);
    double mean = loss.mean(task.data().train, order, from, w.length, w.length, margins, w, slopes);
    for (int b = 0; b < slopes.length; b++) slopes[b] *= w[b];
    Torch.backward(m, manager.create(slopes, m.getShape()).toType(task.type(), false));
    return () -> mean;
  }

  @Override
  public Measured measure(TrainingSet.Rows rows) {
    double[] all = new double[rows.size()];
    int[] order = IntStream.range(0, all.length).toArray();
    for (int from = 0; from < all.length; from += MEASURED_AT_ONCE) {
      int to = Math.min(all.length, from + MEASURED_AT_ONCE);
      try (var scope = Torch.scope()) {
        double[] some =
            Torch.numbers(margins.of(batches.of(manager, rows, order, from, to), context));
        System.arraycopy(some, 0, all, from, some.length);
      }
    }
    double total = Arrays.stream(rows.weight).sum();
    double sum = loss.mean(rows, order, 0, all.length, all.length, all, rows.weight, null);
    return new Measured(sum / total, Measured.accuracy(all, rows));
  }

  @Override
  public Map<String, Tensor> parameters() {
    try (var scope = Torch.scope()) {
      var copy = graph.tensors();
      copy.putAll(own.tensors());
      return copy;
    }
  }

  @Override
  public void state(Snapshot state) {
    graph.state(state);
    own.state(state);
    state.random(context.noise);
  }

  @Override
  public Map<String, double[]> gradients() {
    var copy = new LinkedHashMap<String, double[]>();
    context.parameters.forEach((name, array) -> copy.put(name, Torch.numbers(array.getGradient())));
    copy.putAll(own.gradients);
    return copy;
  }

  @Override
  public void close() {
    manager.close();
  }
}
