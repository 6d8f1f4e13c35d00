package palette.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.support.InputException;
import palette.support.Seeds;

class TransformerTest {
  private static final Backbone TINY = Tiny.backbone();

  private static List<long[]> texts() {
    return Tiny.TEXTS.stream()
        .map(text -> TINY.tokenizer().ids(text, 16))
        .sorted(Comparator.comparing(ids -> ids.length))
        .toList();
  }

  private static int[] lengths(List<long[]> texts) {
    return texts.stream().mapToInt(ids -> ids.length).toArray();
  }

  /** Numbers to learn; those of LoRA away from zero, so that both matrices have a slope. */
  private static Map<String, double[]> learned(Tuning tuning) {
    var learned = new LinkedHashMap<String, double[]>();
    tuning
        .shapes(TINY)
        .forEach(
            (name, shape) -> {
              var own = TINY.weights().get(name);
              var drawn =
                  Seeds.normal(
                      (int) (shape[0] * shape[shape.length - 1]), 0.3, Seeds.stream(3, name));
              learned.put(name, own == null ? drawn : own.doubles());
            });
    return learned;
  }

  /** sum of the vectors' numbers times 1, 2, .. 7 in turns; the gradients where they are wanted. */
  private static double sum(
      Tuning tuning, Map<String, double[]> learned, Map<String, double[]> gradients) {
    try (var scope = Torch.scope()) {
      var manager = scope.manager(Device.cpu());
      var shapes = tuning.shapes(TINY);
      int lowest = tuning.lowest(TINY.layers());
      var transformer = new Transformer(TINY, lowest, shapes.keySet(), manager, DataType.FLOAT64);
      var leaves = new HashMap<String, NDArray>();
      learned.forEach(
          (name, values) -> {
            var shape = new Shape(shapes.get(name));
            NDArray leaf = Torch.create(manager, values, shape);
            leaf.setRequiresGradient(true);
            leaves.put(name, leaf);
          });
      var texts = texts();
      NDArray still = transformer.still(texts);
      NDArray vectors = Torch.record(() -> transformer.vectors(leaves, still, lengths(texts)));
      double[] slopes = new double[(int) vectors.size()];
      for (int i = 0; i < slopes.length; i++) slopes[i] = 1 + i % 7;
      if (gradients != null) {
        Torch.backward(vectors, Torch.create(manager, slopes, vectors.getShape()));
        leaves.forEach((name, leaf) -> gradients.put(name, Torch.numbers(leaf.getGradient())));
      }
      double[] values = Torch.numbers(vectors);
      double sum = 0;
      for (int i = 0; i < values.length; i++) sum += slopes[i] * values[i];
      return sum;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "last 1", "lora 2"})
  void gradientsAreThoseOfFiniteDifferences(String way) {
    var tuning = Tuning.of(way);
    var learned = learned(tuning);
    var gradients = new HashMap<String, double[]>();
    sum(tuning, learned, gradients);
    assertThat(gradients.keySet()).isEqualTo(tuning.shapes(TINY).keySet());
    double step = 1e-5;
    learned.forEach(
        (name, values) -> {
          double largest = 0;
          for (double g : gradients.get(name)) largest = Math.max(largest, Math.abs(g));
          for (int i = 0; i < values.length; i += 1 + values.length / 7) {
            double before = values[i];
            values[i] = before + step;
            double above = sum(tuning, learned, null);
            values[i] = before - step;
            double below = sum(tuning, learned, null);
            values[i] = before;
            assertThat(gradients.get(name)[i])
                .as("%s %d", name, i)
                .isCloseTo((above - below) / (2 * step), within(1e-6 * Math.max(0.1, largest)));
          }
        });
  }

  @Test
  void textsAreReadTheSameInAnyCompany() {
    try (var scope = Torch.scope()) {
      var manager = scope.manager(Device.cpu());
      var transformer = new Transformer(TINY, 0, Set.of(), manager, DataType.FLOAT32);
      var texts = texts();
      float[] together =
          transformer.vectors(Map.of(), transformer.still(texts), lengths(texts)).toFloatArray();
      for (int i = 0; i < texts.size(); i++) {
        float[] alone = transformer.vector(Map.of(), texts.get(i)).toFloatArray();
        for (int c = 0; c < alone.length; c++) {
          assertThat(together[i * alone.length + c]).isCloseTo(alone[c], within(1e-6f));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "last 1", "lora 2"})
  void whatWasLearnedIsReadAsItWasTrained(String way) {
    var tuning = Tuning.of(way);
    var changes = new HashMap<String, Tensor>();
    learned(tuning)
        .forEach(
            (name, values) -> {
              for (int i = 0; i < values.length; i++) values[i] += 0.1 * Math.sin(i);
              changes.put(name, Tensor.of(values, tuning.shapes(TINY).get(name)));
            });
    var now = Tiny.encoder().learned(changes, 16);
    float[][] read = now.embed(Tiny.TEXTS);
    assertThat(read).isNotEqualTo(Tiny.encoder().embed(Tiny.TEXTS));
    assertThat(read).isEqualTo(Tiny.encoder().learned(changes, 16).embed(Tiny.TEXTS));
    try (var scope = Torch.scope()) {
      var manager = scope.manager(Device.cpu());
      var transformer =
          new Transformer(
              TINY,
              tuning.lowest(TINY.layers()),
              tuning.shapes(TINY).keySet(),
              manager,
              DataType.FLOAT32);
      var leaves = new HashMap<String, NDArray>();
      changes.forEach((name, tensor) -> leaves.put(name, Torch.create(manager, tensor)));
      for (int i = 0; i < read.length; i++) {
        var alone = List.of(now.tokens(Tiny.TEXTS.get(i), 16));
        float[] trained =
            transformer.vectors(leaves, transformer.still(alone), lengths(alone)).toFloatArray();
        for (int c = 0; c < trained.length; c++) {
          assertThat(read[i][c]).isCloseTo(trained[c], within(1e-5f));
        }
      }
    }
  }

  @Test
  void aWeightThatIsMissingIsNamed() {
    var fewer = new HashMap<>(TINY.weights());
    fewer.remove("encoder.layer.1.output.dense.weight");
    assertThatThrownBy(() -> new Backbone("own", fewer, 2, 1e-12, false, TINY.tokenizer()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("encoder.layer.1.output.dense.weight");
    assertThatThrownBy(() -> new Backbone("own", TINY.weights(), 3, 1e-12, false, TINY.tokenizer()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("divides 8");
  }
}
