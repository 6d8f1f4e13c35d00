package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.Split;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.fit.BasisModel;
import palette.fit.FitSpec;
import palette.fit.Inputs;
import palette.fit.ItemRewards;
import palette.fit.Parameters;
import palette.numeric.Links;
import palette.personalize.Localizer;
import palette.reward.Settings;
import palette.simulate.World;

class HierarchicalTest {
  private static Split<Preferences> split;
  private static BasisModel model;

  @BeforeAll
  static void fit() {
    split = Small.camps(40, 1).splitByAnswer(0.8, 2);
    model = Hierarchical.spec().fit(split.train());
  }

  @Test
  void thereIsAWeightForEachNumberOfTheVectorsAndForEachItem() {
    assertThat(model.prototypes()).isEqualTo(2 + Small.ITEMS);
    assertThat(model.weights("user0")).hasSize(2 + Small.ITEMS);
  }

  @Test
  void peopleLieAroundThePopulationAndTellCampsApart() {
    assertThat(Small.accuracy(model, split.test()))
        .isGreaterThan(0.85)
        .isGreaterThan(Small.accuracy(model.population(), split.test()) + 0.1);
  }

  @Test
  void whoHasSaidNothingIsThePopulation() {
    var parts = split.train().splitByAnswer(0.9, 0);
    var everybody = Population.spec().fit(parts.train(), parts.test());
    var same = Hierarchical.spec().fit(parts.train(), parts.test());
    double[] expected = everybody.margins(split.test());
    for (int i = 0; i < expected.length; i++) expected[i] /= everybody.temperature();
    assertThat(same.population().margins(split.test())).containsExactly(expected, within(1e-4));
  }

  @Test
  void theirAnswersPullAsHardAsThePriorHolds() {
    var parts = split.train().splitByAnswer(0.9, 0); // as the fit set some aside
    var mine = parts.train().ofUser("user3");
    var margins = model.byWeight(mine);
    double[] w = model.weights("user3");
    double[] pull = new double[w.length];
    double[] row = new double[w.length];
    for (int j = 0; j < margins.size(); j++) {
      double slope = Links.logistic(-margins.margin(j, w, row));
      for (int k = 0; k < w.length; k++) pull[k] += margins.weight(j) * slope * row[k];
    }
    double ridge = model.prior().strength();
    for (int k = 0; k < w.length; k++) {
      double held = ridge * (w[k] - model.prior().center()[k]);
      assertThat(held).isCloseTo(pull[k], within(1e-4));
    }
  }

  @Test
  void aNewcomerWithTheSameAnswersIsPlacedWhereTheUserIs() {
    var parts = split.train().splitByAnswer(0.9, 0);
    var person = Localizer.of(model).fit(parts.train().ofUser("user3"));
    assertThat(person.weights()).containsExactly(model.weights("user3"), within(1e-4));
    assertThat(person.certificate().convex()).isTrue();
    assertThat(person.certificate().gap()).isLessThan(1e-9);
    double prior = 1 / Math.sqrt(model.prior().strength());
    for (double deviation : person.uncertainty()) {
      assertThat(deviation).isPositive().isLessThanOrEqualTo(prior + 1e-9);
    }
  }

  @Test
  void whereAllThinkAlikeTheStrongestRidgeIsChosen() {
    var alike = World.spec().users(30).prototypes(1).items(40).noise(1).seed(4).create();
    var same = Hierarchical.spec().fit(alike.askEveryone(30));
    assertThat(same.prior().strength()).isGreaterThan(model.prior().strength());
    assertThat(same.history().epochs()).hasSize(5);
  }

  @Test
  void itemsByIdOnlyAreEnough() {
    var plain = Small.idsOnly(split.train());
    var byId = Hierarchical.spec().fit(plain);
    assertThat(byId.prototypes()).isEqualTo(Small.ITEMS);
    assertThat(Small.accuracy(byId, Small.idsOnly(split.test()))).isGreaterThan(0.7);
  }

  @Test
  void itemsThatAreMetOnceHaveContentAlone() {
    var fresh = World.spec().users(20).seed(5).create().askEveryone(30);
    assertThat(Hierarchical.spec().fit(fresh).prototypes()).isEqualTo(2);
  }

  @Test
  void itsExpressionIsWhatItsRowsAre() {
    float[][] x = {{1, 2}, {3, -4}, {0, 6}};
    int[] known = {2, -1, 0};
    var rows = new HierarchicalBasis.Rows(2, new ItemRewards.Scene(x, known, new float[0][], 0));
    var settings = Settings.of(FitSpec.COMMON).with(FitSpec.PROTOTYPES, 2 + 3);
    try (var scope = Torch.scope()) {
      var manager = scope.manager(Device.cpu());
      var size = Torch.create(manager, Tensor.of(new double[] {2}, 1));
      var inputs = Inputs.of(Torch.create(manager, Tensor.of(x, 2)), null, known);
      var p = new Parameters(Map.of(HierarchicalBasis.SIZE.name(), size), settings);
      float[] all = new HierarchicalBasis().rewards(p, inputs).toFloatArray();
      for (int i = 0; i < 3; i++) {
        double[] row = new double[5];
        rows.rewards(i, -1, row);
        for (int k = 0; k < 5; k++) assertThat((double) all[i * 5 + k]).isEqualTo(row[k]);
      }
    }
  }

  @Test
  void hundredsOfWeightsArePlacedByWhatAFewAnswersSpan() {
    var world = World.spec().users(40).items(300).seed(6).create();
    var answers = world.askEveryone(100);
    var wide = Hierarchical.spec().ridge(3).fit(answers);
    assertThat(wide.prototypes()).isEqualTo(302);
    var said = answers.ofUser(answers.users().id(0)).first(10);
    var person = Localizer.of(wide).fit(said);
    assertThat(person.certificate().gap()).isLessThan(1e-9);
    double[] w = person.weights();
    var pair = said.comparison(0);
    double[] both = wide.rewards(w, null, List.of(pair.chosen(), pair.rejected()));
    assertThat(person.margins(said)[0]).isCloseTo(both[0] - both[1], within(1e-12));
    assertThat(person.text().lines()).hasSizeLessThan(30);
    assertThat(person.uncertainty()).hasSize(302).doesNotContain(Double.NaN);
    assertThat(
            wide.population()
                .margins(
                    Preferences.of(List.of(Comparison.of("v", "x", "y")))
                        .withItems(palette.data.Catalog.of(List.of("x", "y"), new float[2][2]))))
        .as("new items of the same vector")
        .containsExactly(0);
  }

  @Test
  void itComesBackToTheLastBit(@TempDir Path folder) {
    model.save(folder.resolve("h"));
    var loaded = Hierarchical.spec().load(folder.resolve("h"));
    assertThat(loaded.margins(split.test())).isEqualTo(model.margins(split.test()));
    assertThat(loaded.text()).isEqualTo(model.text());
    assertThat(loaded.prior()).usingRecursiveComparison().isEqualTo(model.prior());
  }
}
