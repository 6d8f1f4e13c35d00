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
 * So f runs once per distinct item of a batch, a pair costs K multiplications, and the gradient
 * flows back the same way: into R, from there into u and q, from there into A, e and p. Equal to
 * the plain path through autograd (tested), and about ten times as fast where d is small.
 */
final class LinearObjective implements Objective {
  private final Study study;
  private final Mixing mixing;
  private final Loss loss;
  private final int inputs; // D
  private final int dimension; // d
  private final int prototypes; // K
  private final boolean mapped; // prototypes live in input space and pass through f
  private final String prototypesName;
  private final boolean identities;
  private final double boundNorm;
  private final double boundStrength;
  private final double[][] x; // [entry][D]
  private final double[][] xt; // [D][entry]
  private final int[] identity;

  private final LinkedHashMap<String, double[]> parameters = new LinkedHashMap<>();
  private final LinkedHashMap<String, double[]> gradients = new LinkedHashMap<>();
  private final LinkedHashMap<String, PlainAdam> adams = new LinkedHashMap<>();
  private final Map<String, long[]> shapes;

  private final int[] slot; // entry -> place in the batch
  private final int[] stamp;
  private int batches;

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
    this.dimension = settings.integer("dimension");
    this.mapped = !start.containsKey("prototypes.latent");
    this.prototypesName = mapped ? "prototypes" : "prototypes.latent";
    this.identities = start.containsKey("items.identity");
    this.boundNorm = settings.real("prototypeBound");
    this.boundStrength = settings.real("boundStrength");
    this.inputs = study.entries.dimension();
    this.identity = study.entries.identity();
    this.x = wide(study.entries.features());
    this.xt = transposed(x, inputs);
    this.slot = new int[x.length];
    this.stamp = new int[x.length];
    this.shapes = new LinkedHashMap<>();
    start.forEach((name, tensor) -> add(name, tensor, groups.of(name)));
    this.mixing = new Mixing(settings, parameters, gradients, study.users.size(), seed);
  }

  private void add(String name, Tensor tensor, AdamGroup group) {
    parameters.put(name, tensor.doubles());
    gradients.put(name, new double[tensor.values().length]);
    adams.put(name, new PlainAdam(tensor.values().length, group));
    shapes.put(name, tensor.shape());
  }

  private static double[][] wide(float[][] rows) {
    double[][] wide = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      wide[i] = new double[rows[i].length];
      for (int c = 0; c < rows[i].length; c++) wide[i][c] = rows[i][c];
    }
    return wide;
  }

  private static double[][] transposed(double[][] rows, int columns) {
    double[][] t = new double[columns][rows.length];
    for (int i = 0; i < rows.length; i++) for (int c = 0; c < columns; c++) t[c][i] = rows[i][c];
    return t;
  }

  // ---------------------------------------------------------------- the views of the prototypes

  /** What a set of entries looks like: u by latent axis, q, and R by place. */
  private final class Views {
    final int[] entries; // null: all of them
    final int count;
    final double[][] u; // [d][count]
    final double[][] q; // [K][d]
    final double[] r; // [count * K]

    Views(int[] entries, int count) {
      this.entries = entries;
      this.count = count;
      u = new double[dimension][count];
      q = new double[prototypes][dimension];
      r = new double[count * prototypes];
      mapItems();
      mapPrototypes();
      look();
    }

    int entry(int place) {
      return entries == null ? place : entries[place];
    }

    private void mapItems() {
      mapVectors();
      if (!identities) return;
      double[] e = parameters.get("items.identity");
      for (int i = 0; i < count; i++) {
        int known = identity[entry(i)];
        if (known < 0) continue;
        for (int l = 0; l < dimension; l++) u[l][i] += e[known * dimension + l];
      }
    }

    private void mapVectors() {
      double[] a = parameters.get("f.weight");
      double[] column = new double[count];
      for (int c = 0; c < inputs; c++) {
        double[] values = entries == null ? xt[c] : gather(xt[c], column);
        for (int l = 0; l < dimension; l++) axpy(a[l * inputs + c], values, u[l], count);
      }
    }

    private double[] gather(double[] all, double[] some) {
      for (int i = 0; i < count; i++) some[i] = all[entries[i]];
      return some;
    }

    private void mapPrototypes() {
      double[] a = parameters.get("f.weight");
      double[] p = parameters.get(prototypesName);
      for (int k = 0; k < prototypes; k++) {
        for (int l = 0; l < dimension; l++) {
          q[k][l] = mapped ? dot(a, l * inputs, p, k * inputs, inputs) : p[k * dimension + l];
        }
      }
    }

    private void look() {
      double[] norm = new double[count];
      for (int l = 0; l < dimension; l++) addProduct(u[l], u[l], norm, count);
      double[] view = new double[count];
      for (int k = 0; k < prototypes; k++) {
        Arrays.fill(view, 0);
        for (int l = 0; l < dimension; l++) axpy(2 * q[k][l], u[l], view, count);
        for (int i = 0; i < count; i++) r[i * prototypes + k] = view[i] - norm[i];
      }
    }

    /** From dL/dR to the gradients of A, e and p. */
    void back(double[] dr) {
      double[] total = new double[count];
      double[][] byPrototype = new double[prototypes][count];
      for (int i = 0; i < count; i++) {
        for (int k = 0; k < prototypes; k++) {
          byPrototype[k][i] = dr[i * prototypes + k];
          total[i] += byPrototype[k][i];
        }
      }
      double[] du = new double[count];
      for (int l = 0; l < dimension; l++) {
        for (int i = 0; i < count; i++) du[i] = -2 * u[l][i] * total[i];
        for (int k = 0; k < prototypes; k++) {
          axpy(2 * q[k][l], byPrototype[k], du, count);
          backIntoPrototype(k, l, 2 * dot(byPrototype[k], 0, u[l], 0, count));
        }
        backIntoMap(l, du);
      }
    }

    private void backIntoPrototype(int k, int l, double dq) {
      double[] dp = gradients.get(prototypesName);
      if (!mapped) {
        dp[k * dimension + l] += dq;
        return;
      }
      double[] a = parameters.get("f.weight");
      double[] da = gradients.get("f.weight");
      double[] p = parameters.get(prototypesName);
      for (int c = 0; c < inputs; c++) {
        da[l * inputs + c] += dq * p[k * inputs + c];
        dp[k * inputs + c] += dq * a[l * inputs + c];
      }
    }

    private void backIntoMap(int l, double[] du) {
      if (inputs > 0) {
        double[] da = gradients.get("f.weight");
        double[] row = new double[inputs];
        for (int i = 0; i < count; i++) if (du[i] != 0) axpy(du[i], x[entry(i)], row, inputs);
        for (int c = 0; c < inputs; c++) da[l * inputs + c] += row[c];
      }
      if (!identities) return;
      double[] de = gradients.get("items.identity");
      for (int i = 0; i < count; i++) {
        int known = identity[entry(i)];
        if (known >= 0) de[known * dimension + l] += du[i];
      }
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
    var rows = study.train;
    Views views = viewsOf(rows, order, from, to);
    mixing.begin(rows.user, order, from, to);
    int n = to - from;
    double[] margins = new double[n];
    double weights = 0;
    for (int b = 0; b < n; b++) {
      int row = order[from + b];
      margins[b] = margin(views, rows, row, mixing.weightsOf(rows.user[row]));
      weights += rows.weight[row];
    }
    double[] values = new double[n];
    double[] slopes = new double[n];
    loss.at(margins, n, values, slopes);
    double[] dr = new double[views.r.length];
    double mean = 0;
    for (int b = 0; b < n; b++) {
      int row = order[from + b];
      double share = rows.weight[row] / weights;
      mean += share * values[b];
      if (slopes[b] != 0) pull(views, rows, row, share * slopes[b], dr);
    }
    views.back(dr);
    mixing.back();
    pullToBound();
    return mean;
  }

  /** Each distinct entry of the batch once; all entries where that is hardly more. */
  private Views viewsOf(Study.Rows rows, int[] order, int from, int to) {
    batches++;
    int[] distinct = new int[Math.min(x.length, 2 * (to - from))];
    int count = 0;
    for (int b = from; b < to; b++) {
      for (int entry : new int[] {rows.chosen[order[b]], rows.rejected[order[b]]}) {
        if (stamp[entry] == batches) continue;
        stamp[entry] = batches;
        slot[entry] = count;
        distinct[count++] = entry;
      }
    }
    if (count < x.length / 2) return new Views(distinct, count);
    for (int i = 0; i < slot.length; i++) slot[i] = i;
    return new Views(null, x.length);
  }

  private double margin(Views views, Study.Rows rows, int row, double[] w) {
    int chosen = slot[rows.chosen[row]] * prototypes;
    int rejected = slot[rows.rejected[row]] * prototypes;
    double m = 0;
    for (int k = 0; k < prototypes; k++) m += w[k] * (views.r[chosen + k] - views.r[rejected + k]);
    return m;
  }

  private void pull(Views views, Study.Rows rows, int row, double slope, double[] dr) {
    int chosen = slot[rows.chosen[row]] * prototypes;
    int rejected = slot[rows.rejected[row]] * prototypes;
    double[] w = mixing.weightsOf(rows.user[row]);
    double[] dw = mixing.gradientOf(rows.user[row]);
    for (int k = 0; k < prototypes; k++) {
      dw[k] += slope * (views.r[chosen + k] - views.r[rejected + k]);
      dr[chosen + k] += slope * w[k];
      dr[rejected + k] -= slope * w[k];
    }
  }

  private void pullToBound() {
    if (boundStrength == 0) return;
    double[] p = parameters.get(prototypesName);
    double[] dp = gradients.get(prototypesName);
    int width = p.length / prototypes;
    for (int k = 0; k < prototypes; k++) {
      double norm = Math.sqrt(dot(p, k * width, p, k * width, width));
      if (norm <= boundNorm) continue;
      for (int c = k * width; c < (k + 1) * width; c++) dp[c] += boundStrength * p[c] / norm;
    }
  }

  @Override
  public Measured measure(Study.Rows rows) {
    for (int i = 0; i < slot.length; i++) slot[i] = i;
    Views views = new Views(null, x.length);
    double[] margins = new double[rows.size()];
    for (int row = 0; row < margins.length; row++) {
      margins[row] = margin(views, rows, row, mixing.settled(rows.user[row]));
    }
    double[] values = new double[margins.length];
    loss.at(margins, margins.length, values, new double[margins.length]);
    return Measured.of(margins, values, rows.weight);
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

  // ------------------------------------------------- loops that the compiler turns into vectors

  private static void axpy(double factor, double[] from, double[] to, int n) {
    for (int i = 0; i < n; i++) to[i] += factor * from[i];
  }

  private static void addProduct(double[] a, double[] b, double[] to, int n) {
    for (int i = 0; i < n; i++) to[i] += a[i] * b[i];
  }

  private static double dot(double[] a, int fromA, double[] b, int fromB, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) sum += a[fromA + i] * b[fromB + i];
    return sum;
  }
}
