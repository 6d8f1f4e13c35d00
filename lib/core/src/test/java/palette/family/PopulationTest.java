package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.numeric.Links;
import palette.reward.RewardModel;
import palette.reward.Scorer;
import palette.support.InputException;
import palette.support.Seeds;

class PopulationTest {

  /** Everybody likes an item by 2 x_1 - x_2, under logistic noise. */
  private static Preferences world(int items, int answers, long seed) {
    var random = Seeds.stream(seed, "world");
    float[][] x = new float[items][2];
    var ids = new ArrayList<String>();
    for (int i = 0; i < items; i++) {
      ids.add("item" + i);
      for (int c = 0; c < 2; c++) x[i][c] = (float) random.nextGaussian();
    }
    var builder = Preferences.builder();
    ids.forEach(id -> builder.item(id, null));
    for (int n = 0; n < answers; n++) {
      int i = random.nextInt(items);
      int j = (i + 1 + random.nextInt(items - 1)) % items;
      double margin = 2 * (x[i][0] - x[j][0]) - (x[i][1] - x[j][1]);
      boolean first = random.nextDouble() < Links.logistic(margin);
      builder.add(Comparison.of("user" + n % 20, ids.get(first ? i : j), ids.get(first ? j : i)));
    }
    var made = builder.build();
    return made.withItems(made.items().withVectors(x));
  }

  private static double accuracy(Scorer model, Preferences answers) {
    double right = 0;
    for (double m : model.margins(answers)) right += m > 0 ? 1 : m == 0 ? 0.5 : 0;
    return right / answers.size();
  }

  @Test
  void findsTheDirectionThatEverybodyShares() {
    var model = Population.spec().fit(world(40, 4000, 1));
    float[] v = model.fitted().parameters().get("content").values();
    assertThat(v[0] / v[1]).isCloseTo(-2f, within(0.4f));
    assertThat(model.temperature()).isBetween(0.8, 1.25);
  }

  @Test
  void scoresItemsItHasNeverSeenByTheirVectors() {
    var all = world(80, 6000, 2);
    var parts = all.splitByItem(0.5, 3);
    var model = Population.spec().fit(parts.train());
    assertThat(model.items().size()).isEqualTo(40);
    assertThat(accuracy(model, parts.test())).isGreaterThan(0.75);
  }

  @Test
  void itemsByIdOnlyHaveANumberOfTheirOwn() {
    var answers = new ArrayList<Comparison>();
    for (int n = 0; n < 30; n++) {
      answers.add(Comparison.of("ann", "gold", "silver"));
      answers.add(Comparison.of("bob", "silver", "bronze"));
    }
    var model = Population.spec().validation(0).fit(Preferences.of(answers));
    assertThat(model.rank("anybody", "any prompt", List.of("bronze", "silver", "gold")))
        .extracting(RewardModel.Ranked::item)
        .containsExactly("gold", "silver", "bronze");
    assertThatThrownBy(() -> model.reward("ann", null, "tin"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "item 'tin': expected one of the 3 training items, found a new one."
                + " Fit with vectors or .embedder(...) to score new items.");
    assertThat(model.margins(Preferences.of(List.of(Comparison.of("eve", "tin", "zinc")))))
        .containsExactly(0);
  }

  @Test
  void aNewTextIsEmbeddedAndAKnownIdWins() {
    var vectors =
        Map.of(
            "tea", new float[] {1, 0}, "coffee", new float[] {0, 1}, "mate", new float[] {1, .2f});
    var answers = new ArrayList<Comparison>();
    for (int n = 0; n < 400; n++) answers.add(Comparison.of("ann", "tea", "coffee"));
    var spec = Population.spec().validation(0).ridge(1).embedder(new GivenVectors(vectors));
    var model = spec.fit(Preferences.of(answers));
    double[] rewards = model.rewards("new", null, List.of("tea", "mate", "coffee"));
    assertThat(rewards[0]).isGreaterThan(rewards[1]);
    assertThat(rewards[1]).isGreaterThan(rewards[2]);
    assertThatThrownBy(() -> model.reward("new", null, "cocoa")).hasMessageContaining("cocoa");
  }

  @Test
  void aVectorOfAnotherSizeOrNoneIsAnErrorThatNamesTheItem() {
    var model = Population.spec().fit(world(10, 300, 4));
    var pair = Preferences.of(List.of(Comparison.of("u", "new one", "item1")));
    assertThatThrownBy(() -> model.margins(pair))
        .hasMessage(
            "item 'new one': expected a known id, or a vector, found neither, and the model has"
                + " no embedder. Give vectors with Catalog.withVectors, or fit with"
                + " .embedder(...).");
    var long3 = pair.withItems(pair.items().withVectors(new float[2][3]));
    assertThatThrownBy(() -> model.margins(long3))
        .hasMessage(
            "vector of item 'new one': expected 2 numbers, as in training, found 3. Take the vectors"
                + " from the same embedder.");
  }

  @Test
  void theGradientIsTheSlopeOfTheObjective() {
    var answers = votes();
    var spec = Population.spec();
    var problem = new PopulationFit(spec, answers, answers.items(), null);
    double[] at = Seeds.normal(problem.start().length, 1, Seeds.stream(1, "at"));
    double[] gradient = at.clone();
    problem.value(at, gradient, 2, 3);
    for (int i = 0; i < at.length; i++) {
      double[] up = at.clone();
      double[] down = at.clone();
      up[i] += 1e-5;
      down[i] -= 1e-5;
      double[] spare = new double[at.length];
      double rise = problem.value(up, spare, 2, 3) - problem.value(down, spare, 2, 3);
      assertThat(gradient[i]).isCloseTo(rise / 2e-5, within(1e-6));
    }
  }

  // Pairs of votes weigh less than 1.
  private static Preferences votes() {
    var votes = Judgements.builder();
    var random = Seeds.stream(5, "votes");
    for (int u = 0; u < 5; u++) {
      for (int i = 0; i < 8; i++) votes.add("u" + u, "i" + i, random.nextInt(2));
    }
    var pairs = votes.build().pairs();
    float[][] x = new float[8][3];
    for (float[] row : x) for (int c = 0; c < 3; c++) row[c] = (float) random.nextGaussian();
    return pairs.withItems(pairs.items().withVectors(x));
  }

  @Test
  void aPairOfHalfTheWeightTwiceIsThePairOnce() {
    var votes = Judgements.builder();
    for (String item : List.of("a", "b", "c", "d")) votes.add("ann", item, item.compareTo("c"));
    var weighted = votes.build().pairs(); // six pairs of four judgements weigh 2/3 each
    assertThat(weighted.weight(0)).isCloseTo(2 / 3.0, within(1e-6));
    var plain = Preferences.of(weighted.comparisons());
    double ridge = 2 / 3.0;
    var light = Population.spec().validation(0).identityRidge(ridge).fit(weighted);
    var heavy = Population.spec().validation(0).identityRidge(1).fit(plain);
    double[] expected = heavy.margins(plain);
    assertThat(light.margins(weighted)).containsExactly(expected, within(1e-3));
  }

  @Test
  void atTheSolutionTheGradientIsNothing() {
    var answers = world(30, 2000, 6);
    var problem = new PopulationFit(Population.spec(), answers, answers.items(), null);
    double[] at = problem.solve(10, 10, problem.start());
    double[] gradient = new double[at.length];
    problem.value(at, gradient, 10, 10);
    for (double g : gradient) assertThat(g).isCloseTo(0, within(0.2));
  }

  @Test
  void strongerRidgesBringScoresTogether() {
    var answers = world(20, 800, 7);
    var spec = Population.spec().validation(0);
    double free = spec.ridge(1).identityRidge(1).fit(answers).margins(answers)[0];
    double held = spec.ridge(1e4).identityRidge(1e4).fit(answers).margins(answers)[0];
    assertThat(Math.abs(held)).isLessThan(0.2 * Math.abs(free));
  }

  @Test
  void validationAnswersOfUnknownUsersAndItemsCount() {
    var all = world(40, 3000, 8);
    var users = all.splitByUser(0.5, 1);
    var items = users.train().splitByItem(0.7, 1);
    var model = Population.spec().fit(items.train(), users.test());
    assertThat(model.knows("a stranger")).isTrue();
    assertThat(model.temperature()).isBetween(0.5, 2.0);
  }

  @Test
  void idsOnlyFitWithAValidationSplitDoesNotMindItemsMetOnlyThere() {
    var train = List.of(Comparison.of("u", "a", "b"), Comparison.of("v", "b", "c"));
    var other = List.of(Comparison.of("w", "x", "y"), Comparison.of("w", "a", "c"));
    var model = Population.spec().fit(Preferences.of(train), Preferences.of(other));
    assertThat(model.reward("u", null, "a")).isGreaterThan(model.reward("u", null, "c"));
  }

  @Test
  void theSameFitTwiceGivesTheSameBits() {
    var answers = world(20, 500, 9);
    var once = Population.spec().fit(answers);
    var again = Population.spec().fit(answers);
    assertThat(again.margins(answers)).isEqualTo(once.margins(answers));
    assertThat(again.provenance()).isEqualTo(once.provenance());
    var other = Population.spec().seed(1).fit(answers);
    assertThat(other.provenance()).isNotEqualTo(once.provenance());
  }

  @Test
  void optionsReturnNewSpecsAndRefuseNonsense() {
    var spec = Population.spec();
    assertThat(spec.ridge(3).toString())
        .isEqualTo("population ridge=3.0, identityRidge=0.0, validation=0.1, seed=0");
    assertThat(spec).isEqualTo(Population.spec()).isNotEqualTo(spec.ridge(3));
    assertThatThrownBy(() -> spec.ridge(-1))
        .hasMessage("ridge: expected a number of at least 0, found -1.0.");
    assertThatThrownBy(() -> spec.validation(1)).hasMessageContaining("a share in [0, 1)");
    assertThatThrownBy(() -> spec.fit(world(5, 9, 1).first(0)))
        .isInstanceOf(InputException.class)
        .hasMessage("fit: expected at least one answer, found none. Check the split.");
  }

  @Test
  void showsItself() {
    var model = Population.spec().ridge(30).identityRidge(3).fit(world(12, 200, 1));
    assertThat(model.text()).contains("12 with vectors of 2").contains("30, 3 answers");
    assertThat(model.html()).startsWith("<table>").contains("temperature");
    assertThat(model.toString()).startsWith("population [population ridge=30.0");
    assertThat(model.name()).isEqualTo("population");
  }
}
