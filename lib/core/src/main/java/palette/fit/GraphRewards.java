package palette.fit;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import palette.engine.Scope;
import palette.engine.Snapshot;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.engine.TorchAdam;
import palette.support.Checks;
import palette.support.CountedRandom;

/**
 * {@link PrototypeRewards} of any basis: libtorch maps each distinct item and prompt of a batch
 * once, and finds the way back; what pairs and users cost stays outside its graph.
 */
final class GraphRewards implements PrototypeRewards {
  private static final int AT_ONCE = 8192;

  private final Task task;
  private final int prototypes;
  private final int[] identity; // entry -> known item or -1
  private final NDManager manager = Torch.manager(Device.cpu());
  private final NDArray items; // [entries][D], null where items are known by id only
  private final NDArray prompts; // [1 + prompts][C], null where they are part of the items
  private final Batch.Distinct distinctItems;
  private final Batch.Distinct distinctPrompts;
  private final CountedRandom noise;
  private final Map<String, NDArray> resident = new LinkedHashMap<>();
  private final Map<String, TorchAdam> adams = new LinkedHashMap<>();
  private final Map<String, NDArray> leaves = new LinkedHashMap<>();
  private Scope step; // what the step under way holds
  private NDArray rewards; // R of that step, [count][K]
  private NDArray penalty;
  private double[][] r = {};
  private double[][] dr = {};

  GraphRewards(Task task, Map<String, Tensor> start, long seed) {
    this.task = task;
    prototypes = task.prototypes();
    identity = task.data().entries.identity();
    noise = new CountedRandom(seed, "noise");
    Torch.threads(task.threads());
    boolean vectors = task.data().entries.dimension() > 0;
    items = vectors ? Torch.create(manager, task.data().entries.table()) : null;
    prompts = task.perSide() ? Torch.create(manager, task.data().promptTable()) : null;
    distinctItems = new Batch.Distinct(identity.length);
    distinctPrompts = new Batch.Distinct(task.data().prompts.size() + 1);
    start.forEach((name, tensor) -> resident.put(name, Torch.create(manager, tensor)));
    resident.forEach(
        (name, array) ->
            adams.put(name, new TorchAdam(array, task.groups().of(name), task.threads())));
    tryOut();
  }

  /** Whoever opens this closes it, but for what fails before it is open. */
  private void tryOut() {
    try {
      FleetingNumbers.check(task, this::gradientsOfSome);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  // ----------------------------------------------------------------------------------- forward

  @Override
  public void forward(Lookup lookup) {
    forward(lookup, this::drop);
  }

  private void forward(Lookup lookup, Inputs.Dropout dropout) {
    endStep();
    makeRoom(lookup.count());
    step = Torch.scope();
    adams.forEach((name, adam) -> leaves.put(name, adam.leaf()));
    var p = new Parameters(leaves, task.settings());
    var x = inputs(lookup, 0, lookup.count(), dropout);
    rewards = Torch.record(() -> task.basis().rewards(p, x));
    penalty = Torch.record(() -> task.basis().penalty(p));
    read(checked(task.basis(), rewards, lookup.count(), prototypes), 0);
    for (double[] slopes : dr) Arrays.fill(slopes, 0, lookup.count(), 0);
  }

  @Override
  public void forwardOnly(Lookup lookup) {
    endStep();
    makeRoom(lookup.count());
    var p = new Parameters(resident, task.settings());
    for (int from = 0; from < lookup.count(); from += AT_ONCE) {
      int to = Math.min(lookup.count(), from + AT_ONCE);
      try (var scope = Torch.scope()) {
        var x = inputs(lookup, from, to, Inputs.Dropout.NONE);
        read(task.basis().rewards(p, x), from);
      }
    }
  }

  private void makeRoom(int count) {
    if (r.length > 0 && r[0].length >= count) return;
    r = new double[prototypes][count];
    dr = new double[prototypes][count];
  }

  private Inputs inputs(Lookup lookup, int from, int to, Inputs.Dropout dropout) {
    int[] entries = IntStream.range(from, to).map(lookup::entry).toArray();
    if (prompts == null) return inputs(entries, null, null, null, dropout);
    int[] asked = IntStream.range(from, to).map(i -> lookup.prompts()[i] + 1).toArray();
    int[] itemOf = entries.clone();
    int[] met = distinctItems.share(itemOf);
    int[] metPrompts = distinctPrompts.share(asked);
    return inputs(met, index(itemOf, met), metPrompts, index(asked, metPrompts), dropout);
  }

  /** Where each row finds its own; null where rows and what is met are the same. */
  private NDArray index(int[] places, int[] met) {
    if (places.length == met.length) return null;
    return manager.create(Arrays.stream(places).asLongStream().toArray());
  }

  private Inputs inputs(
      int[] met, NDArray itemOf, int[] asked, NDArray promptOf, Inputs.Dropout dropout) {
    int[] known = Arrays.stream(met).map(entry -> identity[entry]).toArray();
    return new Inputs(
        items == null ? null : Torch.rows(items, met),
        itemOf,
        asked == null ? null : Torch.rows(prompts, asked),
        promptOf,
        known,
        dropout);
  }

  private NDArray drop(NDArray hidden, double share) {
    return Inputs.Dropout.random(hidden, share, noise);
  }

  /** A family may give rewards of the wrong shape, or none. */
  static NDArray checked(Basis basis, NDArray r, long count, long prototypes) {
    var wanted = new Shape(count, prototypes);
    Checks.require(
        r != null && r.getShape().equals(wanted),
        "rewards of " + basis.name(),
        "shape " + wanted + ", one a place and prototype",
        r == null ? null : "shape " + r.getShape());
    return r;
  }

  private void read(NDArray from, int at) {
    float[] values = from.toFloatArray();
    for (int i = 0; i < values.length; i++) r[i % prototypes][at + i / prototypes] = values[i];
  }

  @Override
  public double[][] r() {
    return r;
  }

  @Override
  public double[][] dr() {
    return dr;
  }

  // ---------------------------------------------------------------------------------- way back

  @Override
  public void backward() {
    if (leaves.isEmpty()) return; // nothing is learned here
    float[] slopes = new float[Math.toIntExact(rewards.size())];
    for (int i = 0; i < slopes.length; i++) slopes[i] = (float) dr[i % prototypes][i / prototypes];
    Torch.backward(rewards, manager.create(slopes, rewards.getShape()));
    if (penalty != null) Torch.backward(penalty);
  }

  @Override
  public void step() {
    adams.forEach((name, adam) -> adam.step(leaves.get(name).getGradient()));
    endStep();
  }

  private void endStep() {
    if (step != null) step.close();
    step = null;
    rewards = null;
    penalty = null;
    leaves.clear();
  }

  /** The gradients of a few entries with a pause between there and back. */
  private Map<String, double[]> gradientsOfSome(Runnable pause) {
    int count = Math.min(64, identity.length);
    int[] entries = IntStream.range(0, count).toArray();
    int[] asked = new int[count];
    Arrays.fill(asked, task.data().prompts.size() > 0 ? 0 : -1);
    forward(new Lookup(entries, asked, count), Inputs.Dropout.NONE);
    pause.run();
    for (double[] slopes : dr) for (int i = 0; i < count; i++) slopes[i] = 1 + i % 3;
    backward();
    var found = gradients();
    endStep();
    return found;
  }

  @Override
  public Map<String, Tensor> parameters() {
    var copy = new LinkedHashMap<String, Tensor>();
    resident.forEach((name, array) -> copy.put(name, Torch.read(array)));
    return copy;
  }

  @Override
  public void state(Snapshot state) {
    adams.values().forEach(adam -> adam.state(state));
    state.random(noise);
  }

  @Override
  public Map<String, double[]> gradients() {
    var copy = new LinkedHashMap<String, double[]>();
    leaves.forEach((name, leaf) -> copy.put(name, Torch.numbers(leaf.getGradient())));
    return copy;
  }

  @Override
  public void close() {
    endStep();
    manager.close();
  }
}
