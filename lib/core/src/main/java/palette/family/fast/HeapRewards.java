package palette.family.fast;

import java.util.Arrays;
import java.util.Map;
import palette.engine.HeapParameters;
import palette.engine.Snapshot;
import palette.engine.Tensor;
import palette.fit.PrototypeRewards;
import palette.fit.Task;
import palette.numeric.VectorLoops;

/** {@link PrototypeRewards} whose parameters are learned by hand, in double precision. */
abstract class HeapRewards implements PrototypeRewards {
  public final HeapParameters learned;
  public final int prototypes; // K
  public double[][] r = {}; // [K][count]
  public double[][] dr = {};

  HeapRewards(Task task, HeapParameters learned) {
    this.learned = learned;
    prototypes = task.prototypes();
  }

  /** Room for R of so many places, and for the way back. */
  public final void makeRoomForR(int count) {
    r = new double[prototypes][count];
    dr = new double[prototypes][count];
  }

  /** R_k = sum_j factors[k * width + j] rows[j] - squares, and slopes of zero. */
  public final void findR(
      double[] factors, double[][] rows, double[] squares, int width, int count) {
    for (int k = 0; k < prototypes; k++) {
      Arrays.fill(dr[k], 0, count, 0);
      for (int i = 0; i < count; i++) r[k][i] = -squares[i];
      VectorLoops.addRows(factors, k * width, rows, r[k], count);
    }
  }

  /** sum_k dR_k, by place. */
  public final void sumSlopes(double[] sums, int count) {
    Arrays.fill(sums, 0, count, 0);
    for (double[] slopes : dr) VectorLoops.add(slopes, sums, count);
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
  public final void state(Snapshot state) {
    learned.state(state);
  }

  @Override
  public final Map<String, double[]> gradients() {
    return learned.gradients;
  }
}
