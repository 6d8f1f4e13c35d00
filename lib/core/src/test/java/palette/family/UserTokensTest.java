package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.fit.BasisModel;
import palette.fit.BasisObjective;
import palette.fit.Sizes;
import palette.fit.TrainingSet;
import palette.fit.UserWeights;
import palette.numeric.LinkKind;
import palette.reward.Loss;
import palette.reward.PrototypeModel.Prior;
import palette.reward.Space;
import palette.reward.Temperature;

/** RIVALS 2.2. */
class UserTokensTest {
  private static final JsonNode GOLDEN = Golden.read("tokens.json");

  /** One user, one item against nothing, whose margins are those of the case, times beta. */
  @Test
  void theLossIsAMixOfTheUsersAndTheGenericUsers() {
    for (var one : GOLDEN.get("mix")) {
      double beta = one.get("beta").asDouble();
      double generic = beta * one.get("generic").asDouble();
      double own = beta * one.get("margin").asDouble() - generic;
      double share = 1 - one.get("alpha").asDouble();
      var answers = Given.answers(1).withItems(Given.items(new double[][] {{1}}));
      var data = TrainingSet.of(answers, answers.first(0), false, false);
      var spec = UserTokens.individual().prototypes(1).with(UserTokens.GENERIC_SHARE, share);
      var start =
          Map.of(
              UserWeights.OFFSET.name(), Tensor.of(new double[] {own}, 1, 1),
              UserWeights.MEAN.name(), Tensor.of(new double[] {generic}, 1),
              UserTokens.V.name(), Tensor.of(new double[] {data.units.items()}, 1, 1));
      var plan = spec.basis().plan(Gradients.task(spec, data));
      try (var objective = (BasisObjective) plan.opening().open(start, 1)) {
        double loss = objective.accumulate(new int[] {0}, 0, 1);
        assertThat(loss).isCloseTo(one.get("loss").asDouble(), within(1e-7));
        double slope = UserWeights.OFFSET.of(objective.gradients())[0];
        double both = UserWeights.MEAN.of(objective.gradients())[0];
        assertThat(beta * slope).isCloseTo(one.get("slope").asDouble(), within(1e-7));
        assertThat(beta * (both - slope))
            .isCloseTo(one.get("generic slope").asDouble(), within(1e-7));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LOGISTIC", "GAMMA", "DAVIDSON"})
  void whatALossLearnsItLearnsFromTheGenericUserToo(LinkKind kind) {
    var spec =
        UserTokens.individual()
            .prototypes(2)
            .loss(Loss.of(kind).withPosition().withUserTemperatures());
    var answers = Gradients.answered();
    var told = kind.ties() ? answers.withTiedRows() : answers;
    var data = TrainingSet.of(told, answers.first(0), false, false);
    var start = Gradients.random(spec, data, true);
    var plan = spec.basis().plan(Gradients.task(spec, data));
    int[] all = Gradients.all(data);
    try (var objective = (BasisObjective) plan.opening().open(start, 1)) {
      objective.accumulate(all, 0, all.length);
      Gradients.compare(
          start,
          objective.gradients(),
          1e-2,
          1e-4,
          moved -> {
            try (var there = (BasisObjective) plan.opening().open(moved, 1)) {
              return there.accumulate(all, 0, all.length);
            }
          });
    }
    assertThat(spec.epochs(2).fit(answers).margins(answers)).doesNotContain(Double.NaN);
  }

  @Test
  void anIndividualTokenIsTheGenericOneAndADeviation() {
    var golden = GOLDEN.get("individual");
    double[][] axes = {{1, 0}, {0, 1}};
    var model = given(UserTokens.individual(), golden.get("own"), golden.get("generic"), axes);
    assertThat(model.rewards("u", null, List.of("chosen0", "chosen1")))
        .containsExactly(Golden.numbers(golden.get("token")), within(1e-7));
  }

  @Test
  void aClusteredTokenIsAMixOfSharedOnes() {
    var golden = GOLDEN.get("clusters");
    double[][] tokens = Golden.rows(golden.get("tokens"));
    var model = given(UserTokens.clustered(), golden.get("logits"), null, tokens);
    assertThat(model.weights("u"))
        .containsExactly(Golden.numbers(golden.get("weights")), within(1e-7));
    assertThat(model.rewards("u", null, List.of("chosen0", "chosen1")))
        .containsExactly(Golden.numbers(golden.get("token")), within(1e-7));
  }

  /** Items are the axes of the tokens. */
  private static BasisModel given(BasisSpec spec, JsonNode own, JsonNode mean, double[][] tokens) {
    double[] flat = Arrays.stream(tokens).flatMapToDouble(Arrays::stream).toArray();
    double[] middle = mean == null ? new double[own.size()] : Golden.numbers(mean);
    var learned =
        Map.of(
            UserWeights.OFFSET.name(), Tensor.of(Golden.numbers(own), 1, own.size()),
            UserWeights.MEAN.name(), Tensor.of(middle, middle.length),
            UserTokens.V.name(), Tensor.of(flat, tokens.length, 2));
    var space = mean == null ? Space.SIMPLEX : Space.FREE;
    var prior = new Prior(space, new double[own.size()], 1, false);
    return Given.model(spec, new double[][] {{1, 0}, {0, 1}}, learned, prior, 1);
  }

  @Test
  void tablesAreAsLargeAsThePapersAre() {
    var golden = GOLDEN.get("sizes");
    int numbers = golden.get("numbers").asInt();
    assertThat(learned(UserTokens.individual().prototypes(numbers), golden, 0))
        .isEqualTo(golden.get("individual").asLong());
    assertThat(
            learned(
                UserTokens.clustered().prototypes(golden.get("clusters").asInt()), golden, numbers))
        .isEqualTo(golden.get("clustered").asLong());
  }

  /** Numbers of the users and, where items have so many inputs, of the tokens. */
  private static long learned(BasisSpec spec, JsonNode golden, int inputs) {
    int users = golden.get("users").asInt();
    var sizes = new Sizes(spec.settings(), users, inputs == 0 ? 0 : 1, inputs, 0, 0, false);
    return spec.start(sizes).stream()
        .mapToLong(start -> Arrays.stream(start.shape()).reduce(1, (a, b) -> a * b))
        .sum();
  }

  // ------------------------------------------------------------------------------ what it is for

  /** Three of four want the same, so that the generic user has something to learn. */
  private static Preferences majority() {
    return Small.camps(40, 1).where(row -> row / 40 % 2 == 0 || row / 40 % 6 == 1);
  }

  @Test
  void theGenericUserServesWhoeverHasSaidNothing() {
    for (var spec : List.of(UserTokens.individual(), UserTokens.clustered())) {
      var split = majority().splitByAnswer(0.8, 2);
      var few = spec.prototypes(2).epochs(40).seed(7).threads(1);
      var mixed = few.fit(split.train());
      var alone = few.with(UserTokens.GENERIC_SHARE, 0.0).fit(split.train());
      assertThat(loss(mixed, split.test()))
          .as(mixed.name())
          .isLessThan(loss(alone, split.test()) - 0.005);
      assertThat(Small.accuracy(mixed, split.test()))
          .isGreaterThan(Small.accuracy(mixed.population(), split.test()) + 0.1);
    }
  }

  /** Of the generic user, whose margins are to be as sure as everybody together is. */
  private static double loss(BasisModel model, Preferences answers) {
    var fitted = model.fitted();
    double[] generic = fitted.spec().basis().nobody(fitted.parameters());
    double[] weights = Arrays.copyOf(generic, model.prior().center().length);
    double[] margins = model.byWeight(answers).at(weights);
    return Temperature.logLoss(margins, answers, 1) / answers.size();
  }

  @Test
  void itComesBackToTheLastBit(@TempDir Path folder) {
    var split = Small.camps(20, 1).splitByAnswer(0.8, 2);
    for (var spec : List.of(UserTokens.individual(), UserTokens.clustered())) {
      var model = spec.epochs(5).seed(7).fit(split.train());
      model.save(folder.resolve(model.name()));
      var loaded = spec.load(folder.resolve(model.name()));
      assertThat(loaded.margins(split.test())).isEqualTo(model.margins(split.test()));
      assertThat(loaded.prior()).usingRecursiveComparison().isEqualTo(model.prior());
    }
  }
}
