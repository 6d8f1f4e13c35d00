package palette.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.engine.AdamGroup;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.support.Seeds;

class GptTest {
  private static final List<String> TEXTS = List.of("a b c d", "b a", "d c b a", "c");

  /** Of every parameter, the gradient against the difference quotient in double precision. */
  @ParameterizedTest
  @CsvSource({"ONE, false", "INDIVIDUAL, false", "CLUSTER, true"})
  void gradientsAreThoseOfDifferences(Voices voices, boolean bent) {
    var words = Vocabulary.words(TEXTS);
    var shape = new Gpt(2, 2, 8, 9, words.size(), 2, bent);
    var base = new Policy(shape, drawn(shape.start(1)), words, null);
    var answers =
        Preferences.of(
            List.of(
                new Comparison("u", "a b", "c", "d c"),
                new Comparison("v", "a b", "d c", "b"),
                new Comparison("v", null, "a", "b b b")));
    var users = Catalog.of(List.of("u", "v"));
    var spec = Dpo.of(base).beta(.7).gamma();
    if (voices == Voices.INDIVIDUAL) spec = spec.individual();
    if (voices == Voices.CLUSTER) spec = spec.clusters(3);
    double alpha = voices == Voices.ONE ? 1 : .3;
    var goal = new PairCost(spec, answers, users, alpha, .2);
    var start = new LinkedHashMap<>(base.weights);
    start.putAll(voices.start(base, 2, 3, 1));
    var at = drawn(start);
    Map<String, double[]> gradients;
    try (var objective = objective(shape, voices, at, goal, 2)) {
      objective.accumulate(new int[] {2, 0, 1}, 0, 3);
      gradients = objective.gradients();
    }
    gradients.forEach(
        (name, gradient) -> {
          for (int i : new int[] {0, gradient.length / 2, gradient.length - 1}) {
            double slope =
                (cost(shape, voices, at, name, i, goal, 1e-3)
                        - cost(shape, voices, at, name, i, goal, -1e-3))
                    / 2e-3;
            assertThat(gradient[i]).as(name + " " + i).isCloseTo(slope, within(1e-5));
          }
        });
    assertThat(gradients.values()).allMatch(g -> Arrays.stream(g).anyMatch(x -> x != 0));
  }

  private static double cost(
      Gpt shape, Voices voices, Map<String, Tensor> at, String name, int i, Goal goal, double by) {
    var moved = new LinkedHashMap<>(at);
    var tensor = at.get(name);
    float[] values = tensor.values().clone();
    values[i] += (float) by;
    moved.put(name, new Tensor(tensor.shape(), values));
    try (var objective = objective(shape, voices, moved, goal, 1)) {
      return objective.accumulate(new int[] {0, 1, 2}, 0, 3);
    }
  }

  private static PolicyObjective objective(
      Gpt shape, Voices voices, Map<String, Tensor> at, Goal goal, int threads) {
    return new PolicyObjective(
        Device.cpu(),
        shape,
        voices,
        at,
        goal,
        name -> voices == Voices.CLUSTER && name.equals(Gpt.VOICE) ? null : AdamGroup.of(1),
        threads,
        DataType.FLOAT64);
  }

  /** Other numbers, large enough that every part of the model matters. */
  private static Map<String, Tensor> drawn(Map<String, Tensor> start) {
    var random = Seeds.stream(5, "gradients");
    var all = new LinkedHashMap<String, Tensor>();
    start.forEach(
        (name, tensor) -> {
          double[] values = Seeds.normal(tensor.values().length, .4, random);
          if (name.contains("ln_") && name.endsWith("weight"))
            Arrays.setAll(values, i -> values[i] + 1);
          all.put(name, Tensor.of(values, tensor.shape()));
        });
    return all;
  }

  /**
   * Golden tokens: a model without layers whose head makes known logits of its three words, so that
   * a script's log-probability is the sum of log softmax at the targets.
   */
  @Test
  void tellsTokensAsTheLogSoftmaxSays() {
    double[][] logits = {{0, .4, .9}, {.2, -.1, .5}, {1, .3, -.7}}; // after words 0, 1, 2
    double[] each = {-.8283901699061245, -.5183584771574499, -1.199675981209848};
    var shape = new Gpt(0, 1, 3, 4, 3, 0, false);
    try (var scope = Torch.scope()) {
      var manager = scope.manager(Device.cpu());
      var type = DataType.FLOAT64;
      double far = (2. / 3) / Math.sqrt(2. / 9 + 1e-5f); // of a normalised unit vector
      double b = 1 - far / 2;
      double a = 1 + far - b;
      double[] head = new double[9]; // states are a I + b J, the bias of 1 among them
      for (int v = 0; v < 3; v++) {
        double sum = logits[0][v] + logits[1][v] + logits[2][v];
        for (int i = 0; i < 3; i++) head[3 * v + i] = (logits[i][v] - b / (a + 3 * b) * sum) / a;
      }
      double[] unit = {1, 0, 0, 0, 1, 0, 0, 0, 1};
      var square = new Shape(3, 3);
      var p =
          Map.of(
              Gpt.WORDS,
              Scripts.numbers(manager, unit, square, type),
              Gpt.HEAD,
              Scripts.numbers(manager, head, square, type),
              Gpt.POSITIONS,
              Scripts.numbers(manager, new double[12], new Shape(4, 3), type),
              "ln_f.weight",
              Scripts.numbers(manager, new double[] {1, 1, 1}, new Shape(3), type),
              "ln_f.bias",
              Scripts.numbers(manager, new double[] {1, 1, 1}, new Shape(3), type));
      for (int from = 1; from <= 3; from++) {
        var script = new Script(new int[] {1, 2, 0, 1}, from, 0);
        var batch = Scripts.of(manager, shape, List.of(script), type);
        double said = Torch.numbers(shape.logProbs(p, null, batch))[0];
        double sum = Arrays.stream(each).skip(from - 1).sum();
        assertThat(said).isCloseTo(sum, within(1e-9));
      }
    }
  }

  /** Golden voices: e_0 + o_u, and softmax(W_u) V. */
  @Test
  void voicesAreOffsetsOrMixes() {
    try (var scope = Torch.scope()) {
      var manager = scope.manager(Device.cpu());
      var type = DataType.FLOAT64;
      var one = new Shape(1, 2);
      var p =
          Map.of(
              Gpt.VOICE, Scripts.numbers(manager, new double[] {.1, -.2}, one, type),
              Voices.OFFSETS, Scripts.numbers(manager, new double[] {.3, .05}, one, type),
              Voices.CLUSTERS,
                  Scripts.numbers(
                      manager, new double[] {1, 0, .5, -.5, 0, 2}, new Shape(3, 2), type),
              Voices.LOGITS,
                  Scripts.numbers(
                      manager, new double[] {0, 0, 0, .2, -.4, 1}, new Shape(2, 3), type));
      assertThat(Torch.numbers(Voices.INDIVIDUAL.of(p, new int[] {0, 1})))
          .containsExactly(new double[] {.1, -.2, .4, -.15}, within(1e-9));
      assertThat(Torch.numbers(Voices.CLUSTER.of(p, new int[] {0, 1})))
          .containsExactly(new double[] {.5, .5, .337648854006, 1.106594036319}, within(1e-9));
    }
  }

  @Test
  void whatComesLaterIsNotSeen() {
    var words = Vocabulary.words(TEXTS);
    var shape = new Gpt(2, 2, 8, 9, words.size(), 1, false);
    var policy = new Policy(shape, drawn(shape.start(1)), words, null);
    double alone = policy.logProbabilities(List.of(policy.script("a", "b")))[0];
    double[] beside =
        policy.logProbabilities(List.of(policy.script("a b c d", "a"), policy.script("a", "b")));
    assertThat(beside[1]).isCloseTo(alone, within(1e-5));
    // The sum of all first tokens' probabilities is one.
    double sum = 0;
    for (int token = 0; token < words.size(); token++) {
      sum +=
          Math.exp(policy.logProbabilities(List.of(new Script(new int[] {0, 4, token}, 2, 0)))[0]);
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
  }
}
