package palette.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.cuda.CudaUtils;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palette.support.Seeds;

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

  private interface Way {
    NDArray of(NDArray a, NDArray b);
  }

  /** What an operation makes of two arrays of random numbers, and its slopes by both. */
  private static List<Tensor> thereAndBack(Way way, Shape first, Shape second) {
    try (var manager = Torch.manager(Device.cpu());
        var scope = Torch.scope()) {
      NDArray a = learning(manager, first);
      NDArray b = learning(manager, second);
      NDArray y = Torch.record(() -> way.of(a, b));
      Torch.backward(y, random(manager, y.getShape()));
      return Stream.of(y, a.getGradient(), b.getGradient()).map(Torch::read).toList();
    }
  }

  private static NDArray learning(NDManager manager, Shape shape) {
    NDArray array = random(manager, shape);
    array.setRequiresGradient(true);
    return array;
  }

  private static NDArray random(NDManager manager, Shape shape) {
    var tensor =
        Tensor.of(Seeds.normal((int) shape.size(), 1, new SplittableRandom(3)), shape.size());
    return Torch.create(manager, tensor, DataType.FLOAT32).reshape(shape);
  }

  private static void alike(List<Tensor> some, List<Tensor> others) {
    for (int i = 0; i < 3; i++) {
      assertThat(some.get(i).values()).containsExactly(others.get(i).values(), within(2e-5f));
    }
  }

  @ParameterizedTest
  @CsvSource({"32, 1", "33, 1", "32, 2"})
  void aConvolutionOfWidthOneIsAProduct(int rows, int threads) {
    Torch.threads(threads);
    var x = new Shape(rows, 24);
    var w = new Shape(40, 24);
    Way convolved = (a, b) -> Torch.convolved(a, b, b.get(":, 0"));
    alike(
        thereAndBack(convolved, x, w),
        thereAndBack((a, b) -> Torch.linear(a, b, b.get(":, 0")), x, w));
  }

  @Test
  void dotsHaveTheSlopesOfAProduct() {
    var a = new Shape(7, 2, 30);
    var b = new Shape(7, 3, 30);
    Way product = (x, y) -> Torch.bmm(x, y.transpose(0, 2, 1));
    alike(thereAndBack(Torch::dots, a, b), thereAndBack(product, a, b));
  }

  @Test
  void lengthsHaveTheSlopesOfASquareRoot() {
    var a = new Shape(7, 30);
    var b = new Shape(7, 1);
    Way roots = (x, y) -> x.square().sum(new int[] {1}, true).sqrt().mul(y);
    alike(thereAndBack((x, y) -> Torch.lengths(x).mul(y), a, b), thereAndBack(roots, a, b));
  }

  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "x86_64"})
  void aProcessorHasWhatItSays() {
    assertThat(Processor.has("sse2")).isTrue();
    assertThat(Processor.has("sse")).isTrue();
    assertThat(Processor.has("none such")).isFalse();
  }
}
