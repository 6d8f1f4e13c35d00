package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.Split;
import palette.engine.Tensor;
import palette.fit.BasisModel;
import palette.fit.TrainingSet;
import palette.fit.UserWeights;
import palette.numeric.Links;
import palette.personalize.Localizer;
import palette.reward.PrototypeModel.Prior;
import palette.reward.Space;

/** RIVALS 2.4; the start's decomposition is tested in palette.numeric. */
class PrefTest {
  private static final JsonNode GOLDEN = Golden.read("pref.json");
  private static final BasisSpec SPEC =
      Pref.spec().prototypes(2).epochs(40).seed(7).device("cpu").threads(1);
  private static Split<Preferences> split;
  private static BasisModel model;

  @BeforeAll
  static void fit() {
    split = Small.camps(40, 1).splitByAnswer(0.8, 2);
    model = SPEC.fit(split.train());
  }

  /** Features as they are, so that F is the identity. */
  private static BasisModel golden(double[][] features, double[] w, double strength) {
    var learned =
        Map.of(
            UserWeights.OFFSET.name(), Tensor.of(w, 1, 2),
            Pref.F.name(), Tensor.of(new double[] {1, 0, 0, 1}, 2, 2));
    var prior = new Prior(Space.FREE, new double[2], strength, false);
    return Given.model(Pref.spec(), features, learned, prior, 1);
  }

  @Test
  void aLogitIsTheUsersWeightsTimesTheFeaturesOfThePair() {
    var one = GOLDEN.get("loss");
    double[][] features = Golden.rows(one.get("features"));
    double mean = 0;
    for (int u = 0; u < 2; u++) {
      double[] w = Golden.rows(one.get("users"))[u];
      double margin = golden(features, w, 1).margins(Given.answers(2))[u];
      assertThat(margin).isCloseTo(one.get("logits").get(u).asDouble(), within(1e-6));
      mean += Links.logLoss(u == 0 ? margin : -margin) / 2;
    }
    assertThat(mean).isCloseTo(one.get("mean").asDouble(), within(1e-6));
  }

  @Test
  void aNewcomerIsPlacedWhereTheirAnswersAndThePriorAreMostLikely() {
    var map = GOLDEN.get("map");
    double[][] features = Golden.rows(map.get("features"));
    var builder = Preferences.builder();
    for (int i = 0; i < features.length; i++) {
      boolean chosen = map.get("answers").get(i).asInt() == 1;
      builder.add(
          Comparison.of("v", chosen ? "chosen" + i : "nothing", chosen ? "nothing" : "chosen" + i));
    }
    for (var one : map.get("cases")) {
      var given = golden(features, new double[2], one.get("strength").asDouble());
      var person = Localizer.of(given).fit(builder.build());
      assertThat(person.weights())
          .containsExactly(Golden.numbers(one.get("weights")), within(1e-6));
      assertThat(person.certificate().gap()).isLessThan(1e-9);
    }
  }

  @Test
  void itBeginsAtADecompositionWhereManyAnsweredTheSamePairs() {
    var data = TrainingSet.of(Small.camps(200, 1), Small.camps(1, 2), false, false);
    var drawn = Gradients.random(SPEC, data, false);
    var begun = new Pref().begin(data, drawn);
    assertThat(begun.keySet()).isEqualTo(drawn.keySet());
    double[][] users = UserWeights.OFFSET.of(begun).rows();
    double[] mean = new double[2];
    for (double[] w : users) for (int k = 0; k < 2; k++) mean[k] += w[k] / users.length;
    assertThat(mean).containsExactly(new double[2], within(1e-6));
    double apart = 0;
    for (int k = 0; k < 2; k++) apart += users[0][k] * users[1][k];
    assertThat(apart).as("the two camps begin on two sides").isNegative();
  }

  @Test
  void itBeginsAtRandomWhereFewDid() {
    var data = TrainingSet.of(Small.camps(5, 1), Small.camps(1, 2), false, false);
    var drawn = Gradients.random(SPEC, data, false);
    assertThat(new Pref().begin(data, drawn)).isSameAs(drawn);
  }

  @Test
  void itBeginsAtRandomWhereOneSaysTheSameAgainAndAgain() {
    var once = Small.camps(2, 1).where(row -> row < 6).comparisons();
    var again = new ArrayList<Comparison>();
    for (int i = 0; i < 12; i++) again.addAll(once);
    var items = Small.camps(2, 1).items();
    var answers = Preferences.of(again);
    var order = answers.items().ids().stream().mapToInt(items::indexOf).toArray();
    var data = TrainingSet.of(answers.withItems(items.select(order)), answers, false, false);
    var drawn = Gradients.random(SPEC, data, false);
    assertThat(new Pref().begin(data, drawn)).isSameAs(drawn);
  }

  @Test
  void itBeginsAtRandomWhereMoreRewardsAreWantedThanThereArePeople() {
    var few = Small.camps(300, 1).where(row -> row % 300 < 150);
    var data = TrainingSet.of(few, few.first(0), false, false);
    var spec = SPEC.prototypes(Small.USERS + 1);
    var drawn = Gradients.random(spec, data, false);
    assertThat(new Pref().begin(data, drawn)).isSameAs(drawn);
  }

  @Test
  void oneAnswerLeavesTwoWeightsAsUncertainAsTheInverseCurvatureSays() {
    var given = golden(new double[][] {{1, 1}}, new double[2], 0.5);
    var person = Localizer.of(given).fit(Given.answers(1));
    double p = Links.logistic(person.margins(Given.answers(1))[0]);
    double c = p * (1 - p);
    double deviation = Math.sqrt((0.5 + c) / (0.25 + c)); // of {{.5 + c, c}, {c, .5 + c}}
    assertThat(person.uncertainty())
        .containsExactly(new double[] {deviation, deviation}, within(1e-6));
  }

  @Test
  void withoutAPriorAnAnswerDecidesOneWeightAndLeavesTheOther() {
    var given = golden(new double[][] {{1, 0}}, new double[2], 1);
    var person = Localizer.of(given).strength(0).fit(Given.answers(1));
    assertThat(person.uncertainty()[0]).isFinite();
    assertThat(person.uncertainty()[1]).isInfinite();
  }

  @Test
  void contentSaysWhoIsWho() {
    assertThat(Small.accuracy(model, split.test()))
        .isGreaterThan(Small.accuracy(model.population(), split.test()) + 0.1);
    double[] w = model.weights("user0");
    assertThat(Arrays.stream(w).sum()).as("weights are free").isNotCloseTo(1, within(1e-3));
  }

  @Test
  void itComesBackToTheLastBit(@TempDir Path folder) {
    model.save(folder.resolve("pref"));
    var loaded = Pref.spec().load(folder.resolve("pref"));
    assertThat(loaded.margins(split.test())).isEqualTo(model.margins(split.test()));
    assertThat(loaded.text()).isEqualTo(model.text());
  }
}
