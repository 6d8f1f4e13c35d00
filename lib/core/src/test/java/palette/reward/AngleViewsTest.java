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

/** PAL-B by hand and in pieces is PAL-B through one graph. */
class AngleViewsTest {
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
    var study = study(prompts);
    var settings = spec(map).threads(threads).settings;
    var start = start(study, settings);
    int[] order = Seeds.permutation(ROWS, random);
    LinearEqualsGraphTest.compare(
        study, settings, start, PalMargins.b(settings), Loss.LOGISTIC, order, rows);
  }

  @Test
  void stepsGoWhereThoseOfOneGraphGo() {
    var study = study(true);
    var settings = spec("mlp").threads(3).settings;
    var start = start(study, settings);
    var groups = new PalGroups(settings, study.users.size());
    try (var hand = new LinearObjective(study, settings, Loss.LOGISTIC, start, groups, 1);
        var graph =
            new GraphObjective(
                study,
                settings,
                Loss.LOGISTIC,
                start,
                groups,
                1,
                PalMargins.b(settings),
                Device.cpu(),
                DataType.FLOAT32)) {
      double before = steps(hand, 1);
      double after = steps(hand, 60);
      assertThat(after).isCloseTo(steps(graph, 61), within(1e-4)).isLessThan(before - 0.1);
    }
  }

  @Test
  void theSameThreadsGiveTheSameBits() {
    assertThat(trained(3)).isEqualTo(trained(3));
  }

  private static Map<String, Tensor> trained(int threads) {
    return new AngleViewsTest().train(threads);
  }

  private Map<String, Tensor> train(int threads) {
    var study = study(true);
    var settings = spec("mlp").threads(threads).dropout(0.2).settings;
    var start = start(study, settings);
    var groups = new PalGroups(settings, study.users.size());
    try (var objective = new LinearObjective(study, settings, Loss.LOGISTIC, start, groups, 1)) {
      steps(objective, 10);
      return objective.parameters();
    }
  }

  /** The loss on the training rows after some steps. */
  private static double steps(Objective objective, int steps) {
    int[] order = IntStream.range(0, ROWS).toArray();
    double loss = 0;
    for (int step = 0; step < steps; step++) loss = objective.step(order, 0, ROWS);
    return loss;
  }

  private static PalB.Spec spec(String map) {
    var spec = PalB.spec().prototypes(K).dimension(5).userPrior(1);
    return map.equals("linear") ? spec.linear() : spec.hidden(6);
  }

  private Study study(boolean prompts) {
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
    return Study.of(
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

  private LinkedHashMap<String, Tensor> start(Study study, Settings settings) {
    int d = settings.integer("dimension");
    var start = new LinkedHashMap<String, Tensor>();
    start.put("users.offset", PalFit.normal(study.users.size(), K, 1, random));
    start.put("users.mean", Tensor.of(Seeds.normal(K, 1, random), K));
    var maps = new Maps(settings);
    maps.startItems(start, D, random);
    if (study.prompts.size() > 0) maps.startHeads(start, D, random);
    else start.put("prototypes.latent", PalFit.normal(K, d, 0.5, random));
    start.put("items.identity", PalFit.normal(study.items.size(), d, 0.2, random));
    start.put("scale", Tensor.of(new double[] {1.5}, 1));
    return start;
  }
}
