package palette.reward;

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
import palette.support.Seeds;

/**
 * The gradients of margins that are linear in the weights are those of autograd, on the whole of a
 * study and on a small batch, as far as the floats go that carry weights to autograd.
 */
class LinearEqualsGraphTest {
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
    "metric, logistic, prototypes, 60",
    "metric, hinge, prototypes, 5",
    "linear, smooth hinge 0.5, prototypes.latent, 5",
    "long, logistic, prototypes, 60",
    "long, hinge, prototypes.latent, 5",
    "mlp, logistic, prototypes, 60",
    "mlp, logistic, prototypes, 5",
    "mlp, hinge, prototypes.latent, 60",
    "residual, smooth hinge 0.5, prototypes, 5"
  })
  void equalsAutograd(String map, String named, String place, int rows) {
    var study = study(map.equals("long") ? 300 : D);
    var settings = settings(map);
    var start = start(study, settings, place);
    if (map.equals("metric")) start.remove("items.identity");
    assertThat(MetricViews.suits(study, settings, start)).isEqualTo(map.equals("metric"));
    assertThat(LinearMap.isLibtorchs(study, settings)).isEqualTo(map.equals("long"));
    int[] order = Seeds.permutation(study.train.size(), random);
    compare(study, settings, start, PalMargins.a(settings), Loss.named(named), order, rows);
  }

  @Test
  void aMetricIsWorthItForManyPlacesAStep() {
    var study = study(D);
    var settings = settings("metric");
    var start = start(study, settings, "prototypes");
    start.remove("items.identity");
    assertThat(MetricViews.suits(study, settings, start)).isTrue();
    assertThat(MetricViews.suits(study, settings.with("batch", 4), start)).isFalse();
    assertThat(MetricViews.suits(study, settings.with("dimension", D / 2), start)).isFalse();
  }

  /** Loss, gradients and validation loss by hand, beside those of one graph in double precision. */
  static void compare(
      Study study,
      Settings settings,
      Map<String, Tensor> start,
      GraphObjective.Margins margins,
      Loss loss,
      int[] order,
      int rows) {
    var groups = new PalGroups(settings, study.users.size());
    try (var hand = new LinearObjective(study, settings, loss, start, groups, 1);
        var graph =
            new GraphObjective(
                study, settings, loss, start, groups, 1, margins, Device.cpu(), DataType.FLOAT64)) {
      double mean = hand.accumulate(order, 0, rows);
      var gradients = hand.gradients();
      var measured = hand.measure(study.validation);
      assertThat(mean).isCloseTo(graph.accumulate(order, 0, rows), within(1e-5));
      var expected = graph.gradients();
      assertThat(gradients.keySet()).isEqualTo(expected.keySet());
      gradients.forEach(
          (name, gradient) ->
              assertThat(gradient).as(name).containsExactly(expected.get(name), within(1e-5)));
      assertThat(measured.loss()).isCloseTo(graph.measure(study.validation).loss(), within(1e-5));
    }
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

  private static Settings settings(String map) {
    var spec = PalA.spec().prototypes(K).dimension(d).userPrior(1);
    return switch (map) {
      case "mlp" -> spec.mlp(5).settings;
      case "metric" -> spec.dimension(40).prototypeBound(0.1, 0.7).settings;
      case "residual" -> spec.residual(5).dimension(D).settings;
      default -> spec.prototypeBound(0.1, 0.7).settings;
    };
  }

  private Study study(int inputs) {
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
    return Study.of(
        answers.select(IntStream.range(0, 60).toArray()),
        answers.select(java.util.Arrays.copyOfRange(rows, 60, 90)),
        false,
        false);
  }

  private LinkedHashMap<String, Tensor> start(Study study, Settings settings, String place) {
    int d = settings.integer("dimension");
    int inputs = study.entries.dimension();
    var start = new LinkedHashMap<String, Tensor>();
    int users = study.users.size();
    int items = study.items.size();
    start.put("users.offset", PalFit.normal(users, K, 1, random));
    start.put("users.mean", Tensor.of(Seeds.normal(K, 1, random), K));
    new Maps(settings).startItems(start, inputs, random);
    start.put(place, PalFit.normal(K, place.equals("prototypes") ? inputs : d, 0.5, random));
    start.put("items.identity", PalFit.normal(items, d, 0.2, random));
    return start;
  }
}
