package palette.reward;

import java.util.Arrays;

/**
 * What the prototypes make of some entries where f is linear: u = A x + e, q = A p (or q itself
 * where prototypes are latent), and R_k = 2 u.q_k - |u|^2, with the way back from R to A, e and p.
 * Everything lies by coordinate, one long array each, because loops over entries are the ones that
 * vectorise; the memory is kept from batch to batch.
 */
final class LinearViews extends HeapViews {
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

  private Places places = new Places(null, null, 0);
  private int count;
  private final double[] q; // [K * d]
  private final double[] twice; // 2 q
  private final double[] twiceByAxis; // [d * K]
  private final double[] dq;
  private double[][] u = {}; // [d][count]
  private double[][] du = {};
  private double[] sums = {}; // by place: |u|^2, later sum_k dR_k

  LinearViews(Study study, Settings settings, Learned learned) {
    super(settings, learned);
    inputs = study.entries.dimension();
    dimension = settings.integer("dimension");
    identity = study.entries.identity();
    map = LinearMap.of(study, settings);
    mapped = learned.values.containsKey("prototypes");
    a = learned.values.get("f.weight");
    p = learned.values.get(mapped ? "prototypes" : "prototypes.latent");
    e = learned.values.get("items.identity");
    da = learned.gradients.get("f.weight");
    dp = learned.gradients.get(mapped ? "prototypes" : "prototypes.latent");
    de = learned.gradients.get("items.identity");
    q = new double[prototypes * dimension];
    twice = new double[q.length];
    twiceByAxis = new double[q.length];
    dq = new double[q.length];
  }

  @Override
  public void look(Places places) {
    this.places = places;
    count = places.count();
    if (count > sums.length) makeRoom();
    mapPrototypes();
    map.map(places, a, u);
    if (e != null) addOffsets();
    Arrays.fill(sums, 0, count, 0);
    for (int l = 0; l < dimension; l++) Loops.addSquares(u[l], sums, count);
    findR(twice, u, sums, dimension, count);
  }

  @Override
  public void glance(Places places) {
    map.keep(places);
    look(places);
  }

  private void makeRoom() {
    makeRoomForR(count);
    u = new double[dimension][count];
    du = new double[dimension][count];
    sums = new double[count];
  }

  private void addOffsets() {
    for (int i = 0; i < count; i++) {
      int known = identity[entry(i)];
      if (known < 0) continue;
      for (int l = 0; l < dimension; l++) u[l][i] += e[known * dimension + l];
    }
  }

  private int entry(int place) {
    return places.entries() == null ? place : places.entries()[place];
  }

  private void mapPrototypes() {
    if (!mapped) System.arraycopy(p, 0, q, 0, q.length);
    else {
      for (int i = 0; i < q.length; i++) {
        q[i] = Loops.dot(a, i % dimension * inputs, p, i / dimension * inputs, inputs);
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
  public void back() {
    sumSlopes(sums, count);
    for (int l = 0; l < dimension; l++) {
      Loops.product(-2, u[l], sums, du[l], count);
      Loops.addRows(twiceByAxis, l * prototypes, dr, du[l], count);
    }
    map.back(du, da);
    if (e != null) backIntoOffsets();
    Arrays.fill(dq, 0);
    for (int k = 0; k < prototypes; k++) Loops.addDots(dr[k], u, dq, k * dimension, count);
    for (int i = 0; i < dq.length; i++) {
      backIntoPrototype(i / dimension, i % dimension, 2 * dq[i]);
    }
    pullToBound(p, dp);
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
      int known = identity[entry(i)];
      if (known < 0) continue;
      for (int l = 0; l < dimension; l++) de[known * dimension + l] += du[l][i];
    }
  }

  @Override
  public void close() {
    map.close();
  }
}
