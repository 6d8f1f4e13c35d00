package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.Split;
import palette.numeric.Links;
import palette.reward.History;
import palette.reward.RewardSpec;
import palette.support.InputException;

class FitTest {
  private static final PalA.Spec TWO_CAMPS =
      PalA.spec().prototypes(2).dimension(2).epochs(30).seed(7).device("cpu");
  private static Split<Preferences> split;
  private static PalA model;

  @BeforeAll
  static void fit() {
    split = Small.camps(40, 1).splitByAnswer(0.8, 2);
    model = TWO_CAMPS.fit(split.train());
  }

  // ----------------------------------------------------------------------------- what it learns

  @Test
  void twoPrototypesTellTwoCampsApart() {
    assertThat(Small.accuracy(model, split.test())).isGreaterThan(0.9);
    double[] even = model.weights("user0");
    double[] odd = model.weights("user1");
    var table = model.weights();
    assertThat(table.columnNames()).containsExactly("user", "prototype_1", "prototype_2");
    assertThat(table.stringColumn("user").asList()).isEqualTo(model.users());
    assertThat(table.doubleColumn("prototype_2").get(1)).isEqualTo(odd[1]);
    assertThat(Math.abs(even[0] - odd[0])).isGreaterThan(0.5);
  }

  @Test
  void onePrototypeIsTheSameForEverybody() {
    var one = TWO_CAMPS.prototypes(1).fit(split.train());
    assertThat(one.weights("user0")).containsExactly(1);
    assertThat(one.rewards("user0", null, List.of("item0", "item1")))
        .isEqualTo(one.rewards("user1", null, List.of("item0", "item1")));
    assertThat(Small.accuracy(one, split.test()))
        .isLessThan(Small.accuracy(model, split.test()) - 0.1);
  }

  @Test
  void weightsLieOnTheSimplex() {
    for (var user : model.users()) {
      double[] w = model.weights(user);
      assertThat(Arrays.stream(w).sum()).isCloseTo(1, within(1e-12));
      assertThat(Arrays.stream(w).min().orElseThrow()).isNotNegative();
    }
  }

  @Test
  void aPartitionPutsEverybodyOnOnePrototype() {
    var parted = TWO_CAMPS.partition(1).fit(split.train());
    for (var user : parted.users()) {
      assertThat(parted.weights(user)).containsOnly(0, 1).contains(1);
    }
    assertThat(Small.accuracy(parted, split.test())).isGreaterThan(0.85);
  }

  @Test
  void unseenItemsAreJudgedByTheirVectors() {
    var unseen = Small.newItems(9);
    var right = 0;
    for (int u = 0; u < Small.USERS; u++) {
      var pairs = Preferences.of(List.of(Comparison.of("user" + u, "new0", "new1")));
      var known = pairs.withItems(unseen.select(new int[] {0, 1}));
      double gap = (unseen.vector(0)[0] - unseen.vector(1)[0]) * Small.camp(u);
      double y0 = unseen.vector(0)[1];
      double y1 = unseen.vector(1)[1];
      double x0 = unseen.vector(0)[0];
      double x1 = unseen.vector(1)[0];
      double truth = 2 * gap - (x0 * x0 + y0 * y0) + (x1 * x1 + y1 * y1);
      if (truth * model.margins(known)[0] > 0) right++;
    }
    assertThat(right).isGreaterThan(50);
  }

  @Test
  void validationAnswersMayNameKnownItemsByIdOnly() {
    var spec = TWO_CAMPS.epochs(3);
    var losses = spec.fit(split.train(), Small.idsOnly(split.test())).history().epochs();
    var same = spec.fit(split.train(), split.test()).history().epochs();
    assertThat(losses.get(2).validationLoss()).isEqualTo(same.get(2).validationLoss());
  }

  @Test
  void itemsByIdOnlyArePointsThemselves() {
    var plain = Small.idsOnly(split.train());
    var byId = TWO_CAMPS.validation(0).fit(plain);
    assertThat(Small.accuracy(byId, plain)).isGreaterThan(0.9);
    assertThat(byId.itemPoints(List.of("item0"))[0]).hasSize(2);
  }

  // ------------------------------------------------------------------------------ the same bits

  static Stream<PalSpec<?>> specs() {
    return Stream.of(
        TWO_CAMPS.epochs(3),
        TWO_CAMPS.epochs(3).partition(1),
        TWO_CAMPS.epochs(2).mlp(4).dropout(0.1),
        PalB.spec().dimension(3).hidden(4).epochs(2).device("cpu"));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theSameSpecDataAndSeedGiveTheSameBits(PalSpec<?> spec) {
    double[] once = spec.fit(split.train()).margins(split.test());
    assertThat(spec.fit(split.train()).margins(split.test())).isEqualTo(once);
    var other = (RewardSpec) spec.seed(8);
    assertThat(other.fit(split.train()).margins(split.test())).isNotEqualTo(once);
  }

  @Test
  void equalRunsHaveEqualProvenance() {
    var again = TWO_CAMPS.fit(split.train());
    assertThat(again.provenance()).isEqualTo(model.provenance());
    assertThat(TWO_CAMPS.seed(8).epochs(1).fit(split.train()).provenance())
        .isNotEqualTo(model.provenance());
  }

  // ------------------------------------------------------------------------------ the best epoch

  @Test
  void theBestEpochsParametersAreKept() {
    var parts = split.train().splitByAnswer(0.7, 3);
    var wild = TWO_CAMPS.rates(0.5, 0.5, 0.5).patience(6);
    var fitted = wild.fit(parts.train(), parts.test());
    var history = fitted.history();
    var losses = history.epochs().stream().mapToDouble(e -> e.validationLoss());
    double lowest = losses.filter(loss -> !Double.isNaN(loss)).min().orElseThrow();
    assertThat(best(fitted)).isEqualTo(lowest);
    double[] margins = fitted.margins(parts.test());
    double loss = Arrays.stream(margins).map(Links::logLoss).average().orElseThrow();
    assertThat(loss).isCloseTo(lowest, within(1e-5));
  }

  @Test
  void itEndsWhenTheValidationLossStopsFalling() {
    var wild = TWO_CAMPS.rates(0.5, 0.5, 0.5).patience(2).epochs(500);
    var history = wild.fit(split.train()).history();
    assertThat(history.epochs()).hasSizeLessThan(500);
    assertThat(history.epochs()).hasSize(history.best() + 2);
  }

  @Test
  void withoutValidationTheLastEpochIsTheBest() {
    var history = TWO_CAMPS.epochs(4).validation(0).fit(split.train()).history();
    assertThat(history.best()).isEqualTo(4);
    assertThat(history.epochs().get(3).validationLoss()).isNaN();
  }

  @Test
  void restartsChooseTheStartThatValidatesBest() {
    var parts = split.train().splitByAnswer(0.8, 4);
    var short5 = TWO_CAMPS.epochs(5).patience(5);
    var six = short5.restarts(6).fit(parts.train(), parts.test());
    assertThat(best(six)).isLessThan(best(short5.fit(parts.train(), parts.test())));
    double least = Double.POSITIVE_INFINITY;
    for (int restarts = 1; restarts <= 6; restarts++) {
      double best = best(short5.restarts(restarts).fit(parts.train(), parts.test()));
      assertThat(best).as(restarts + " starts").isLessThanOrEqualTo(least);
      least = best;
    }
    assertThat(best(six)).isEqualTo(least);
  }

  private static double best(PalA fitted) {
    return fitted.history().epochs().get(fitted.history().best() - 1).validationLoss();
  }

  // A hundred answers of one who wants the opposite of three who gave ten each.
  @Test
  void aBalancedFitBalancesItsValidationAnswersToo() {
    var few = Small.camps(10, 1).where(row -> row / 10 % 20 == 0);
    var loud = Small.camps(100, 2).ofUser("user1");
    var all = new java.util.ArrayList<>(few.comparisons());
    all.addAll(loud.comparisons());
    var answers = palette.data.Preferences.of(all);
    var data = palette.fit.TrainingSet.of(answers, answers, false, true);
    double[] weights = new double[data.users.size()];
    for (int row = 0; row < data.validation.size(); row++) {
      weights[data.validation.user[row]] += data.validation.weight[row];
    }
    assertThat(weights).hasSizeGreaterThan(2);
    for (double weight : weights) assertThat(weight).isCloseTo(1, within(1e-12));
  }

  // ----------------------------------------------------------------------------------- interrupt

  @Test
  void anInterruptLeavesTheBestModelSoFarAndTheFlagUp() {
    Thread.currentThread().interrupt();
    try {
      var stopped = TWO_CAMPS.epochs(400).fit(split.train());
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      assertThat(stopped.history().epochs()).hasSize(1);
      assertThat(stopped.history().text()).startsWith("1 epoch, interrupted; the model is");
      assertThat(stopped.text()).contains("1 of 1, interrupted, training loss");
      assertThat(stopped.margins(split.test())).doesNotContain(Double.NaN);
    } finally {
      Thread.interrupted();
    }
  }

  // -------------------------------------------------------------------------------- what is asked

  @Test
  void anUnknownUserIsAnErrorThatSaysWhatToDo() {
    assertThat(model.knows("eve")).isFalse();
    assertThatThrownBy(() -> model.reward("eve", null, "item0"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "user 'eve': expected one of the 60 training users, found somebody new. Place them"
                + " with Localizer.of(model).fit(answers), or use model.population().");
  }

  @Test
  void anUnknownItemWithoutVectorIsAnError() {
    assertThatThrownBy(() -> model.reward("user0", null, "a new text"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("item 'a new text': expected a known id, or a vector, found");
  }

  @Test
  void noAnswersAreAnError() {
    assertThatThrownBy(() -> TWO_CAMPS.fit(split.train().first(0)))
        .isInstanceOf(InputException.class);
  }

  @Test
  void validationAnswersOfStrangersAreSkipped() {
    var parts = split.train().splitByUser(0.5, 5);
    var mixed =
        Preferences.of(
            Stream.concat(
                    parts.test().comparisons().stream(),
                    parts.train().first(5).comparisons().stream())
                .toList());
    float[][] vectors =
        mixed.items().ids().stream()
            .map(id -> split.train().items().vector(split.train().items().indexOf(id)))
            .toArray(float[][]::new);
    var fitted =
        TWO_CAMPS.epochs(2).fit(parts.train(), mixed.withItems(mixed.items().withVectors(vectors)));
    var same = TWO_CAMPS.epochs(2).fit(parts.train(), parts.train().first(5));
    assertThat(fitted.history().epochs().get(0).validationLoss())
        .isCloseTo(same.history().epochs().get(0).validationLoss(), within(1e-9));
    assertThat(fitted.temperature()).isCloseTo(same.temperature(), within(1e-9));
  }

  // ------------------------------------------------------------------------------- what it shows

  @Test
  void theHistoryIsATableOfItsEpochs() {
    var shown = model.history();
    assertThat(shown.text())
        .startsWith(shown.epochs().size() + " epochs; the model is that of epoch " + shown.best())
        .contains("validation accuracy");
    assertThat(shown.html()).startsWith("<table>").contains("<th>epoch</th>");
    assertThat(new History(List.of(new History.Epoch(1, 0.5, Double.NaN, Double.NaN, 1)), 1).text())
        .doesNotContain("NaN");
  }

  @Test
  void theSettingsOfAModelAreFoldedIntoLinesThatCanBeRead() {
    assertThat(model.text().lines().mapToInt(String::length).max().orElseThrow()).isLessThan(120);
    assertThat(model.text()).contains("PAL-A prototypes=2", "loss=logistic");
  }
}
