package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.fit.BasisObjective;
import palette.fit.Task;
import palette.fit.TrainingSet;
import palette.reward.Loss;
import palette.support.Seeds;

/**
 * The gradients of margins that are linear in the weights are those of autograd, on the whole of a
 * study and on a small batch, as far as the floats go that carry weights to autograd.
 */
public class LinearEqualsGraphTest {
  private static final int D = 11;
  private static final int d = 3;
  private static final int K = 4;
  private static final int ITEMS = 90;
  private final SplittableRandom random = new SplittableRandom(3);

  @ParameterizedTest
  @CsvSource({
    "linear, logistic, prototypes, 60",
    "linear, logistic, prototypes, 5",
    "linear, logistic, prototypes.latent, 60",
    "linear, hinge, prototypes, 60",
    "without identity, logistic, prototypes, 60",
    "without identity, hinge, prototypes, 5",
    "linear, smooth hinge 0.5, prototypes.latent, 5",
    "long, logistic, prototypes, 60",
    "long, hinge, prototypes.latent, 5",
    "mlp, logistic, prototypes, 60",
    "mlp, logistic, prototypes, 5",
    "mlp, hinge, prototypes.latent, 60",
    "residual, smooth hinge 0.5, prototypes, 5"
  })
  void equalsAutograd(String map, String named, String place, int rows) {
    var data = data(map.equals("long") ? 300 : D);
    var spec = spec(map).loss(Loss.named(named)).placement(placement(place));
    int[] order = Seeds.permutation(data.train.size(), random);
    String path = compare(spec, data, start(spec, data), order, rows);
    assertThat(path)
        .startsWith(
            switch (map) {
              case "long" -> "linear map by hand: products of libtorch";
              case "linear", "without identity" -> "linear map by hand: loops";
              default -> "rewards by graph";
            });
  }

  private static Placement placement(String place) {
    return place.equals("prototypes") ? Placement.MAPPED_THEN_MIXED : Placement.LATENT;
  }

  @Test
  void autoLeavesAGpuAsideWhereAStepIsSmall() {
    var small = spec("linear");
    assertThat(path(small, data(D), Device.gpu())).endsWith(", on the CPU, since a step is small");
    assertThat(path(small.device("gpu"), data(D), Device.gpu())).startsWith("one graph: on gpu");
    assertThat(path(small.dimension(64), data(300), Device.gpu())).startsWith("one graph: on gpu");
    assertThat(path(small, data(D))).doesNotContain("CPU");
  }

  private static String path(PalSpec<?> spec, TrainingSet data) {
    return path(spec, data, Device.cpu());
  }

  private static String path(PalSpec<?> spec, TrainingSet data, Device device) {
    return spec.basis().plan(Task.of(spec, data, device)).toString();
  }

  /**
   * Loss, gradients and validation loss of the way that a fit goes, beside those of one graph in
   * double precision. Returns that way.
   */
  public static String compare(
      PalSpec<?> spec, TrainingSet data, Map<String, Tensor> start, int[] order, int rows) {
    var plan = spec.basis().plan(Task.of(spec, data, Device.cpu()));
    try (var hand = (BasisObjective) plan.opening().open(start, 1);
        var graph = Gradients.graph(spec, data, start, Device.cpu(), DataType.FLOAT64)) {
      double mean = hand.accumulate(order, 0, rows);
      var gradients = hand.gradients();
      var measured = hand.measure(data.validation);
      assertThat(mean).isCloseTo(graph.accumulate(order, 0, rows), within(1e-5));
      var expected = graph.gradients();
      assertThat(gradients.keySet()).isEqualTo(expected.keySet());
      gradients.forEach(
          (name, gradient) ->
              assertThat(gradient).as(name).containsExactly(expected.get(name), within(1e-5)));
      assertThat(measured.loss()).isCloseTo(graph.measure(data.validation).loss(), within(1e-5));
    }
    return plan.toString();
  }

  @Test
  void aSumOfLogarithmsIsExact() {
    double[] margins = random.doubles(5000, -30, 30).toArray();
    double[] weights = IntStream.range(0, 5000).mapToDouble(i -> i < 4000 ? 1 : i).toArray();
    double sum = 0;
    for (int i = 0; i < 5000; i++) {
      sum += weights[i] * (Math.max(-margins[i], 0) + Math.log1p(Math.exp(-Math.abs(margins[i]))));
    }
    double mean = Loss.LOGISTIC.mean(margins, weights, 5000, new double[5000]);
    assertThat(mean).isCloseTo(sum, within(1e-13 * sum));
    assertThat(Loss.LOGISTIC.value(50)).isCloseTo(Math.exp(-50), within(1e-35));
  }

  private static PalA.Spec spec(String map) {
    var spec = PalA.spec().prototypes(K).dimension(d).userPrior(1).identity(true);
    return switch (map) {
      case "mlp" -> spec.mlp(5);
      case "without identity" -> spec.dimension(40).identity(false);
      case "residual" -> spec.residual(5).dimension(D);
      default -> spec;
    };
  }

  private TrainingSet data(int inputs) {
    var builder = Preferences.builder();
    for (int i = 0; i < 90; i++) {
      int chosen = random.nextInt(ITEMS);
      int rejected = (chosen + 1 + random.nextInt(ITEMS - 1)) % ITEMS;
      var answer = Comparison.of("u" + random.nextInt(7), "i" + chosen, "i" + rejected);
      builder.add(answer, 1 + random.nextInt(3));
    }
    var answers = builder.build();
    float[][] vectors = new float[answers.items().size()][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = Tensor.of(Seeds.normal(inputs, 1, random), inputs).values();
    }
    answers = answers.withItems(answers.items().withVectors(vectors));
    int[] rows = IntStream.range(0, 90).toArray();
    return TrainingSet.of(
        answers.select(IntStream.range(0, 60).toArray()),
        answers.select(java.util.Arrays.copyOfRange(rows, 60, 90)),
        false,
        false);
  }

  private Map<String, Tensor> start(PalA.Spec spec, TrainingSet data) {
    var start = new LinkedHashMap<String, Tensor>();
    for (var one : spec.start(data.sizes(spec.settings(), true))) {
      start.put(one.parameter().name(), one.tensor(random));
    }
    start.computeIfPresent("users.mean", this::drawn);
    start.computeIfPresent("items.identity", this::drawn);
    return start;
  }

  /** What begins at zero, elsewhere. */
  private Tensor drawn(String name, Tensor zeros) {
    return Tensor.of(Seeds.normal(zeros.values().length, 0.3, random), zeros.shape());
  }
}
