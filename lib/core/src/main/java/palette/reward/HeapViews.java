package palette.reward;

import java.util.Arrays;
import java.util.Map;
import palette.engine.Tensor;

/** {@link Views} whose parameters are learned by hand, in double precision. */
abstract class HeapViews implements Views {
  final Learned learned;
  final int prototypes; // K
  private final double boundNorm;
  private final double boundStrength;
  double[][] r = {}; // [K][count]
  double[][] dr = {};

  HeapViews(Settings settings, Learned learned) {
    this.learned = learned;
    prototypes = settings.integer("prototypes");
    boundNorm = settings.real("prototypeBound");
    boundStrength = settings.real("boundStrength");
  }

  /** Room for R of so many places, and for the way back. */
  final void makeRoomForR(int count) {
    r = new double[prototypes][count];
    dr = new double[prototypes][count];
  }

  /** R_k = sum_j factors[k * width + j] rows[j] - squares, and slopes of zero. */
  final void findR(double[] factors, double[][] rows, double[] squares, int width, int count) {
    for (int k = 0; k < prototypes; k++) {
      Arrays.fill(dr[k], 0, count, 0);
      for (int i = 0; i < count; i++) r[k][i] = -squares[i];
      Loops.addRows(factors, k * width, rows, r[k], count);
    }
  }

  /** sum_k dR_k, by place. */
  final void sumSlopes(double[] sums, int count) {
    Arrays.fill(sums, 0, count, 0);
    for (double[] slopes : dr) Loops.add(slopes, sums, count);
  }

  /** The gradient of strength * sum_k max(0, |p_k| - bound). */
  final void pullToBound(double[] p, double[] dp) {
    if (boundStrength == 0) return;
    int width = p.length / prototypes;
    for (int k = 0; k < prototypes; k++) {
      double norm = Math.sqrt(Loops.dot(p, k * width, p, k * width, width));
      if (norm <= boundNorm) continue;
      for (int c = k * width; c < (k + 1) * width; c++) dp[c] += boundStrength * p[c] / norm;
    }
  }

  @Override
  public final double[][] r() {
    return r;
  }

  @Override
  public final double[][] dr() {
    return dr;
  }

  @Override
  public final void step() {
    learned.step();
  }

  @Override
  public final Map<String, Tensor> parameters() {
    return learned.tensors();
  }

  @Override
  public final double[] values(String name) {
    return learned.values.get(name);
  }

  @Override
  public final Map<String, double[]> gradients() {
    return learned.gradients;
  }
}
