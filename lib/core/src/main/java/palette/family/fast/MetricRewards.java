package palette.family.fast;

import java.util.Arrays;
import palette.engine.HeapParameters;
import palette.fit.Task;
import palette.numeric.VectorLoops;

/**
 * What the prototypes make of some entries where f is linear, f(x) = A x, and maps prototypes too:
 * PAL-A then knows A by its metric B = A^T A only,
 *
 * <pre>R_k = 2 x.B p_k - x.B x</pre>
 *
 * and with M_k = sum_i dR_ki x_i and G = sum_i (sum_k dR_ki) x_i x_i^T, sums over entries, the way
 * back is
 *
 * <pre>dL/dA = 2 A (sum_k (M_k p_k^T + p_k M_k^T) - G),   dL/dp_k = 2 B M_k</pre>
 *
 * That takes half of the work of mapping many entries, as long as x is not much longer than f(x).
 */
public final class MetricRewards extends HeapRewards {
  private final int inputs; // D
  private final int dimension; // d
  private final Columns columns;
  private final double[] a; // [d * D]
  private final double[] p; // [K * D]

  private final double[] metric; // B, [D * D]
  private final double[] reach; // 2 B p_k, [K * D]
  private final double[][][] upTo; // the batch's columns 0..c, to a whole eight, for every c
  private int count;
  private double[] sums = {}; // by place: x.B x, later sum_k dR_k
  private double[] room = {};

  /** R of PAL-A where f is linear to so many dimensions, and maps items and prototypes alike. */
  public MetricRewards(Task task, int dimension, HeapParameters learned) {
    super(task, learned);
    this.dimension = dimension;
    inputs = task.sizes().inputs();
    columns = new Columns(task.data().entries.features(), inputs);
    a = PalParameters.F.of(learned.values);
    p = PalParameters.PROTOTYPES.of(learned.values);
    metric = new double[inputs * inputs];
    reach = new double[prototypes * inputs];
    upTo = new double[inputs][][];
  }

  /** Why a fit takes this form. */
  public static final String REASON = "many items a step, and x less than twice as long as f(x)";

  /**
   * Whether it is worth it: x short and less than twice f(x), and so many places a step, n (2 d -
   * D) > 10 d D as measured, that they outweigh B by itself.
   */
  public static boolean pays(Task task, int dimension) {
    long n = task.placesAStep();
    long d = dimension;
    long inputs = task.sizes().inputs();
    return !LinearMap.isLibtorchs(task) && n * (2 * d - inputs) > 10 * d * inputs;
  }

  @Override
  public void forward(Lookup places) {
    count = places.count();
    if (count > sums.length) makeRoom();
    double[][] x = columns.of(places);
    for (int c = 0; c < inputs; c++) upTo[c] = Arrays.copyOf(x, Math.min(inputs, (c / 8 + 1) * 8));
    findMetric();
    findSquares(x);
    findR(reach, x, sums, inputs, count);
  }

  private void makeRoom() {
    makeRoomForR(count);
    sums = new double[count];
    room = new double[count];
  }

  private void findMetric() {
    Arrays.fill(metric, 0);
    for (int l = 0; l < dimension; l++) {
      for (int c = 0; c < inputs; c++) {
        double factor = a[l * inputs + c];
        for (int j = 0; j < inputs; j++) metric[c * inputs + j] += factor * a[l * inputs + j];
      }
    }
    for (int i = 0; i < reach.length; i++) {
      int from = i / inputs * inputs;
      reach[i] = 2 * VectorLoops.dot(metric, i % inputs * inputs, p, from, inputs);
    }
  }

  /** x.B x: each pair of coordinates once, doubled where they differ. */
  private void findSquares(double[][] x) {
    double[] factors = new double[inputs]; // 0 behind c
    Arrays.fill(sums, 0, count, 0);
    for (int c = 0; c < inputs; c++) {
      for (int j = 0; j < c; j++) factors[j] = 2 * metric[c * inputs + j];
      factors[c] = metric[c * inputs + c];
      Arrays.fill(room, 0, count, 0);
      VectorLoops.addRows(factors, 0, upTo[c], room, count);
      VectorLoops.addProduct(room, x[c], sums, count);
    }
  }

  @Override
  public void backward() {
    double[] pull = new double[inputs * inputs]; // sum_k (M_k p_k^T + p_k M_k^T) - G
    double[] m = new double[inputs];
    for (int k = 0; k < prototypes; k++) {
      Arrays.fill(m, 0);
      VectorLoops.addDots(dr[k], upTo[inputs - 1], m, 0, count);
      pullBetween(m, k, pull);
      pullPrototype(m, k);
    }
    pullTogether(pull);
    double[] da = PalParameters.F.of(learned.gradients);
    for (int i = 0; i < da.length; i++) {
      da[i] += 2 * VectorLoops.dot(a, i / inputs * inputs, pull, i % inputs * inputs, inputs);
    }
  }

  private void pullBetween(double[] m, int k, double[] pull) {
    for (int c = 0; c < inputs; c++) {
      for (int j = 0; j < inputs; j++) {
        pull[c * inputs + j] += m[c] * p[k * inputs + j] + p[k * inputs + c] * m[j];
      }
    }
  }

  private void pullPrototype(double[] m, int k) {
    double[] dp = PalParameters.PROTOTYPES.of(learned.gradients);
    for (int c = 0; c < inputs; c++) {
      dp[k * inputs + c] += 2 * VectorLoops.dot(metric, c * inputs, m, 0, inputs);
    }
  }

  /** Takes G away, which is symmetric. */
  private void pullTogether(double[] pull) {
    sumSlopes(sums, count);
    double[] g = new double[inputs];
    for (int c = 0; c < inputs; c++) {
      Arrays.fill(g, 0);
      VectorLoops.product(1, upTo[inputs - 1][c], sums, room, count);
      VectorLoops.addDots(room, upTo[c], g, 0, count);
      for (int j = 0; j < c; j++) {
        pull[c * inputs + j] -= g[j];
        pull[j * inputs + c] -= g[j];
      }
      pull[c * inputs + c] -= g[c];
    }
  }

  @Override
  public void close() {
    // Nothing outside the heap is held.
  }
}
