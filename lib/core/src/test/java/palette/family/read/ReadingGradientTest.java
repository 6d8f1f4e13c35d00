package palette.family.read;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.family.Gradients;
import palette.family.Mrm;
import palette.family.Vpl;
import palette.fit.FitSpec;
import palette.fit.Task;
import palette.fit.TrainingSet;
import palette.fit.UserWeights;

/** Gradients through the reading, and through MRM's step, are the slopes of the loss. */
class ReadingGradientTest {

  private static FitSpec<?> spec(String family) {
    return family.equals("VPL")
        ? Vpl.spec().prototypes(2).with(Vpl.HIDDEN, 3).with(Vpl.DIVERGENCE, 0.1)
        : Mrm.spec().prototypes(3).with(Mrm.ROBUST, 0.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VPL", "MRM"})
  void gradientsAreTheSlopesOfTheLoss(String family) {
    var data = TrainingSet.of(Gradients.votes(), Gradients.votes().first(0), false, false);
    var spec = spec(family);
    var start = Gradients.random(spec, data, true);
    start.remove(UserWeights.OFFSET.name());
    var task = Gradients.task(spec, data, Device.cpu(), DataType.FLOAT64);
    int[] all = Gradients.all(data);
    Map<String, double[]> gradients;
    try (var objective = new ReadingObjective((Reading) spec.basis(), task, start, 5);
        var scope = Torch.scope()) {
      objective.accumulate(all, 0, all.length);
      gradients = objective.gradients();
    }
    Gradients.compare(start, gradients, 2e-4, 2e-5, 3, moved -> total(task, moved, all));
  }

  /** Loss and price by the same noise. */
  private static double total(Task task, Map<String, Tensor> at, int[] all) {
    try (var objective = new ReadingObjective((Reading) task.basis(), task, at, 5);
        var scope = Torch.scope()) {
      return objective.accumulate(all, 0, all.length) + objective.paid();
    }
  }
}
