package palette.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import palette.data.Preferences;
import palette.evaluate.Choice;
import palette.evaluate.Evaluation;
import palette.evaluate.FakePal;
import palette.evaluate.LocalizationCurve;
import palette.evaluate.Sweep;
import palette.family.PalA;
import palette.personalize.Localizer;
import palette.personalize.Person;
import palette.reward.History;
import palette.simulate.World;

class PlotsTest {

  @Test
  void theMapHasUsersPrototypesAndTheirHull() {
    var figure = Plots.map(Scenes.learned(Scenes.world(2, 3)));
    var chart = (XYChart) figure.chart();
    assertThat(chart.getSeriesMap())
        .containsKeys("hull line", "users mostly 1", "prototype 1 at 0", "prototype 3 at 2");
    int users =
        chart.getSeriesMap().values().stream()
            .filter(s -> s.getName().startsWith("users"))
            .mapToInt(s -> s.getXData().length)
            .sum();
    assertThat(users).isEqualTo(150);
    assertThat(figure.alt())
        .isEqualTo("Map of ideal points: 150 users and 3 prototypes of PAL-A, K=3.");
  }

  @Test
  void aUnitOfTheMapIsAsLongUpAsItIsAcross() {
    var chart = Plots.map(Scenes.learned(Scenes.world(2, 3))).chart();
    ((XYChart) chart).getStyler().setAntiAlias(true);
    new PaintedOnce(chart);
    double across = chart.getScreenXFromChart(1) - chart.getScreenXFromChart(0);
    double up = chart.getScreenYFromChart(0) - chart.getScreenYFromChart(1);
    assertThat(up / across).isCloseTo(1, within(0.02));
  }

  /** A chart knows its screen places once it has been painted. */
  private record PaintedOnce(Chart<?, ?> chart) {
    PaintedOnce {
      Figure.of(chart, "").image();
    }
  }

  @Test
  void besideTheTruthBothPanelsShareTheirAxes() {
    var world = Scenes.world(16, 5);
    var figure = Plots.map(Scenes.learned(world), world);
    assertThat(figure.charts()).hasSize(2);
    var left = ((XYChart) figure.charts().get(0)).getStyler();
    var right = ((XYChart) figure.charts().get(1)).getStyler();
    assertThat(left.getXAxisMin()).isCloseTo(right.getXAxisMin(), within(1e-6));
    assertThat(left.getYAxisMax()).isCloseTo(right.getYAxisMax(), within(1e-6));
    assertThat(figure.chart().getXAxisTitle()).startsWith("first principal axis (");
    assertThat(figure.width()).isEqualTo(740);
    assertThat(figure.alt()).contains("150 users").contains("correlation 0.");
  }

  @Test
  void oneDimensionIsALine() {
    var figure = Plots.map(Scenes.learned(Scenes.world(1, 2)));
    assertThat(figure.height()).isEqualTo(300);
    var chart = (XYChart) figure.chart();
    assertThat(chart.getStyler().isXAxisTicksVisible()).as("lengths mean nothing").isFalse();
    assertThat(chart.getYAxisTitle()).isEqualTo("users");
  }

  @Test
  void oneUserAndOnePrototypeCanBeDrawn() {
    var one =
        new FakePal("K=1", new double[][] {{2, 3}}, Map.of("ann", new double[] {1}), Map.of());
    assertThat(Plots.map(one).png()).isNotEmpty();
    assertThat(Plots.weights(one).png()).isNotEmpty();
  }

  @Test
  void threePrototypesAreATriangleAndOthersAreBars() {
    var triangle = Plots.weights(Scenes.learned(Scenes.world(2, 3)));
    assertThat(((XYChart) triangle.chart()).getSeriesMap()).containsKey("simplex");
    var bars = (XYChart) Plots.weights(Scenes.learned(Scenes.world(16, 5))).chart();
    assertThat(bars.getSeriesMap()).containsKeys("layer 1", "layer 5");
    for (double top : bars.getSeriesMap().get("layer 5").getYData()) {
      assertThat(top).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void aChoiceShowsLossesTheLimitWhatWasChosenAndStability() {
    var world = World.spec().users(30).noise(0.3).seed(1).create();
    var choice =
        Sweep.over("prototypes", 1, 2)
            .specs(k -> PalA.spec().prototypes(k).dimension(2).epochs(5))
            .repeat(2)
            .choose(world.askEveryone(20));
    var figure = Plots.choice(choice);
    var losses = ((XYChart) figure.charts().get(0)).getSeriesMap();
    assertThat(losses).containsKeys("error 0", "mean", "lowest + one standard error", "chosen");
    double[] chosen = losses.get("chosen").getXData();
    assertThat(chosen).containsExactly(choice.chosen() - 1);
    var alike = ((XYChart) figure.charts().get(1)).getSeriesMap();
    assertThat(alike.get("stability").getYData()[0]).isEqualTo(1);
    assertThat(figure.alt()).endsWith("over 2 repeats; chosen: " + choice.chosen() + ".");
  }

  @Test
  void familiesHaveARowEachThePickOnTop() {
    var trials = Scenes.families();
    var chart = (XYChart) Plots.families(trials).chart();
    var series = chart.getSeriesMap();
    var seen =
        trials.ranked().stream()
            .mapToDouble(f -> trials.trials().spread(f, t -> t.seen().macroAccuracy()).mean());
    var name = "seen users (line: 95 % of the difference to " + trials.pick() + ")";
    assertThat(series.get(name).getXData()).containsExactly(seen.toArray());
    assertThat(series.get(name).getYData()).containsExactly(1, 0);
    assertThat(series.keySet())
        .contains("unseen items", "new users, nothing said", "new users after 20 answers");
    var interval = trials.againstPick(trials.ranked().get(1)).interval();
    double[] line = series.get("interval 1").getXData();
    assertThat(line[1] - line[0]).isCloseTo(interval.high() - interval.low(), within(1e-12));
    var labels = chart.getStyler().getyAxisTickLabelsFormattingFunction();
    assertThat(labels.apply(1.0)).isEqualTo(trials.pick());
    assertThat(labels.apply(0.5)).matches("\u200B+");
    assertThat(Plots.families(trials).alt()).endsWith(trials.verdict());
  }

  @Test
  void lossesThatLieCloseTogetherHaveTicksWithMoreDecimals() {
    assertThat(ticks(Scenes.choice(0.6))).isEqualTo("0.00");
    assertThat(ticks(Scenes.choice(0.01))).isEqualTo("0.000");
    assertThat(ticks(Scenes.choice(0.002))).isEqualTo("0.0000");
    assertThat(ticks(Scenes.choice(0))).as("all alike").isEqualTo("0.000000000");
  }

  private static String ticks(Choice<Integer> choice) {
    return ((XYChart) Plots.choice(choice).charts().get(0)).getStyler().getYAxisDecimalPattern();
  }

  @Test
  void accuracyOverAnOptionHasItsMeansAndItsChance() {
    var sweep = Scenes.sweep();
    var figure = Plots.accuracy(sweep, 0.95);
    var series = ((XYChart) figure.chart()).getSeriesMap();
    assertThat(series).containsKeys("best reachable", "one seed", "spread 0");
    assertThat(series.get("one seed").getXData()).hasSize(30);
    assertThat(series.get("mean ± sd").getYData()[2])
        .isCloseTo(sweep.spread(3, Evaluation::macroAccuracy).mean(), within(1e-12));
    assertThat(figure.alt())
        .isEqualTo("Accuracy over prototypes, mean and standard deviation of 5 seeds.");
    assertThat(((XYChart) Plots.accuracy(sweep).chart()).getSeriesMap())
        .doesNotContainKey("best reachable");
    var counted = (XYChart) Plots.accuracy(sweep, "by counting", 0.9).chart();
    assertThat(counted.getSeriesMap()).containsKey("by counting");
  }

  @Test
  void ticksOfASweepNameItsValuesAndNothingBetweenThem() {
    var values = List.of("one", "two");
    assertThat(Axes.name(values, 1)).isEqualTo("two");
    assertThat(Axes.name(values, 0.5).replace("\u200B", "")).isEmpty();
    assertThat(Axes.name(values, 2)).isNotEmpty().isNotIn("one", "two");
  }

  @Test
  void theAxisHoldsTheSpreadOfEveryMean() {
    var sweep = Scenes.sweep();
    var chart = (XYChart) Plots.accuracy(sweep).chart();
    for (int i = 0; i < sweep.values().size(); i++) {
      double[] ends = chart.getSeriesMap().get("spread " + i).getYData();
      assertThat(chart.getStyler().getYAxisMin()).isLessThan(ends[0]);
      assertThat(chart.getStyler().getYAxisMax()).isGreaterThan(ends[1]);
    }
  }

  @Test
  void everyUserHasADotThoseWhomTheFirstModelServesWorstComeFirst() {
    var bad = Scenes.evaluation(0.4, 1, 1);
    var good = Scenes.evaluation(2, 1, 2);
    var series = ((XYChart) Plots.served(bad, good).chart()).getSeriesMap();
    assertThat(series.get("model 0").getYData()).isSorted().hasSize(60);
    assertThat(bad.byUser().values()).allMatch(a -> a >= 0 && a <= 1);
    double mean = bad.byUser().values().stream().mapToDouble(a -> a).average().orElseThrow();
    assertThat(mean).isCloseTo(bad.macroAccuracy(), within(1e-12));
    var worst = Collections.min(bad.byUser().entrySet(), Map.Entry.comparingByValue()).getKey();
    assertThat(series.get("model 1").getYData()[0]).isEqualTo(good.byUser().get(worst));
  }

  @Test
  void everybodyAtOnePointHasRoomAroundIt() {
    double[][] prototype = {{0.1, 0.2}};
    var weights = Map.of("ana", new double[] {1}, "ben", new double[] {1});
    var one = new FakePal("PAL-A, K=1", prototype, weights, Map.of());
    var axes = ((XYChart) Plots.map(one).chart()).getStyler();
    assertThat(axes.getXAxisMax() - axes.getXAxisMin()).isGreaterThan(1);
    assertThat(axes.getYAxisMax() - axes.getYAxisMin()).isGreaterThan(1);
  }

  @Test
  void thingsAndPeopleStandOnTheMapUnderTheirNames() {
    var model = Scenes.learned(Scenes.world(2, 3));
    var ann = Person.of(model, model.users().get(0));
    var figure = Plots.map(model, Map.of("item-3", "green tea"), ann);
    var series = ((XYChart) figure.chart()).getSeriesMap();
    double[] at = model.itemPoints(List.of("item-3"))[0];
    assertThat(series.get("place green tea").getXData()).containsExactly(at[0]);
    double[] hers = model.idealPoint(ann.id());
    assertThat(series.get("star " + ann.id()).getYData()[0]).isCloseTo(hers[1], within(1e-9));
    assertThat(figure.alt()).endsWith("; named are green tea, " + ann.id() + ".");
  }

  @Test
  void somebodyOutsideEveryMixStandsWhereTheyAre() {
    var answers = Scenes.world(2, 3).askEveryone(12);
    var model = PalA.spec().prototypes(3).dimension(2).epochs(5).seed(7).offHull(0.1).fit(answers);
    var ann = Person.of(model, model.users().get(0));
    var series = ((XYChart) Plots.map(model, Map.of(), ann).chart()).getSeriesMap();
    double[] hers = model.idealPoint(ann.id());
    assertThat(series.get("star " + ann.id()).getXData()[0]).isCloseTo(hers[0], within(1e-9));
    assertThat(series.get("star " + ann.id()).getYData()[0]).isCloseTo(hers[1], within(1e-9));
  }

  @Test
  void aTriangleTakesNamesForItsCornersAndAStarForAPerson() {
    var model = Scenes.learned(Scenes.world(2, 3));
    var ann = Person.of(model, model.users().get(0));
    var figure = Plots.weights(model, List.of("sweet", "bitter", "mild"), ann);
    double[] w = ann.weights();
    assertThat(((XYChart) figure.chart()).getSeriesMap().get("star " + ann.id()).getXData()[0])
        .isCloseTo(w[1] + w[2] / 2, within(1e-12));
    assertThatThrownBy(() -> Plots.weights(model, List.of("sweet", "bitter")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "names: expected three, for a mix of three prototypes, found 2 for 3");
  }

  @Test
  void whereSomebodyMayStandIsShadedAndShrinksWithTheirAnswers() {
    var world = Scenes.world(2, 3);
    var model =
        PalA.spec().prototypes(3).dimension(2).epochs(20).seed(7).fit(world.askEveryone(20));
    var answers = world.newcomer(1).ask(200);
    double few = shaded(model, answers.first(5));
    double many = shaded(model, answers);
    assertThat(few).isGreaterThan(2 * many);
    assertThat(few).isLessThan(Math.sqrt(3) / 4); // the triangle
  }

  private static double shaded(PalA model, Preferences answers) {
    var person = Localizer.of(model).fit(answers);
    var figure = Plots.weights(model, List.of("sweet", "bitter", "mild"), person);
    var area =
        ((XYChart) figure.chart())
            .getSeriesMap()
            .get("where " + person.id() + " may stand, 90 % sure");
    double[] x = area.getXData();
    double[] y = area.getYData();
    double twice = 0;
    for (int i = 1; i < x.length; i++) twice += x[i - 1] * y[i] - x[i] * y[i - 1];
    return Math.abs(twice) / 2;
  }

  @Test
  void aTitleCountsNewcomersOnlyWhereAllCurvesHaveAsMany() {
    var many = Scenes.curve("PAL", 0.7, 0.2);
    var p = many.points().get(0);
    var nine = new LocalizationCurve.Point(0, p.accuracy(), p.interval(), 9, 9);
    var few = new LocalizationCurve("some", List.of(nine));
    assertThat(Plots.localization(many, few).chart().getTitle())
        .isEqualTo("Newcomers, answer by answer");
  }

  @Test
  void localizationCurvesCanBeCompared() {
    var curve = Scenes.curve("PAL", 0.7, 0.2);
    var chart = (XYChart) Plots.localization(curve, curve.named("again")).chart();
    assertThat(chart.getTitle()).isEqualTo("100 newcomers, answer by answer");
    assertThat(chart.getSeriesMap()).containsKeys("curve 0", "curve 1", "interval 1 5");
    assertThat(chart.getSeriesMap().get("curve 0").getYData())
        .containsExactly(curve.points().stream().mapToDouble(p -> p.accuracy()).toArray());
  }

  @Test
  void aCurveHasItsModelsColourWhicheverComesFirst() {
    var curve = Scenes.curve("PAL-A, K=3", 0.7, 0.2);
    var all = curve.named("population");
    for (var curves : List.of(List.of(curve, all), List.of(all, curve))) {
      var figure = Plots.localization(curves.get(0), curves.get(1));
      var series = ((XYChart) figure.chart()).getSeriesMap();
      int last = curves.indexOf(all);
      assertThat(series.get("curve " + last).getLineColor()).isEqualTo(Ink.colour(7));
      assertThat(series.get("curve " + (1 - last)).getLineColor()).isEqualTo(Ink.colour(6));
    }
  }

  @Test
  void calibrationHasAPointABin() {
    var evaluation = Scenes.evaluation(2, 1.6, 1);
    var series = ((XYChart) Plots.calibration(evaluation).chart()).getSeriesMap();
    var first = evaluation.calibration().bins().get(0);
    assertThat(series.get("bin 0").getXData()).containsExactly(first.said());
    assertThat(series.get("bin 0").getYData()).containsExactly(first.right());
    assertThat(series).containsKeys("perfect", "interval 0");
  }

  @Test
  void theWilsonIntervalOfHalf() {
    // n = 100, p = .5: (.5 + z^2/200) / (1 + z^2/100) -+ ... = .4038 to .5962
    assertThat(AccuracyFigure.wilson(0.5, 100))
        .containsExactly(new double[] {0.40383, 0.59617}, within(1e-5));
  }

  @Test
  void lossHasAPanelOfAccuracyWhereThereIsOne() {
    var two = List.of(Scenes.fit("logistic", 0.7, 12), Scenes.fit("logistic", 1, 20));
    var figure = LossFigure.ofFits(two);
    assertThat(figure.charts()).hasSize(2);
    assertThat(figure.height()).isEqualTo(510);
    assertThat(figure.width()).isEqualTo(640);
    var loss = ((XYChart) figure.charts().get(1)).getSeriesMap();
    assertThat(loss).containsKeys("training loss 0", "validation loss 1");
    assertThat(loss.get("kept 0").getXData()).containsExactly(38);
  }

  @Test
  void theLineOfValidationGoesFromLookToLook() {
    var figure = losses(Double.NaN, 0.6, Double.NaN, 0.5);
    var loss = ((XYChart) figure.charts().get(1)).getSeriesMap();
    assertThat(loss.get("training loss 0").getXData()).containsExactly(1, 2, 3, 4);
    assertThat(loss.get("validation loss 0").getXData()).containsExactly(2, 4);
    assertThat(loss.get("kept 0").getYData()).containsExactly(0.5);
  }

  /** Of a fit with these losses on validation answers, the last kept. */
  private static Figure losses(double... validation) {
    var epochs = new ArrayList<History.Epoch>();
    for (double loss : validation) {
      epochs.add(new History.Epoch(epochs.size() + 1, 0.7, loss, 1 - loss, 0.1));
    }
    var fit = new LossFigure.Fit("bare", new History(epochs, epochs.size()));
    return LossFigure.ofFits(List.of(fit));
  }

  @Test
  void withoutValidationThereIsOnlyTheTrainingLoss() {
    var figure = losses(Double.NaN, Double.NaN);
    assertThat(figure.charts()).hasSize(1);
    assertThat(figure.png()).isNotEmpty();
  }

  @Test
  void weightsOfNamedUsersKeepTheirOrder() {
    var weights = new LinkedHashMap<String, double[]>();
    weights.put("a", new double[] {0.1, 0.9});
    weights.put("b", new double[] {0.6, 0.4});
    weights.put("c", new double[] {0.8, 0.2});
    var model = new FakePal("two", new double[][] {{0}, {1}}, weights, Map.of());
    var bars = (XYChart) Plots.weights(model).chart();
    // by heaviest prototype, then by falling weight: c, b, a
    assertThat(bars.getSeriesMap().get("layer 1").getYData())
        .containsExactly(0.8, 0.8, 0.6, 0.6, 0.1, 0.1);
  }
}
