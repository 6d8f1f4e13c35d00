package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Preferences;
import palette.engine.Bfloat16;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.fit.Inputs;
import palette.fit.TrainingSet;

/** A device in single precision gives what the CPU gives in double precision. */
class DeviceTest {
  private static final PalA.Spec A = PalA.spec().prototypes(3).dimension(2).mlp(4).userPrior(1);
  private static final PalB.Spec B = PalB.spec().prototypes(2).dimension(3).hidden(4).userPrior(1);

  String name() {
    return "cpu";
  }

  Device device() {
    return Device.cpu();
  }

  static Stream<Named<PalSpec<?>>> specs() {
    return Stream.of(
        Named.of("PAL-A", A),
        Named.of("linear PAL-A", PalA.spec().prototypes(3).dimension(2)),
        Named.of("without offsets", A.identity(false)),
        Named.of("a partition", A.partition(0.7)),
        Named.of("PAL-B", B),
        Named.of("PAL-B with offsets", B.identity(true)));
  }

  @ParameterizedTest
  @MethodSource("palette.family.DeviceTest#specs")
  void gradientsAgree(PalSpec<?> spec) {
    var expected = gradients(spec, Device.cpu(), DataType.FLOAT64);
    var found = gradients(spec, device(), DataType.FLOAT32);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, values) ->
            assertThat(found.get(name)).as(name).containsExactly(values, within(1e-5)));
  }

  @ParameterizedTest
  @MethodSource("palette.family.DeviceTest#specs")
  void stepsAgreeAndParametersComeHome(PalSpec<?> spec) {
    double[] expected = losses(spec, Device.cpu(), DataType.FLOAT64);
    assertThat(losses(spec, device(), DataType.FLOAT32)).containsExactly(expected, within(1e-3));
  }

  @Test
  void aFitIsSavedLoadedAndRanks(@TempDir Path folder) {
    var pairs = Small.camps(20, 1);
    var spec = A.prototypes(2).epochs(20).rates(0.02, 0.02, 0.1).seed(7).device(name());
    var fitted = spec.fit(pairs, pairs);
    fitted.save(folder);
    var loaded = PalA.load(folder);
    assertThat(loaded.margins(pairs)).isEqualTo(fitted.margins(pairs));
    assertThat(Small.accuracy(loaded, pairs)).isGreaterThan(0.8);
    var ids = List.of("item0", "item1", "item2");
    assertThat(loaded.rank("user0", null, ids)).hasSize(3);
  }

  @Test
  void unitsSilencedThereHangOnTheSeedAlone() {
    float[] some = silenced(7);
    int kept = 0;
    for (float unit : some) if (unit != 0) kept++;
    assertThat(kept / 20_000.0).isCloseTo(0.7, within(0.013)); // four standard errors
    assertThat(some).containsOnly(0, 1 / 0.7f);
    assertThat(silenced(8)).isNotEqualTo(some);
    assertThat(silenced(7)).isEqualTo(some);
  }

  @Test
  void bfloat16KeepsEightBitsOfFactorsAndProduct() {
    try (var scope = Torch.scope()) {
      var manager = scope.manager(device());
      NDArray a = manager.create(new float[] {1 + 0x1p-7f, 1 + 0x1p-8f}, new Shape(2, 1));
      NDArray b = manager.create(new float[] {1 + 0x1p-7f, 3 * (1 + 0x1p-9f)}, new Shape(1, 2));
      var bfloat16 = new Bfloat16(manager);
      // 1 + 2^-6 + 2^-14; 3 + 3/128, half-way, so to the even one; and what 8 bits can say.
      float[] expected = {1 + 0x1p-6f, 3 + 4 / 128f, 1 + 0x1p-7f, 3};
      for (int again = 0; again < 4; again++) // libtorch looks at a script twice, then bends it
      assertThat(Torch.read(bfloat16.product(a, b)).values()).containsExactly(expected);
    }
  }

  @Test
  void gradientsPassThroughBfloat16() {
    try (var scope = Torch.scope()) {
      var manager = scope.manager(device());
      NDArray x = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
      NDArray w = manager.create(new float[] {0.5f, 0.25f}, new Shape(1, 2));
      NDArray b = manager.zeros(new Shape(1));
      w.setRequiresGradient(true);
      b.setRequiresGradient(true);
      var bfloat16 = new Bfloat16(manager);
      Torch.backward(Torch.record(() -> bfloat16.linear(x, w, b).sum()));
      assertThat(w.getGradient().toFloatArray()).containsExactly(4, 6);
      assertThat(b.getGradient().toFloatArray()).containsExactly(2);
    }
  }

  @Test
  void stepsInBfloat16AreNearAndTheirBitsTheSame() {
    double[] exact = losses(B, Device.cpu(), DataType.FLOAT64);
    double[] reduced = losses(B.precision("bfloat16"), device(), DataType.FLOAT32);
    assertThat(reduced).containsExactly(exact, within(0.02));
    assertThat(reduced).isEqualTo(losses(B.precision("bfloat16"), device(), DataType.FLOAT32));
    assertThat(reduced).isNotEqualTo(losses(B, device(), DataType.FLOAT32));
  }

  @Test
  void anotherPrecisionIsRefused() {
    assertThatThrownBy(() -> B.precision("half"))
        .hasMessageContaining("precision")
        .hasMessageContaining("float32 or bfloat16")
        .hasMessageContaining("half");
  }

  private float[] silenced(int seed) {
    try (var manager = Torch.manager(device())) {
      NDArray hidden = manager.ones(new Shape(100, 200));
      return Torch.read(Inputs.Dropout.drawnThere(hidden, 0.3, seed)).values();
    }
  }

  private static Map<String, double[]> gradients(PalSpec<?> spec, Device device, DataType type) {
    var data = data(spec);
    try (var objective = Gradients.graph(spec, data, start(spec, data), device, type);
        var scope = Torch.scope()) {
      objective.accumulate(Gradients.all(data), 0, data.train.size());
      return objective.gradients();
    }
  }

  private static double[] losses(PalSpec<?> spec, Device device, DataType type) {
    var data = data(spec);
    var start = start(spec, data);
    try (var objective = Gradients.graph(spec, data, start, device, type)) {
      assertThat(objective.parameters()).isEqualTo(start);
      double[] losses = new double[10];
      for (int i = 0; i < losses.length; i++) {
        losses[i] = objective.step(Gradients.all(data), 0, data.train.size()).getAsDouble();
      }
      assertThat(objective.parameters().get("users.offset"))
          .isNotEqualTo(start.get("users.offset"));
      return losses;
    }
  }

  private static TrainingSet data(PalSpec<?> spec) {
    Preferences answers = isB(spec) ? Gradients.asked(true) : Gradients.votes();
    return TrainingSet.of(answers, answers.first(0), !isB(spec), false);
  }

  private static Map<String, Tensor> start(PalSpec<?> spec, TrainingSet data) {
    return Gradients.random(spec, data, !isB(spec));
  }

  private static boolean isB(PalSpec<?> spec) {
    return spec instanceof PalB.Spec;
  }
}
