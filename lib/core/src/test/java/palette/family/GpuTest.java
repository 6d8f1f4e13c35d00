package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.cuda.CudaUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import palette.engine.Torch;

/** The same on a GPU: {@code mvn -P gpu test -Dgroups=gpu -DexcludedGroups=network}. */
@Tag("gpu")
class GpuTest extends DeviceTest {

  @BeforeAll
  static void aGpuIsThere() {
    assumeTrue(CudaUtils.hasCuda(), "DJL sees no GPU");
  }

  @Override
  String name() {
    return "gpu";
  }

  @Override
  Device device() {
    return Torch.device("gpu");
  }

  @Test
  void arraysLieThere() {
    try (var manager = Torch.manager(device())) {
      assertThat(manager.ones(new Shape(3)).getDevice().isGpu()).isTrue();
    }
  }
}
