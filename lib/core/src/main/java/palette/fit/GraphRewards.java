package palette.fit;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import palette.engine.Snapshot;
import palette.engine.Tensor;
import palette.engine.ThreadTeam;
import palette.engine.Torch;
import palette.engine.TorchParameters;
import palette.support.Checks;
import palette.support.CountedRandom;

/**
 * {@link PrototypeRewards} of any basis: libtorch maps each distinct item and prompt of a batch
 * once, in a graph of each thread's own, and finds the way back.
 */
final class GraphRewards implements PrototypeRewards {
  private static final int FEWEST = 64; // places that are worth a thread
  private static final int PAIR = 2; // an encoder's are worth one each

  private final Task task;
  private final int prototypes;
  private final int atOnce; // places
  private final NDManager manager = Torch.manager(Device.cpu());
  private final TorchParameters learned = new TorchParameters();
  private final ThreadTeam team;
  private final List<GraphShare> shares; // by thread
  private double[][] r = {};
  private double[][] dr = {};

  GraphRewards(Task task, Map<String, Tensor> start, long seed) {
    this.task = task;
    prototypes = task.prototypes();
    team = new ThreadTeam(task.threads());
    team.each(t -> Torch.threads(1)); // inside an operation
    var tables = GraphShare.Tables.of(task, manager);
    atOnce = tables.atOnce();
    shares =
        IntStream.range(0, team.size())
            .mapToObj(t -> new GraphShare(task, tables, new CountedRandom(seed, "noise " + t)))
            .toList();
    start.forEach(
        (name, t) ->
            learned.add(name, Torch.aligned(manager, t, task.type()), task.groups().of(name), 1));
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
  public int atOnce() {
    return task.encoder() == null ? Integer.MAX_VALUE : atOnce;
  }

  @Override
  public void forward(Lookup lookup) {
    forward(lookup, false, true);
  }

  @Override
  public void forwardMore(Lookup lookup) {
    forward(lookup, true, true);
  }

  private void forward(Lookup lookup, boolean more, boolean drops) {
    deal(lookup, more, (share, places) -> share.forward(learned.adams, lookup, places, drops, r));
    for (double[] slopes : dr) Arrays.fill(slopes, 0, lookup.count(), 0);
  }

  @Override
  public void forwardOnly(Lookup lookup) {
    deal(lookup, false, (share, places) -> share.forwardOnly(learned.values, lookup, places, r));
  }

  /** Deals the places out in equal parts, those of one prompt together. */
  private void deal(Lookup lookup, boolean more, BiConsumer<GraphShare, int[]> work) {
    int count = lookup.count();
    if (r.length == 0 || r[0].length < count) {
      r = new double[prototypes][count];
      dr = new double[prototypes][count];
    }
    int[] order = task.perSide() ? byPrompt(lookup) : IntStream.range(0, count).toArray();
    int fewest = task.encoder() == null ? FEWEST : PAIR;
    int parts = Math.max(1, Math.min(team.size(), count / fewest));
    team.each(
        t -> {
          shares.get(t).end(more);
          if (t >= parts) return;
          work.accept(
              shares.get(t),
              Arrays.copyOfRange(order, cut(count, t, parts), cut(count, t + 1, parts)));
        });
  }

  /** Where a part begins; never between the two items of a pair. */
  private static int cut(int count, int part, int parts) {
    return part == parts ? count : (int) ((long) count * part / parts) / 2 * 2;
  }

  private static int[] byPrompt(Lookup lookup) {
    long[] keys = new long[lookup.count()];
    for (int i = 0; i < keys.length; i++) keys[i] = ((long) lookup.prompts()[i] << 32) + i;
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
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
    team.each(t -> shares.get(t).backward(dr, t == 0));
  }

  @Override
  public void step() {
    learned.step(team, this::parts);
    endStep();
  }

  private List<NDArray> parts(String name) {
    return shares.stream().map(share -> share.gradient(name)).filter(Objects::nonNull).toList();
  }

  private void endStep() {
    team.each(t -> shares.get(t).end(false));
  }

  /** The gradients of a few entries with a pause between there and back. */
  private Map<String, double[]> gradientsOfSome(Runnable pause) {
    int count = Math.min(Math.min(64, atOnce), task.data().entries.size());
    int[] entries = IntStream.range(0, count).toArray();
    int[] asked = new int[count];
    Arrays.fill(asked, task.data().prompts.size() > 0 ? 0 : -1);
    forward(new Lookup(entries, asked, count), false, false);
    pause.run();
    for (double[] slopes : dr) for (int i = 0; i < count; i++) slopes[i] = 1 + i % 3;
    backward();
    var found = gradients();
    endStep();
    return found;
  }

  @Override
  public Map<String, Tensor> parameters() {
    return learned.tensors();
  }

  @Override
  public void state(Snapshot state) {
    learned.state(state);
    shares.forEach(share -> share.state(state));
  }

  @Override
  public Map<String, double[]> gradients() {
    var copy = new LinkedHashMap<String, double[]>();
    for (var name : learned.adams.keySet()) {
      copy.put(name, Torch.numbers(parts(name).stream().reduce(NDArray::add).orElseThrow()));
    }
    return copy;
  }

  @Override
  public void close() {
    endStep();
    team.close();
    Torch.threads(task.threads());
    manager.close();
  }
}
