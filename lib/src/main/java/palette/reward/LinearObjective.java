package palette.reward;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import palette.engine.AdamGroup;
import palette.engine.PlainAdam;
import palette.engine.Tensor;

/**
 * PAL-A with a linear f, squared distance and a closed-form loss, in double precision with
 * gradients by hand. With u = A x + e the view of prototype q on an item is R = 2 u.q - |u|^2, and
 * because |a|^2 stands on both sides a margin is linear in the user's weights:
 *
 * <pre>m = sum_k w_k (R_k(chosen) - R_k(rejected))</pre>
 *
 * So f runs once per distinct item of a batch ({@link LinearViews}), a pair costs K
 * multiplications, and the gradient flows back the same way: into R, from there into u and q, from
 * there into A, e and p. Equal to the plain path through autograd (tested).
 */
final class LinearObjective implements Objective {
  private final Study study;
  private final Mixing mixing;
  private final LinearViews views;
  private final Loss loss;
  private final int prototypes; // K
  private final String prototypesName;
  private final double boundNorm;
  private final double boundStrength;

  private final LinkedHashMap<String, double[]> parameters = new LinkedHashMap<>();
  private final LinkedHashMap<String, double[]> gradients = new LinkedHashMap<>();
  private final LinkedHashMap<String, PlainAdam> adams = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  private final int trained; // entries that occur in training; they come first
  private final int[] slot; // entry -> place in the batch
  private final int[] stamp;
  private final int[] distinct;
  private int batches;
  private Rows batch = new Rows(0);

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
    this.prototypesName = start.containsKey("prototypes") ? "prototypes" : "prototypes.latent";
    this.boundNorm = settings.real("prototypeBound");
    this.boundStrength = settings.real("boundStrength");
    this.trained = 1 + Math.max(largest(study.train.chosen), largest(study.train.rejected));
    this.slot = new int[study.entries.size()];
    this.stamp = new int[slot.length];
    this.distinct = new int[slot.length];
    start.forEach((name, tensor) -> add(name, tensor, groups.of(name)));
    this.mixing = new Mixing(settings, parameters, gradients, study.users.size(), seed);
    this.views = new LinearViews(study, settings, parameters, gradients);
  }

  private static int largest(int[] positions) {
    return Arrays.stream(positions).max().orElse(-1);
  }

  private void add(String name, Tensor tensor, AdamGroup group) {
    parameters.put(name, tensor.doubles());
    gradients.put(name, new double[tensor.values().length]);
    adams.put(name, new PlainAdam(tensor.values().length, group));
    shapes.put(name, tensor.shape());
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

  // ------------------------------------------------------------------------------------- a step

  @Override
  public double step(int[] order, int from, int to) {
    double mean = accumulate(order, from, to);
    parameters.forEach((name, values) -> adams.get(name).step(values, gradients.get(name)));
    return mean;
  }

  /** Sums the gradient of the weighted mean loss of some rows; returns that loss. */
  double accumulate(int[] order, int from, int to) {
    int n = to - from;
    if (n > batch.chosen.length) batch = new Rows(n);
    place(batch, study.train, order, from, n);
    mixing.begin(batch.user, n);
    computeMargins(batch, n);
    double mean = loss.mean(batch.margins, batch.share, n, batch.slopes);
    pull(batch, n);
    views.back();
    mixing.back();
    pullToBound();
    return mean;
  }

  /** Looks at the entries of some rows, and notes where each row finds its own. */
  private void place(Rows batch, Study.Rows rows, int[] order, int from, int n) {
    look(rows, order, from, n);
    double total = 0;
    for (int b = 0; b < n; b++) {
      int row = order[from + b];
      batch.chosen[b] = slot[rows.chosen[row]];
      batch.rejected[b] = slot[rows.rejected[row]];
      batch.user[b] = rows.user[row];
      batch.share[b] = rows.weight[row];
      total += rows.weight[row];
    }
    for (int b = 0; b < n; b++) batch.share[b] /= total;
  }

  /** Each distinct entry of the batch once; all entries where most are in it anyway. */
  private void look(Study.Rows rows, int[] order, int from, int n) {
    int all = rows == study.train ? trained : slot.length;
    if (4 * n > 3 * all) {
      for (int i = 0; i < all; i++) slot[i] = i;
      views.look(null, all);
      return;
    }
    batches++;
    int count = 0;
    for (int b = from; b < from + n; b++) {
      count = number(rows.chosen[order[b]], count);
      count = number(rows.rejected[order[b]], count);
    }
    views.look(distinct, count);
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
      addMargins(batch, n, mixing.weights(k), views.r[k]);
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
      pull(batch, n, mixing.weights(k), views.r[k], mixing.gradient(k), views.dr[k]);
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

  private void pullToBound() {
    if (boundStrength == 0) return;
    double[] p = parameters.get(prototypesName);
    double[] dp = gradients.get(prototypesName);
    int width = p.length / prototypes;
    for (int k = 0; k < prototypes; k++) {
      double norm = Math.sqrt(Loops.dot(p, k * width, p, k * width, width));
      if (norm <= boundNorm) continue;
      for (int c = k * width; c < (k + 1) * width; c++) dp[c] += boundStrength * p[c] / norm;
    }
  }

  @Override
  public Measured measure(Study.Rows rows) {
    int[] order = new int[rows.size()];
    for (int i = 0; i < order.length; i++) order[i] = i;
    var all = new Rows(order.length);
    place(all, rows, order, 0, order.length);
    mixing.settle();
    computeMargins(all, order.length);
    double mean = loss.mean(all.margins, all.share, order.length, all.slopes);
    return new Measured(mean, Measured.accuracy(all.margins, rows.weight));
  }

  @Override
  public Map<String, Tensor> parameters() {
    var copy = new LinkedHashMap<String, Tensor>();
    parameters.forEach((name, values) -> copy.put(name, Tensor.of(values, shapes.get(name))));
    return copy;
  }

  Map<String, double[]> gradients() {
    return gradients;
  }

  double[] values(String name) {
    return parameters.get(name);
  }

  @Override
  public void close() {
    // Nothing outside the heap is held.
  }
}
