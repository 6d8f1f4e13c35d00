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
  private Scope step; // what the step under way holds
  private NDArray rewards; // R of that step, [places][K]

  /**
   * What all threads read.
   *
   * @param items [entries][D], null where items are known by id only
   * @param prompts [1 + prompts][C], null where they are part of the items
   * @param identity of each entry the known item, or -1
   */
  record Tables(NDManager manager, NDArray items, NDArray prompts, int[] identity) {}

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
    step = Torch.scope();
    adams.forEach((name, adam) -> leaves.put(name, adam.leaf()));
    Inputs.Dropout dropout = (hidden, share) -> Inputs.Dropout.random(hidden, share, noise);
    var x = inputs(lookup, places, drops ? dropout : Inputs.Dropout.NONE);
    rewards = Torch.record(() -> task.basis().rewards(learned(), x));
    read(GraphRewards.checked(task.basis(), rewards, places.length, r.length), places, r);
  }

  private Parameters learned() {
    return new Parameters(leaves, task.settings());
  }

  /** The same without a way back. */
  void forwardOnly(
      Map<String, NDArray> resident, PrototypeRewards.Lookup lookup, int[] all, double[][] r) {
    var p = new Parameters(resident, task.settings());
    for (int from = 0; from < all.length; from += AT_ONCE) {
      int[] some = Arrays.copyOfRange(all, from, Math.min(all.length, from + AT_ONCE));
      try (var scope = Torch.scope()) {
        read(task.basis().rewards(p, inputs(lookup, some, Inputs.Dropout.NONE)), some, r);
      }
    }
  }

  private static void read(NDArray from, int[] places, double[][] r) {
    float[] values = from.toFloatArray();
    for (int i = 0; i < values.length; i++) r[i % r.length][places[i / r.length]] = values[i];
  }

  private Inputs inputs(PrototypeRewards.Lookup lookup, int[] places, Inputs.Dropout dropout) {
    int[] itemOf = IntStream.of(places).map(lookup::entry).toArray();
    if (tables.prompts == null) return inputs(itemOf, null, null, null, 1, dropout);
    int[] promptOf = IntStream.of(places).map(i -> lookup.prompts()[i] + 1).toArray();
    int each = inPairs(promptOf) ? 2 : 1;
    if (each == 2) promptOf = everySecond(promptOf);
    int[] met = distinctItems.share(itemOf);
    int[] asked = distinctPrompts.share(promptOf);
    return inputs(met, index(itemOf, met), asked, index(promptOf, asked), each, dropout);
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
      int[] met, NDArray itemOf, int[] asked, NDArray promptOf, int each, Inputs.Dropout dropout) {
    return new Inputs(
        tables.items == null ? null : Torch.rows(tables.items, met),
        itemOf,
        asked == null ? null : Torch.rows(tables.prompts, asked),
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
    NDArray penalty = penalised ? Torch.record(() -> task.basis().penalty(learned())) : null;
    if (penalty != null) Torch.backward(penalty);
  }

  /** The gradient of a parameter, or null where this share has no places. */
  NDArray gradient(String name) {
    return places.length == 0 ? null : leaves.get(name).getGradient();
  }

  void state(Snapshot state) {
    state.random(noise);
  }

  /** By the thread that began. */
  void end() {
    if (step != null) step.close();
    step = null;
    rewards = null;
    places = new int[0];
    leaves.clear();
  }
}
