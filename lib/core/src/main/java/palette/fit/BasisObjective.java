package palette.fit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import palette.engine.HeapParameters;
import palette.engine.Snapshot;
import palette.engine.Tensor;

/**
 * Trains a basis, whose margin is linear in the user's weights:
 *
 * <pre>m = sum_k w_k (R_k(chosen) - R_k(rejected))</pre>
 *
 * So the maps run once per distinct item and prompt of a batch ({@link PrototypeRewards}), a pair
 * costs K multiplications in plain Java, where a tensor library moves a latent vector for each side
 * of each pair, and the gradient flows back the same way: into R, and from there into the maps.
 * Equal to the plain path through autograd (tested).
 */
public final class BasisObjective implements Objective {
  private final TrainingSet data;
  private final LearnedLoss loss;
  private final int prototypes; // K
  private final List<String> names;
  private final HeapParameters users;
  private final UserWeights weights;
  private final PrototypeRewards rewards;
  private final double generic; // the generic user's share of the loss
  private final boolean perSide; // an item's R hangs on what was asked

  private final int trained; // entries that occur in training; they come first
  private final int[] slot; // entry -> place in the batch
  private final int[] stamp;
  private final int[] distinct;
  private int batches;
  private Rows batch = new Rows(0);
  private Prepared measured;
  private boolean held; // the users' numbers

  /** Makes what gives the rewards, from the numbers that it learns. */
  public interface Opening {
    PrototypeRewards open(Task task, Map<String, Tensor> start, long seed);
  }

  /** From all start parameters of a task. */
  public static BasisObjective of(
      Task task, boolean perSide, Map<String, Tensor> start, long seed, Opening rewards) {
    var ofUsers = new LinkedHashMap<>(start);
    ofUsers
        .keySet()
        .removeIf(n -> !UserWeights.NAMES.contains(n) && !LearnedLoss.NAMES.contains(n));
    var others = new LinkedHashMap<>(start);
    others.keySet().removeAll(ofUsers.keySet());
    var users = new HeapParameters(ofUsers, task.groups()::of);
    var names = List.copyOf(start.keySet());
    return new BasisObjective(task, perSide, names, users, rewards.open(task, others, seed), seed);
  }

  /**
   * The users' numbers and what gives the rewards, both at hand. {@code perSide}: each side of a
   * pair is a place of its own; otherwise each distinct entry is.
   */
  public BasisObjective(
      Task task,
      boolean perSide,
      List<String> names,
      HeapParameters users,
      PrototypeRewards rewards,
      long seed) {
    this.data = task.data();
    this.loss = new LearnedLoss(task.loss(), users);
    this.prototypes = task.prototypes();
    this.names = names;
    this.trained = 1 + Math.max(largest(data.train.chosen), largest(data.train.rejected));
    this.slot = new int[data.entries.size()];
    this.stamp = new int[slot.length];
    this.distinct = new int[slot.length];
    this.users = users;
    this.weights =
        new UserWeights(task.basis().space(), task.settings(), users, data.users.size(), seed);
    this.generic = task.settings().get(FitSpec.GENERIC_SHARE);
    this.perSide = perSide;
    this.rewards = rewards;
  }

  private static int largest(int[] positions) {
    return Arrays.stream(positions).max().orElse(-1);
  }

  /** A batch row by row: its entries' places, its user, its margin and the slope of its loss. */
  private record Rows(
      int[] chosen,
      int[] rejected,
      int[] user,
      double[] share, // of the batch's weight
      double[] margins,
      double[] slopes) {
    Rows(int n) {
      this(new int[n], new int[n], new int[n], new double[n], new double[n], new double[n]);
    }
  }

  /** Rows that are measured again and again, and so placed once. */
  private record Prepared(
      TrainingSet.Rows rows, int[] order, PrototypeRewards.Lookup lookup, Rows batch) {}

  // ------------------------------------------------------------------------------------- a step

  @Override
  public DoubleSupplier step(int[] order, int from, int to) {
    double mean = accumulate(order, from, to);
    if (held) users.forget();
    else users.step();
    rewards.step();
    return () -> mean;
  }

  @Override
  public void hold(boolean users) {
    held = users;
  }

  /** Sums the gradient of the weighted mean loss of some rows; returns that loss. */
  public double accumulate(int[] order, int from, int to) {
    double total = weight(order, from, to);
    double mean = 0;
    int most = rewards.atOnce() / 2; // rows, of two places each
    for (int at = from, end; at < to; at = end) {
      end = Math.min(to, data.train.end(order, at + Math.min(most, to - at)));
      mean += accumulate(order, at, end - at, total, at > from);
    }
    return mean;
  }

  // In a method of its own, as all loops here are: a loop in accumulate has the JVM compile that
  // early, with all that it calls, and anew when one of these changes, a second each time.
  private double weight(int[] order, int from, int to) {
    double total = 0;
    for (int b = from; b < to; b++) total += data.train.weight[order[b]];
    return total;
  }

  private double accumulate(int[] order, int from, int rows, double total, boolean more) {
    int n = generic > 0 ? 2 * rows : rows;
    if (n > batch.chosen.length) batch = new Rows(n);
    var places = place(batch, data.train, order, from, rows, total);
    if (more) rewards.forwardMore(places);
    else rewards.forward(places);
    if (generic > 0) addGeneric(batch, rows);
    weights.begin(batch.user, n);
    computeMargins(batch, n);
    double mean =
        loss.mean(data.train, order, from, rows, n, batch.margins, batch.share, batch.slopes);
    addSlopes(batch, n);
    rewards.backward();
    weights.back();
    return mean;
  }

  /** What some rows look at; notes where each row will find its own. */
  private PrototypeRewards.Lookup place(
      Rows batch, TrainingSet.Rows rows, int[] order, int from, int n, double total) {
    var places = perSide ? sides(rows, order, from, n) : distinct(rows, order, from, n);
    for (int b = 0; b < n; b++) {
      int row = order[from + b];
      batch.chosen[b] = perSide ? 2 * b : slot[rows.chosen[row]];
      batch.rejected[b] = perSide ? 2 * b + 1 : slot[rows.rejected[row]];
      batch.user[b] = rows.user[row];
      batch.share[b] = rows.weight[row] / total;
    }
    return places;
  }

  /** The same rows behind the others, as if the generic user had given them. */
  private void addGeneric(Rows batch, int n) {
    System.arraycopy(batch.chosen, 0, batch.chosen, n, n);
    System.arraycopy(batch.rejected, 0, batch.rejected, n, n);
    Arrays.fill(batch.user, n, 2 * n, weights.generic());
    for (int b = 0; b < n; b++) {
      batch.share[n + b] = generic * batch.share[b];
      batch.share[b] *= 1 - generic;
    }
  }

  /** Chosen and rejected in turns, each with its row's prompt. */
  private static PrototypeRewards.Lookup sides(
      TrainingSet.Rows rows, int[] order, int from, int n) {
    int[] entries = new int[2 * n];
    int[] prompts = new int[2 * n];
    for (int b = 0; b < n; b++) {
      int row = order[from + b];
      entries[2 * b] = rows.chosen[row];
      entries[2 * b + 1] = rows.rejected[row];
      prompts[2 * b] = prompts[2 * b + 1] = rows.prompt[row];
    }
    return new PrototypeRewards.Lookup(entries, prompts, 2 * n);
  }

  /** Each distinct entry of some rows once; all entries where most are among them anyway. */
  private PrototypeRewards.Lookup distinct(TrainingSet.Rows rows, int[] order, int from, int n) {
    int all = rows == data.train ? trained : slot.length;
    if (4 * n > 3 * all) {
      for (int i = 0; i < all; i++) slot[i] = i;
      return new PrototypeRewards.Lookup(null, null, all);
    }
    batches++;
    int count = 0;
    for (int b = from; b < from + n; b++) {
      count = number(rows.chosen[order[b]], count);
      count = number(rows.rejected[order[b]], count);
    }
    return new PrototypeRewards.Lookup(distinct, null, count);
  }

  private int number(int entry, int count) {
    if (stamp[entry] == batches) return count;
    stamp[entry] = batches;
    slot[entry] = count;
    distinct[count] = entry;
    return count + 1;
  }

  private void computeMargins(Rows batch, int n) {
    Arrays.fill(batch.margins, 0, n, 0);
    for (int k = 0; k < prototypes; k++) {
      addMargins(batch, n, weights.weights(k), rewards.r()[k]);
    }
  }

  private static void addMargins(Rows batch, int n, double[] w, double[] r) {
    int[] chosen = batch.chosen;
    int[] rejected = batch.rejected;
    int[] user = batch.user;
    double[] m = batch.margins;
    for (int b = 0; b < n; b++) m[b] += w[user[b]] * (r[chosen[b]] - r[rejected[b]]);
  }

  private void addSlopes(Rows batch, int n) {
    for (int b = 0; b < n; b++) batch.slopes[b] *= batch.share[b];
    for (int k = 0; k < prototypes; k++) {
      addSlopes(batch, n, weights.weights(k), rewards.r()[k], weights.gradient(k), rewards.dr()[k]);
    }
  }

  private static void addSlopes(
      Rows batch, int n, double[] w, double[] r, double[] dw, double[] dr) {
    int[] chosen = batch.chosen;
    int[] rejected = batch.rejected;
    int[] user = batch.user;
    double[] slopes = batch.slopes;
    for (int b = 0; b < n; b++) {
      dw[user[b]] += slopes[b] * (r[chosen[b]] - r[rejected[b]]);
      double move = slopes[b] * w[user[b]];
      dr[chosen[b]] += move;
      dr[rejected[b]] -= move;
    }
  }

  @Override
  public Measured measure(TrainingSet.Rows rows) {
    if (measured == null || measured.rows != rows) measured = prepared(rows);
    var all = measured.batch;
    int n = rows.size();
    rewards.forwardOnly(measured.lookup);
    weights.settle(all.user, n);
    computeMargins(all, n);
    double mean = loss.mean(rows, measured.order, 0, n, n, all.margins, all.share, null);
    return new Measured(mean, Measured.accuracy(all.margins, rows));
  }

  private Prepared prepared(TrainingSet.Rows rows) {
    int[] order = IntStream.range(0, rows.size()).toArray();
    var all = new Rows(order.length);
    double total = Arrays.stream(rows.weight).sum();
    var places = place(all, rows, order, 0, order.length, total);
    return new Prepared(rows, order, places.copy(), all);
  }

  @Override
  public Map<String, Tensor> parameters() {
    var all = users.tensors();
    all.putAll(rewards.parameters());
    var inOrder = new LinkedHashMap<String, Tensor>();
    for (String name : names) inOrder.put(name, all.get(name));
    return inOrder;
  }

  @Override
  public void state(Snapshot state) {
    users.state(state);
    weights.state(state);
    rewards.state(state);
  }

  @Override
  public Map<String, double[]> gradients() {
    var all = new LinkedHashMap<>(users.gradients);
    all.putAll(rewards.gradients());
    return all;
  }

  @Override
  public void close() {
    rewards.close();
  }
}
