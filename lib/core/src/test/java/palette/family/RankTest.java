package palette.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.data.Split;
import palette.engine.Tensor;
import palette.fit.BasisModel;
import palette.fit.Parameter;
import palette.fit.UserWeights;
import palette.personalize.Localizer;
import palette.reward.PrototypeModel.Prior;
import palette.reward.Space;

class RankTest {
  private static final BasisSpec SPEC =
      Rank.spec().prototypes(2).epochs(40).seed(7).device("cpu").threads(1);
  private static Split<Preferences> split;
  private static BasisModel model;

  @BeforeAll
  static void fit() {
    split = Small.camps(40, 1).splitByAnswer(0.8, 2);
    model = SPEC.fit(split.train());
  }

  @Test
  void aRewardIsTheUsersWeightsTimesWhatContentAndItemSay() {
    var learned =
        java.util.Map.of(
            UserWeights.OFFSET.name(), Tensor.of(new double[] {2, -1}, 1, 2),
            Rank.V.name(), Tensor.of(new double[] {1, 0, 0.5, 1}, 2, 2),
            Parameter.IDENTITY.name(), Tensor.of(new double[] {0.25, 0, 0, 0}, 2, 2));
    var prior = new Prior(Space.FREE, new double[2], 1, false);
    var given = Given.model(Rank.spec(), new double[][] {{1, 2}}, learned, prior, 1);
    // V x + e = (1, 2.5) + (.25, 0), and 2 * 1.25 - 2.5 = 0; nothing has none of its own
    assertThat(given.rewards("u", null, List.of("chosen0", "nothing"))).containsExactly(0, 0);
    assertThat(given.rewards(new double[] {1, 1}, null, List.of("chosen0"))).containsExactly(3.75);
  }

  @Test
  void oppositeTastesHaveOppositeWeights() {
    assertThat(Small.accuracy(model, split.test())).isGreaterThan(0.9);
    var population = model.prior().center();
    double[] even = model.weights("user0");
    double[] odd = model.weights("user1");
    double sameWay = 0;
    for (int k = 0; k < 2; k++) sameWay += (even[k] - population[k]) * (odd[k] - population[k]);
    assertThat(sameWay).isNegative();
  }

  @Test
  void itemsByIdOnlyHaveFactorsOfTheirOwn() {
    var plain = Small.idsOnly(split.train());
    var byId = SPEC.validation(0).fit(plain);
    assertThat(byId.fitted().parameters()).doesNotContainKey(Rank.V.name());
    assertThat(Small.accuracy(byId, plain)).isGreaterThan(0.9);
  }

  @Test
  void itemsThatAreMetOftenCarryFactorsBesideTheirVectors() {
    assertThat(model.fitted().parameters()).containsKey(Parameter.IDENTITY.name());
    var once =
        SPEC.epochs(1).fit(split.train().select(IntStream.range(0, 90).map(i -> 4 * i).toArray()));
    assertThat(once.fitted().parameters()).doesNotContainKey(Parameter.IDENTITY.name());
  }

  @Test
  void anItemUnknownToTheTrainingIsJudgedByItsVectorAlone() {
    var both = model.items().vector(0);
    var alike = Catalog.of(List.of("new", "other"), new float[][] {both, new float[2]});
    var answer = Preferences.of(List.of(palette.data.Comparison.of("user0", "new", "other")));
    double margin = model.margins(answer.withItems(alike))[0];
    assertThat(margin).isNotZero();
    double known = model.reward("user0", null, model.items().id(0));
    assertThat(margin).isNotEqualTo(known);
  }

  @Test
  void aNewcomerIsPlacedByAConvexProblem() {
    var person = Localizer.of(model).fit(split.train().ofUser("user1"));
    assertThat(person.certificate().convex()).isTrue();
    assertThat(person.certificate().gap()).isLessThan(1e-9);
    assertThat(Small.accuracy(person, split.test().ofUser("user1"))).isGreaterThan(0.85);
    assertThat(person.uncertainty()).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
  }

  @Test
  void itComesBackToTheLastBit(@TempDir Path folder) {
    model.save(folder.resolve("rank"));
    var loaded = Rank.spec().load(folder.resolve("rank"));
    assertThat(loaded.margins(split.test())).isEqualTo(model.margins(split.test()));
    assertThat(loaded.text()).isEqualTo(model.text());
  }
}
