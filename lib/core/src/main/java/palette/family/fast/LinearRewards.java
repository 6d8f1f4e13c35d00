package palette.family.fast;

import java.util.Arrays;
import java.util.Map;
import palette.engine.HeapParameters;
import palette.engine.Snapshot;
import palette.engine.Tensor;
import palette.fit.Parameter;
import palette.fit.PrototypeRewards;
import palette.fit.Task;
import palette.numeric.VectorLoops;

/**
 * What the prototypes make of some entries where f is linear: u = A x + e, q = A p (or q itself
 * where prototypes are latent), and R_k = 2 u.q_k - |u|^2, with the way back from R to A, e and p.
 * Everything lies by coordinate, one long array each, because loops over entries are the ones that
 * vectorise; the memory is kept from batch to batch.
 */
public final class LinearRewards implements PrototypeRewards {
  private final HeapParameters learned; // in double precision
  private final int prototypes; // K
  private final int inputs; // D
  private final int dimension; // d
  private final LinearMap map;
  private final int[] identity; // entry -> known item or -1
  private final double[] a; // [d * D], null where D = 0
  private final double[] p; // [K * D], or [K * d] where latent
  private final double[] e; // [items * d], null without identities
  private final double[] da;
  private final double[] dp;
  private final double[] de;
  private final boolean mapped;

  private Lookup places = new Lookup(null, null, 0);
  private int count;
  private final double[] q; // [K * d]
  private final double[] twice; // 2 q
  private final double[] twiceByAxis; // [d * K]
  private final double[] dq;
  private double[][] r = {}; // [K][count]
  private double[][] dr = {};
  private double[][] u = {}; // [d][count]
  private double[][] du = {};
  private double[] sums = {}; // by place: |u|^2, later sum_k dR_k

  /** R of PAL-A where f is linear to so many dimensions. */
  public LinearRewards(Task task, int dimension, HeapParameters learned) {
    this.learned = learned;
    prototypes = task.prototypes();
    this.dimension = dimension;
    inputs = task.sizes().inputs();
    identity = task.data().entries.identity();
    map = LinearMap.of(task);
    mapped = PalParameters.PROTOTYPES.of(learned.values) != null;
    var prototypesAt = mapped ? PalParameters.PROTOTYPES : PalParameters.LATENT;
    a = PalParameters.F.of(learned.values);
    p = prototypesAt.of(learned.values);
    e = Parameter.IDENTITY.of(learned.values);
    da = PalParameters.F.of(learned.gradients);
    dp = prototypesAt.of(learned.gradients);
    de = Parameter.IDENTITY.of(learned.gradients);
    q = new double[prototypes * dimension];
    twice = new double[q.length];
    twiceByAxis = new double[q.length];
    dq = new double[q.length];
  }

  /** Whose products the map takes. */
  public static String reason(Task task) {
    return LinearMap.isLibtorchs(task)
        ? "products of libtorch, vectors as long as an encoder's"
        : "loops, short vectors or few a step";
  }

  @Override
  public void forward(Lookup places) {
    this.places = places;
    count = places.count();
    if (count > sums.length) makeRoom();
    mapPrototypes();
    map.map(places, a, u);
    if (e != null) addOffsets();
    Arrays.fill(sums, 0, count, 0);
    for (int l = 0; l < dimension; l++) VectorLoops.addSquares(u[l], sums, count);
    for (int k = 0; k < prototypes; k++) {
      Arrays.fill(dr[k], 0, count, 0);
      for (int i = 0; i < count; i++) r[k][i] = -sums[i];
    }
    VectorLoops.addProduct(twice, u, r, count);
  }

  @Override
  public void forwardOnly(Lookup places) {
    map.keep(places);
    forward(places);
  }

  private void makeRoom() {
    r = new double[prototypes][count];
    dr = new double[prototypes][count];
    u = new double[dimension][count];
    du = new double[dimension][count];
    sums = new double[count];
  }

  private void addOffsets() {
    for (int i = 0; i < count; i++) {
      int known = identity[places.entry(i)];
      if (known < 0) continue;
      for (int l = 0; l < dimension; l++) u[l][i] += e[known * dimension + l];
    }
  }

  private void mapPrototypes() {
    if (!mapped) System.arraycopy(p, 0, q, 0, q.length);
    else {
      for (int i = 0; i < q.length; i++) {
        q[i] = VectorLoops.dot(a, i % dimension * inputs, p, i / dimension * inputs, inputs);
      }
    }
    for (int i = 0; i < q.length; i++) {
      twice[i] = 2 * q[i];
      twiceByAxis[i % dimension * prototypes + i / dimension] = 2 * q[i];
    }
  }

  // ---------------------------------------------------------------------------------- way back

  /** From dL/dR to the gradients of A, e and p: dL/du = 2 sum_k dR_k (q_k - u). */
  @Override
  public void backward() {
    Arrays.fill(sums, 0, count, 0);
    for (double[] slopes : dr) VectorLoops.add(slopes, sums, count);
    for (int l = 0; l < dimension; l++) {
      VectorLoops.product(-2, u[l], sums, du[l], count);
    }
    VectorLoops.addProduct(twiceByAxis, dr, du, count);
    map.back(du, da);
    if (e != null) backIntoOffsets();
    Arrays.fill(dq, 0);
    for (int k = 0; k < prototypes; k++) VectorLoops.addDots(dr[k], u, dq, k * dimension, count);
    for (int i = 0; i < dq.length; i++) {
      backIntoPrototype(i / dimension, i % dimension, 2 * dq[i]);
    }
  }

  private void backIntoPrototype(int k, int l, double slope) {
    if (!mapped) {
      dp[k * dimension + l] += slope;
      return;
    }
    for (int c = 0; c < inputs; c++) {
      da[l * inputs + c] += slope * p[k * inputs + c];
      dp[k * inputs + c] += slope * a[l * inputs + c];
    }
  }

  private void backIntoOffsets() {
    for (int i = 0; i < count; i++) {
      int known = identity[places.entry(i)];
      if (known < 0) continue;
      for (int l = 0; l < dimension; l++) de[known * dimension + l] += du[l][i];
    }
  }

  @Override
  public double[][] r() {
    return r;
  }

  @Override
  public double[][] dr() {
    return dr;
  }

  @Override
  public void step() {
    learned.step();
  }

  @Override
  public Map<String, Tensor> parameters() {
    return learned.tensors();
  }

  @Override
  public void state(Snapshot state) {
    learned.state(state);
  }

  @Override
  public Map<String, double[]> gradients() {
    return learned.gradients;
  }

  @Override
  public void close() {
    map.close();
  }
}
