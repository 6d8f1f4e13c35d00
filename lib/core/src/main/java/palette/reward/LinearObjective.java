package palette.reward;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.engine.Tensor;

/**
 * A model whose margin is linear in the user's weights:
 *
 * <pre>m = sum_k w_k (R_k(chosen) - R_k(rejected))</pre>
 *
 * For PAL-A with squared distance and prototypes mapped before they are mixed, u = f(x) + e, it is
 * R_k = 2 u.q_k - |u|^2, because |a|^2 stands on both sides; for PAL-B with heads on the unit
 * sphere R_k = s cos(f(x), g_k(c)). So the maps run once per distinct item and prompt of a batch
 * ({@link Views}), a pair costs K multiplications, and the gradient flows back the same way: into
 * R, and from there into the maps. Equal to the plain path through autograd (tested).
 */
final class LinearObjective implements Objective {
  private final Study study;
  private final Loss loss;
  private final int prototypes; // K
  private final List<String> names;
  private final Learned users;
  private final Mixing mixing;
  private final Views views;
  private final boolean prompted; // an item's R hangs on what was asked

  private final int trained; // entries that occur in training; they come first
  private final int[] slot; // entry -> place in the batch
  private final int[] stamp;
  private final int[] distinct;
  private int batches;
  private Rows batch = new Rows(0);
  private Placed measured;

  LinearObjective(
      Study study,
      Settings settings,
      Loss loss,
      Map<String, Tensor> start,
      PalGroups groups,
      long seed) {
    this.study = study;
    this.loss = loss;
    this.prototypes = settings.integer("prototypes");
    this.names = List.copyOf(start.keySet());
    this.trained = 1 + Math.max(largest(study.train.chosen), largest(study.train.rejected));
    this.slot = new int[study.entries.size()];
    this.stamp = new int[slot.length];
    this.distinct = new int[slot.length];
    var ofUsers = new LinkedHashMap<>(start);
    ofUsers.keySet().removeIf(name -> !name.startsWith("users."));
    var ofViews = new LinkedHashMap<>(start);
    ofViews.keySet().removeAll(ofUsers.keySet());
    this.users = new Learned(ofUsers, groups);
    this.mixing = new Mixing(settings, users, study.users.size(), seed);
    this.prompted = start.containsKey("scale");
    this.views = views(study, settings, ofViews, groups, seed);
  }

  private Views views(
      Study study, Settings settings, Map<String, Tensor> start, PalGroups groups, long seed) {
    if (prompted) return new AngleViews(study, settings, start, groups, seed);
    if (start.containsKey("f.1.weight")) return new GraphViews(study, settings, start, groups);
    var learned = new Learned(start, groups);
    return MetricViews.suits(study, settings, start)
        ? new MetricViews(study, settings, learned)
        : new LinearViews(study, settings, learned);
  }

  private static int largest(int[] positions) {
    return Arrays.stream(positions).max().orElse(-1);
  }

  /**
   * A batch row by row: its two entries' places, its user, its margin and the slope of its loss.
   */
  private static final class Rows {
    final int[] chosen;
    final int[] rejected;
    final int[] user;
    final double[] share; // of the batch's weight
    final double[] margins;
    final double[] slopes;

    Rows(int n) {
      chosen = new int[n];
      rejected = new int[n];
      user = new int[n];
      share = new double[n];
      margins = new double[n];
      slopes = new double[n];
    }
  }

  /** Rows that are measured again and again, and so placed once. */
  private record Placed(Study.Rows rows, Views.Places places, Rows batch) {}

  // ------------------------------------------------------------------------------------- a step

  @Override
  public double step(int[] order, int from, int to) {
    double mean = accumulate(order, from, to);
    users.step();
    views.step();
    return mean;
  }

  /** Sums the gradient of the weighted mean loss of some rows; returns that loss. */
  double accumulate(int[] order, int from, int to) {
    int n = to - from;
    if (n > batch.chosen.length) batch = new Rows(n);
    views.look(place(batch, study.train, order, from, n));
    mixing.begin(batch.user, n);
    computeMargins(batch, n);
    double mean = loss.mean(batch.margins, batch.share, n, batch.slopes);
    pull(batch, n);
    views.back();
    mixing.back();
    return mean;
  }

  /** What some rows look at; notes where each row will find its own. */
  private Views.Places place(Rows batch, Study.Rows rows, int[] order, int from, int n) {
    var places = prompted ? sides(rows, order, from, n) : distinct(rows, order, from, n);
    double total = 0;
    for (int b = 0; b < n; b++) {
      int row = order[from + b];
      batch.chosen[b] = prompted ? 2 * b : slot[rows.chosen[row]];
      batch.rejected[b] = prompted ? 2 * b + 1 : slot[rows.rejected[row]];
      batch.user[b] = rows.user[row];
      batch.share[b] = rows.weight[row];
      total += rows.weight[row];
    }
    for (int b = 0; b < n; b++) batch.share[b] /= total;
    return places;
  }

  /** Chosen and rejected in turns, each with its row's prompt. */
  private static Views.Places sides(Study.Rows rows, int[] order, int from, int n) {
    int[] entries = new int[2 * n];
    int[] prompts = new int[2 * n];
    for (int b = 0; b < n; b++) {
      int row = order[from + b];
      entries[2 * b] = rows.chosen[row];
      entries[2 * b + 1] = rows.rejected[row];
      prompts[2 * b] = prompts[2 * b + 1] = rows.prompt[row];
    }
    return new Views.Places(entries, prompts, 2 * n);
  }

  /** Each distinct entry of some rows once; all entries where most are among them anyway. */
  private Views.Places distinct(Study.Rows rows, int[] order, int from, int n) {
    int all = rows == study.train ? trained : slot.length;
    if (4 * n > 3 * all) {
      for (int i = 0; i < all; i++) slot[i] = i;
      return new Views.Places(null, null, all);
    }
    batches++;
    int count = 0;
    for (int b = from; b < from + n; b++) {
      count = number(rows.chosen[order[b]], count);
      count = number(rows.rejected[order[b]], count);
    }
    return new Views.Places(distinct, null, count);
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
      addMargins(batch, n, mixing.weights(k), views.r()[k]);
    }
  }

  private static void addMargins(Rows batch, int n, double[] w, double[] r) {
    int[] chosen = batch.chosen;
    int[] rejected = batch.rejected;
    int[] user = batch.user;
    double[] m = batch.margins;
    for (int b = 0; b < n; b++) m[b] += w[user[b]] * (r[chosen[b]] - r[rejected[b]]);
  }

  private void pull(Rows batch, int n) {
    for (int b = 0; b < n; b++) batch.slopes[b] *= batch.share[b];
    for (int k = 0; k < prototypes; k++) {
      pull(batch, n, mixing.weights(k), views.r()[k], mixing.gradient(k), views.dr()[k]);
    }
  }

  private static void pull(Rows batch, int n, double[] w, double[] r, double[] dw, double[] dr) {
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
  public Measured measure(Study.Rows rows) {
    if (measured == null || measured.rows != rows) measured = placed(rows);
    var all = measured.batch;
    int n = rows.size();
    views.glance(measured.places);
    mixing.settle(all.user, n);
    computeMargins(all, n);
    double mean = loss.mean(all.margins, all.share, n);
    return new Measured(mean, Measured.accuracy(all.margins, rows.weight));
  }

  private Placed placed(Study.Rows rows) {
    int[] order = new int[rows.size()];
    Arrays.setAll(order, i -> i);
    var all = new Rows(order.length);
    var places = place(all, rows, order, 0, order.length);
    return new Placed(rows, places.copy(), all);
  }

  @Override
  public Map<String, Tensor> parameters() {
    var all = users.tensors();
    all.putAll(views.parameters());
    var inOrder = new LinkedHashMap<String, Tensor>();
    for (String name : names) inOrder.put(name, all.get(name));
    return inOrder;
  }

  /** The numbers of a parameter that is learned by hand, for tests. */
  double[] values(String name) {
    return users.values.containsKey(name) ? users.values.get(name) : views.values(name);
  }

  /** The gradients so far, for tests. */
  Map<String, double[]> gradients() {
    var all = new LinkedHashMap<>(users.gradients);
    all.putAll(views.gradients());
    return all;
  }

  @Override
  public void close() {
    views.close();
  }
}
