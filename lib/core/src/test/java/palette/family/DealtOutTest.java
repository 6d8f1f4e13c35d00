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
import palette.fit.Objective;
import palette.fit.Task;
import palette.fit.TrainingSet;
import palette.support.Seeds;

/** What is dealt out to threads is what one graph of all of it gives. */
class DealtOutTest {
  private static final int D = 11;
  private static final int K = 3;
  private static final int ROWS = 400;
  private final SplittableRandom random = new SplittableRandom(4);

  @ParameterizedTest
  @CsvSource({
    "mlp, true, 1, 400",
    "mlp, true, 2, 400",
    "mlp, true, 3, 400",
    "mlp, true, 3, 150",
    "mlp, true, 3, 7",
    "linear, true, 1, 400",
    "linear, true, 4, 400",
    "mlp, false, 3, 400"
  })
  void equalsAutograd(String map, boolean prompts, int threads, int rows) {
    var data = data(prompts);
    var spec = spec(map).threads(threads);
    int[] order = Seeds.permutation(ROWS, random);
    String path = LinearEqualsGraphTest.compare(spec, data, start(spec, data), order, rows);
    assertThat(path).startsWith("rewards by graph");
  }

  @Test
  void stepsGoWhereThoseOfOneGraphGo() {
    var data = data(true);
    var spec = spec("mlp").threads(3);
    var start = start(spec, data);
    try (var hand = open(spec, data, start);
        var graph = Gradients.graph(spec, data, start, Device.cpu(), DataType.FLOAT32)) {
      double before = steps(hand, 1);
      double after = steps(hand, 60);
      assertThat(after).isCloseTo(steps(graph, 61), within(1e-4)).isLessThan(before - 0.1);
    }
  }

  private static Objective open(PalB.Spec spec, TrainingSet data, Map<String, Tensor> start) {
    return spec.basis().plan(Task.of(spec, data, Device.cpu())).opening().open(start, 1);
  }

  @Test
  void theSameThreadsGiveTheSameBits() {
    assertThat(trained(3)).isEqualTo(trained(3));
  }

  private static Map<String, Tensor> trained(int threads) {
    return new DealtOutTest().train(threads);
  }

  private Map<String, Tensor> train(int threads) {
    var data = data(true);
    var spec = spec("mlp").threads(threads).dropout(0.2);
    try (var objective = open(spec, data, start(spec, data))) {
      steps(objective, 10);
      return objective.parameters();
    }
  }

  /** The loss on the training rows after some steps. */
  private static double steps(Objective objective, int steps) {
    int[] order = IntStream.range(0, ROWS).toArray();
    double loss = 0;
    for (int step = 0; step < steps; step++) loss = objective.step(order, 0, ROWS).getAsDouble();
    return loss;
  }

  private static PalB.Spec spec(String map) {
    var spec = PalB.spec().prototypes(K).dimension(5).userPrior(1).identity(true);
    return map.equals("linear") ? spec.linear() : spec.hidden(6);
  }

  private TrainingSet data(boolean prompts) {
    var builder = Preferences.builder();
    for (int i = 0; i < ROWS + 90; i++) {
      int chosen = random.nextInt(150);
      int rejected = (chosen + 1 + random.nextInt(149)) % 150;
      String prompt = !prompts || i % 9 == 0 ? null : "p" + random.nextInt(60);
      var answer = new Comparison("u" + random.nextInt(7), prompt, "i" + chosen, "i" + rejected);
      builder.add(answer, 1 + random.nextInt(3));
    }
    var answers = builder.build();
    answers = answers.withItems(answers.items().withVectors(vectors(answers.items().size())));
    if (prompts) {
      answers =
          answers.withPrompts(answers.prompts().withVectors(vectors(answers.prompts().size())));
    }
    return TrainingSet.of(
        answers.select(IntStream.range(0, ROWS).toArray()),
        answers.select(IntStream.range(ROWS, ROWS + 90).toArray()),
        false,
        false);
  }

  private float[][] vectors(int n) {
    float[][] rows = new float[n][];
    for (int i = 0; i < n; i++) rows[i] = Tensor.of(Seeds.normal(D, 1, random), D).values();
    return rows;
  }

  private Map<String, Tensor> start(PalB.Spec spec, TrainingSet data) {
    var start = new LinkedHashMap<String, Tensor>();
    for (var one : spec.start(data.sizes(spec.settings(), true))) {
      start.put(one.parameter().name(), one.tensor(random));
    }
    start.computeIfPresent("users.mean", this::drawn);
    start.computeIfPresent("items.identity", this::drawn);
    start.put("scale", Tensor.of(new double[] {1.5}, 1));
    return start;
  }

  /** What begins at zero, elsewhere. */
  private Tensor drawn(String name, Tensor zeros) {
    return Tensor.of(Seeds.normal(zeros.values().length, 0.3, random), zeros.shape());
  }
}
