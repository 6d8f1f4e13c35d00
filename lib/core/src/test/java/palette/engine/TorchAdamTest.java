package palette.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palette.support.Seeds;

/** Both ways of a step, Java's over shared memory (float32) and the native call's (the others). */
class TorchAdamTest {
  private static final int SIZE = 5000; // more than a chunk
  private static final int STEPS = 8;
  private static final double RATE = 0.1;

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 0, 0",
    "FLOAT32, 0.5, 0.3",
    "FLOAT64, 0, 0",
    "FLOAT64, 0.5, 0",
    "FLOAT64, 0, 0.3",
    "FLOAT64, 0.5, 0.3"
  })
  void stepsAsPlainAdam(DataType type, double ridge, double decay) {
    var random = Seeds.stream(3, "adam");
    var group = new AdamGroup(RATE, ridge, decay);
    double[] expected = Seeds.normal(SIZE, 1, random);
    var plain = new HeapAdam(SIZE, group);
    try (var manager = Torch.manager(Device.cpu())) {
      Torch.recording(false);
      var parameter = array(manager, expected, type);
      var adam = new TorchAdam(parameter, group, 2);
      for (int step = 0; step < STEPS; step++) {
        double[] gradient = Seeds.normal(SIZE, 1, random);
        for (int i = 0; i < SIZE; i += 2) gradient[i] *= 1e-8; // there epsilon counts
        try (var scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          adam.step(array(manager, gradient, type));
        }
        plain.step(expected, gradient);
      }
      double off = 1e-5 * STEPS * RATE; // 1 - 0.999f is not 0.001 by 1.3e-5
      assertThat(parameter.toType(DataType.FLOAT64, false).toDoubleArray())
          .containsExactly(expected, within(off));
    } finally {
      Torch.recording(true);
    }
  }

  private static NDArray array(NDManager manager, double[] values, DataType type) {
    return manager.create(values, new Shape(values.length)).toType(type, false);
  }
}
