package palette.fit;

import java.util.Map;
import java.util.function.DoubleSupplier;
import palette.data.Presentation;
import palette.engine.Snapshot;
import palette.engine.Tensor;

/** What the training loop moves: parameters, their loss on some rows, and a step downhill. */
public interface Objective extends AutoCloseable {

  /**
   * One step of Adam on rows order[from..to-1]. Says, when it is asked, and once, the weighted mean
   * loss before it: a device may still be at work on it.
   */
  DoubleSupplier step(int[] order, int from, int to);

  /** Whether the users' numbers and the loss's stand still while the others take steps. */
  default void hold(boolean users) {}

  /** The weighted mean loss and the accuracy on rows that are not trained on. */
  Measured measure(TrainingSet.Rows rows);

  /** A copy of all parameters by name. */
  Map<String, Tensor> parameters();

  /** All that decides how it goes on, between two steps. */
  void state(Snapshot state);

  /** The gradients that the last rows left, by name, priors left out. */
  Map<String, double[]> gradients();

  @Override
  void close();

  /** Loss and accuracy of some rows; a margin of 0 is half right, and a tie is neither. */
  record Measured(double loss, double accuracy) {
    public static double accuracy(double[] margins, TrainingSet.Rows rows) {
      double right = 0;
      double total = 0;
      for (int i = 0; i < margins.length; i++) {
        if (Presentation.isTie(rows.outcome[i])) continue;
        right += rows.weight[i] * (0.5 + 0.5 * Math.signum(margins[i]));
        total += rows.weight[i];
      }
      return right / total;
    }
  }
}
