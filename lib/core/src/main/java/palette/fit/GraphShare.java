package palette.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import palette.engine.Scope;
import palette.engine.Snapshot;
import palette.engine.Torch;
import palette.engine.TorchAdam;
import palette.support.CountedRandom;

/** One thread's places of a step: a graph of their own, from the parameters to R and back. */
final class GraphShare {
  private static final int AT_ONCE = 8192;

  private final Task task;
  private final Tables tables;
  private final CountedRandom noise;
  private final Batch.Distinct distinctItems;
  private final Batch.Distinct distinctPrompts;
  private final Map<String, NDArray> leaves = new LinkedHashMap<>();
  private int[] places = {};
  private boolean fresh; // the graph is the first of its step
  private Scope step; // what the step under way holds
  private NDArray rewards; // R of that step, [places][K]

  /** The vectors at some positions, from a table or from an encoder that learns. */
  interface Features {
    NDArray rows(Map<String, NDArray> learned, int[] positions);

    static Features of(NDArray table) {
      return (learned, positions) -> Torch.rows(table, positions);
    }
  }

  /**
   * What all threads read.
   *
   * @param items of entries, null where items are known by id only
   * @param prompts of "no prompt" and all prompts, null where they are part of the items
   * @param identity of each entry the known item, or -1
   * @param atOnce how many places a graph holds at most
   */
  record Tables(NDManager manager, Features items, Features prompts, int[] identity, int atOnce) {

    static Tables of(Task task, NDManager manager) {
      var data = task.data();
      int[] identity = data.entries.identity();
      if (task.encoder() != null) {
        var texts = task.texts(manager);
        Features items = texts.of(data.entries.texts())::apply;
        Features prompts = task.perSide() ? texts.of(data.promptTexts())::apply : null;
        return new Tables(manager, items, prompts, identity, texts.atOnce());
      }
      boolean vectors = data.entries.dimension() > 0;
      return new Tables(
          manager,
          vectors ? Features.of(Torch.create(manager, data.entries.table())) : null,
          task.perSide() ? Features.of(Torch.create(manager, data.promptTable())) : null,
          identity,
          AT_ONCE);
    }
  }

  GraphShare(Task task, Tables tables, CountedRandom noise) {
    this.task = task;
    this.tables = tables;
    this.noise = noise;
    distinctItems = new Batch.Distinct(tables.identity.length);
    distinctPrompts = new Batch.Distinct(task.data().prompts.size() + 1);
  }

  /** Writes R of some places of what is looked up. */
  void forward(
      Map<String, TorchAdam> adams,
      PrototypeRewards.Lookup lookup,
      int[] places,
      boolean drops,
      double[][] r) {
    this.places = places;
    fresh = leaves.isEmpty();
    // A step of several graphs sums their gradients at the same leaves.
    if (fresh) adams.forEach((name, adam) -> leaves.put(name, Torch.kept(adam.leaf())));
    step = Torch.scope();
    Inputs.Dropout dropout = (hidden, share) -> Inputs.Dropout.random(hidden, share, noise);
    var drop = drops ? dropout : Inputs.Dropout.NONE;
    rewards =
        Torch.record(() -> task.basis().rewards(learned(), inputs(leaves, lookup, places, drop)));
    read(GraphRewards.checked(task.basis(), rewards, places.length, r.length), places, r);
  }

  private Parameters learned() {
    return new Parameters(leaves, task.settings());
  }

  /** The same without a way back. */
  void forwardOnly(
      Map<String, NDArray> resident, PrototypeRewards.Lookup lookup, int[] all, double[][] r) {
    var p = new Parameters(resident, task.settings());
    for (int from = 0; from < all.length; from += tables.atOnce) {
      int[] some = Arrays.copyOfRange(all, from, Math.min(all.length, from + tables.atOnce));
      try (var scope = Torch.scope()) {
        var x = inputs(resident, lookup, some, Inputs.Dropout.NONE);
        read(task.basis().rewards(p, x), some, r);
      }
    }
  }

  private static void read(NDArray from, int[] places, double[][] r) {
    float[] values = from.toFloatArray();
    for (int i = 0; i < values.length; i++) r[i % r.length][places[i / r.length]] = values[i];
  }

  private Inputs inputs(
      Map<String, NDArray> learned,
      PrototypeRewards.Lookup lookup,
      int[] places,
      Inputs.Dropout dropout) {
    int[] itemOf = IntStream.of(places).map(lookup::entry).toArray();
    if (tables.prompts == null) return inputs(learned, itemOf, null, null, null, 1, dropout);
    int[] promptOf = IntStream.of(places).map(i -> lookup.prompts()[i] + 1).toArray();
    int each = inPairs(promptOf) ? 2 : 1;
    if (each == 2) promptOf = everySecond(promptOf);
    int[] met = distinctItems.share(itemOf);
    int[] asked = distinctPrompts.share(promptOf);
    return inputs(learned, met, index(itemOf, met), asked, index(promptOf, asked), each, dropout);
  }

  /** Whether two in turn are the same, as the prompts of the two items of a pair are. */
  private static boolean inPairs(int[] promptOf) {
    boolean pairs = promptOf.length % 2 == 0;
    for (int i = 0; pairs && i < promptOf.length; i += 2) pairs = promptOf[i] == promptOf[i + 1];
    return pairs;
  }

  private static int[] everySecond(int[] values) {
    return IntStream.range(0, values.length / 2).map(i -> values[2 * i]).toArray();
  }

  /** Where each row finds its own; null where rows and what is met are the same. */
  private NDArray index(int[] places, int[] met) {
    if (places.length == met.length) return null;
    return tables.manager.create(Arrays.stream(places).asLongStream().toArray());
  }

  private Inputs inputs(
      Map<String, NDArray> learned,
      int[] met,
      NDArray itemOf,
      int[] asked,
      NDArray promptOf,
      int each,
      Inputs.Dropout dropout) {
    return new Inputs(
        tables.items == null ? null : tables.items.rows(learned, met),
        itemOf,
        asked == null ? null : tables.prompts.rows(learned, asked),
        promptOf,
        each,
        Arrays.stream(met).map(entry -> tables.identity[entry]).toArray(),
        dropout);
  }

  /** From dL/dR to the gradients; one of the shares takes the penalty along. */
  void backward(double[][] dr, boolean penalised) {
    if (places.length == 0 || leaves.isEmpty()) return; // nothing is learned here
    float[] slopes = new float[places.length * dr.length];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = (float) dr[i % dr.length][places[i / dr.length]];
    }
    Torch.backward(rewards, tables.manager.create(slopes, rewards.getShape()));
    NDArray penalty =
        penalised && fresh ? Torch.record(() -> task.basis().penalty(learned())) : null;
    if (penalty != null) Torch.backward(penalty);
  }

  /** The gradient of a parameter, or null where this share has no places. */
  NDArray gradient(String name) {
    return leaves.isEmpty() ? null : leaves.get(name).getGradient();
  }

  void state(Snapshot state) {
    state.random(noise);
  }

  /** By the thread that began; {@code more}: another graph of the same step follows. */
  void end(boolean more) {
    if (step != null) step.close();
    step = null;
    rewards = null;
    places = new int[0];
    if (more) return;
    leaves.values().forEach(NDArray::close);
    leaves.clear();
  }
}
