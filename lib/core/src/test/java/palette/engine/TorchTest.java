package palette.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.djl.util.cuda.CudaUtils;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TorchTest {

  @Test
  void aGpuThatOnlyLibtorchSeesIsExplained() {
    assertThat(Torch.noGpu(Set.of("MKL"))).isEqualTo("none");
    assertThat(Torch.noGpu(Set.of("MKL", "CUDA"))).contains("libcudart.so", "-Djna.library.path");
  }

  @Test
  void aGpuThatIsNotThereIsAnError() {
    assumeFalse(CudaUtils.hasCuda(), "there is a GPU");
    assertThatThrownBy(() -> Torch.device("gpu"))
        .hasMessageStartingWith("device: expected a GPU that DJL can see, found none");
    assertThat(Torch.device("auto").isGpu()).isFalse();
  }
}
