package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.fit.Fitted;
import palette.fit.UserWeights;
import palette.numeric.Links;
import palette.reward.PrototypeModel;
import palette.support.Provenance;

/** METHODS 1 and 2: the pieces in double precision, the models in single. */
class GoldenModelTest {
  private static final Offset<Double> EXACT = within(1e-9);
  private static final Offset<Double> SINGLE = within(1e-5);
  private static final JsonNode A = Golden.read("ideal-point.json");
  private static final JsonNode B = Golden.read("prompted.json");

  private static double[] weights() {
    double[] w = Golden.numbers(A.get("logits"));
    UserWeights.softmax(w, 1);
    return w;
  }

  private static double[] seen(String item) {
    return Golden.map(Golden.rows(A.get("A")), Golden.numbers(A.get(item)));
  }

  private static double[] point() {
    double[] ideal = Golden.mix(weights(), Golden.rows(A.get("prototypes")));
    return Golden.map(Golden.rows(A.get("A")), ideal);
  }

  private static Map<String, Tensor> parameters() {
    var parameters = new LinkedHashMap<String, Tensor>();
    parameters.put("users.offset", Tensor.of(Golden.numbers(A.get("logits")), 1, 2));
    return parameters;
  }

  private static Tensor matrix(double[][] rows) {
    var flat = new double[rows.length * 2];
    for (int i = 0; i < flat.length; i++) flat[i] = rows[i / 2][i % 2];
    return Tensor.of(flat, rows.length, 2);
  }

  private static Fitted fitted(PalSpec<?> spec, Map<String, Tensor> parameters) {
    float[][] items = {Golden.floats(A.get("left")), Golden.floats(A.get("right"))};
    var prompts = Catalog.of(List.of("prompt"), new float[][] {Golden.floats(B.get("prompt"))});
    var prior = new PrototypeModel.Prior(weights(), 1, false);
    return new Fitted(
        spec,
        Catalog.of(List.of("user")),
        Catalog.of(List.of("left", "right"), items),
        spec instanceof PalA.Spec ? Catalog.empty() : prompts,
        parameters,
        prior,
        1,
        null,
        null,
        Provenance.now(Map.of()));
  }

  private static PalA palA(Distance distance) {
    var parameters = parameters();
    parameters.put("f.weight", matrix(Golden.rows(A.get("A"))));
    parameters.put("prototypes", matrix(Golden.rows(A.get("prototypes"))));
    return new PalA(fitted(PalA.spec().dimension(2).distance(distance), parameters));
  }

  // -------------------------------------------------------------------------------------- PAL-A

  @Test
  void logitsBecomeWeightsAndAnIdealPoint() {
    assertThat(weights()).containsExactly(Golden.numbers(A.get("weights")), EXACT);
    assertThat(point()).containsExactly(Golden.numbers(A.get("point")), EXACT);
    var model = palA(Distance.SQUARED);
    assertThat(model.idealPoint("user")).containsExactly(Golden.numbers(A.get("point")), SINGLE);
  }

  static Stream<Named<JsonNode>> distances() {
    return Stream.of("squared", "plain").map(name -> Named.of(name, A.get(name)));
  }

  @ParameterizedTest
  @MethodSource("distances")
  void rewardIsNearness(JsonNode golden) {
    boolean squared = golden.get("desc").asText().startsWith("squared");
    var distance = squared ? Distance.SQUARED : Distance.PLAIN;
    var closeness = Similarity.of(distance);
    var model = palA(distance);
    double margin = 0;
    for (String item : List.of("left", "right")) {
      double cost = golden.get(item).asDouble();
      assertThat(-closeness.at(seen(item), point(), null)).isCloseTo(cost, EXACT);
      assertThat(-model.reward("user", null, item)).isCloseTo(cost, SINGLE);
      margin += item.equals("left") ? -cost : cost;
    }
    assertThat(margin).isCloseTo(golden.get("margin").asDouble(), EXACT);
    var answer = Preferences.of(List.of(Comparison.of("user", "left", "right")));
    assertThat(model.margins(answer)[0]).isCloseTo(margin, SINGLE);
    double[] linear = new double[1];
    linear[0] = model.byWeight(answer).margin(0, weights(), null);
    assertThat(linear[0]).isCloseTo(margin, SINGLE);
  }

  @Test
  void theLinkMakesAProbabilityOfAMargin() {
    double margin = A.get("squared").get("margin").asDouble();
    double p = A.get("probability").asDouble();
    assertThat(Links.logistic(margin)).isCloseTo(p, EXACT);
    assertThat(Links.logistic(-margin)).isCloseTo(1 - p, EXACT);
    assertThat(palA(Distance.SQUARED).probability("user", null, "left", "right"))
        .isCloseTo(p, SINGLE);
  }

  // Margins are linear in the weights: each prototype's own margin, mixed.
  @Test
  void theBilinearFormAgrees() {
    double[] l = seen("left");
    double[] r = seen("right");
    double[][] q = Golden.rows(A.get("bilinear").get("Q"));
    double[] x = Golden.numbers(A.get("left"));
    double[] y = Golden.numbers(A.get("right"));
    double[] gap = {x[0] - y[0], x[1] - y[1]};
    double cost = Similarity.DOT.at(l, l, null) - Similarity.DOT.at(r, r, null);
    cost += Similarity.DOT.at(gap, Golden.map(q, weights()), null);
    double expected = A.get("bilinear").get("cost difference").asDouble();
    assertThat(cost).isCloseTo(expected, EXACT);
    double mixed = 0;
    for (int k = 0; k < 2; k++) {
      double[] p = Golden.map(Golden.rows(A.get("A")), Golden.rows(A.get("prototypes"))[k]);
      mixed +=
          weights()[k] * (Similarity.SQUARED.at(l, p, null) - Similarity.SQUARED.at(r, p, null));
    }
    assertThat(mixed).isCloseTo(-expected, EXACT);
  }

  // -------------------------------------------------------------------------------------- PAL-B

  private static double[] head(int k) {
    return Golden.map(Golden.rows(B.get("heads").get(k)), Golden.numbers(B.get("prompt")));
  }

  private static double[] direction(String item) {
    return Golden.map(Golden.rows(B.get("F")), Golden.numbers(B.get(item)));
  }

  private static PalB palB(PalB.Spec spec, double logScale) {
    var parameters = parameters();
    parameters.put("f.weight", matrix(Golden.rows(B.get("F"))));
    double[][] heads = new double[4][];
    for (int row = 0; row < 4; row++) {
      heads[row] = Golden.numbers(B.get("heads").get(row / 2).get(row % 2));
    }
    parameters.put("heads.weight", matrix(heads));
    parameters.put("scale", Tensor.of(new double[] {logScale}, 1));
    return new PalB(fitted(spec.linear().dimension(2), parameters));
  }

  @Test
  void thePapersPlainMixture() {
    var golden = B.get("paper");
    double[] z = Golden.mix(weights(), Golden.unit(head(0)), Golden.unit(head(1)));
    assertThat(z).containsExactly(Golden.numbers(golden.get("z")), EXACT);
    double[] rewards = Golden.numbers(golden.get("rewards"));
    double[] left = Golden.unit(direction("left"));
    assertThat(Similarity.DOT.at(left, z, null)).isCloseTo(rewards[0], EXACT);
    assertThat(Similarity.DOT.at(Golden.unit(direction("right")), z, null))
        .isCloseTo(rewards[1], EXACT);
    assertThat(palB(PalB.spec(), 0).rewards("user", "prompt", List.of("left", "right")))
        .containsExactly(rewards, SINGLE);
  }

  @Test
  void theReferenceCodesNormalisedMixture() {
    var golden = B.get("code");
    double[] raw = Golden.mix(weights(), head(0), head(1));
    assertThat(Golden.unit(raw)).containsExactly(Golden.numbers(golden.get("z")), EXACT);
    double[] cosines = new double[2];
    cosines[0] = Similarity.COSINE.at(direction("left"), raw, null);
    cosines[1] = Similarity.COSINE.at(direction("right"), raw, null);
    assertThat(cosines).containsExactly(Golden.numbers(golden.get("cosines")), EXACT);
    double[] logits = {cosines[0] / 0.07, cosines[1] / 0.07};
    assertThat(logits).containsExactly(Golden.numbers(golden.get("logits")), EXACT);
    double margin = logits[0] - logits[1];
    assertThat(Links.logLoss(margin))
        .isCloseTo(golden.get("left chosen").asDouble(), within(1e-12));
    assertThat(Links.logLoss(-margin)).isCloseTo(golden.get("right chosen").asDouble(), EXACT);
    var model = palB(PalB.spec().normalisedMixture(), Math.log(1 / 0.07));
    assertThat(model.rewards("user", "prompt", List.of("left", "right")))
        .containsExactly(Golden.numbers(golden.get("logits")), within(1.4e-4));
  }

  @Test
  void theScaleIsClampedAt100() {
    var golden = Golden.numbers(B.get("paper").get("rewards"));
    double[] rewards = palB(PalB.spec(), 10).rewards("user", "prompt", List.of("left", "right"));
    assertThat(rewards)
        .containsExactly(new double[] {100 * golden[0], 100 * golden[1]}, within(1e-3));
  }
}
