package palette.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SketchTest {
  private final Sketch empty = Sketch.of("Ann", "spoons", "loss");
  private final Sketch valley = empty.curve("loss", 0, 4, a -> (a - 1) * (a - 1));

  @Test
  void everyStrokeIsASketchOfItsOwn() {
    var more = valley.dot("Ann", 1, 0).level("a coin", 2);
    assertThat(valley.chart().getSeriesMap()).containsOnlyKeys("loss");
    assertThat(more.chart().getSeriesMap()).containsOnlyKeys("loss", "Ann", "a coin");
  }

  @Test
  void theAxesHoldEverythingWithSomeAir() {
    var styler = valley.level("high", 12).chart().getStyler();
    assertThat(styler.getXAxisMin()).isBetween(-1.0, -0.01);
    assertThat(styler.getYAxisMax()).isBetween(12.1, 15.0);
    var asked = valley.range(1, 2, 0, 1).chart().getStyler();
    assertThat(asked.getXAxisMin()).isEqualTo(1);
    assertThat(asked.getYAxisMax()).isEqualTo(1);
  }

  @Test
  void everyTickHasItsZeroBeforeThePoint() {
    var ticks = new DecimalFormat(valley.chart().getStyler().getDecimalPattern());
    ticks.setDecimalFormatSymbols(DecimalFormatSymbols.getInstance(Locale.ROOT));
    assertThat(Stream.of(-0.05, 0.0, 0.05, 0.1, 2000.0).map(ticks::format))
        .containsExactly("-0.05", "0", "0.05", "0.1", "2,000");
  }

  @Test
  void onAMapAUnitIsAsLongOnBothAxes() {
    var chart =
        empty
            .size(300, 500)
            .even()
            .dots("people", new double[] {0, 0}, new double[] {4, 1})
            .chart();
    Figure.of(chart, "map").image();
    double x = chart.getScreenXFromChart(1) - chart.getScreenXFromChart(0);
    double y = chart.getScreenYFromChart(0) - chart.getScreenYFromChart(1);
    assertThat(x / y).isBetween(0.97, 1.03);
  }

  @Test
  void aLevelFarFromEverythingIsANoteAtTheEdge() {
    var chart = valley.level("a coin", 200).chart();
    assertThat(chart.getStyler().getYAxisMax()).isLessThan(15);
    assertThat(chart.getSeriesMap()).doesNotContainKey("a coin");
  }

  @Test
  void aNameKeepsItsColourWhereverItIsDrawn() {
    var one = empty.colours("hinge", "logistic").curve("logistic", 0, 1, a -> a);
    var two = one.curve("cubic", 0, 1, a -> 2 * a).curve("hinge", 0, 1, a -> 3 * a);
    for (var chart : List.of(one.chart(), two.chart())) {
      assertThat(chart.getSeriesMap().get("logistic").getLineColor()).isEqualTo(Ink.colour(1));
    }
    assertThat(two.chart().getSeriesMap().get("hinge").getLineColor()).isEqualTo(Ink.colour(0));
    assertThat(two.chart().getSeriesMap().get("cubic").getLineColor()).isEqualTo(Ink.colour(2));
  }

  @Test
  void aStarIsSomebodyAndTakesNoColour() {
    var chart = valley.star("Ann", 1, 0).curve("other", 0, 4, a -> a).chart();
    assertThat(chart.getSeriesMap().get("star Ann").getMarkerColor()).isEqualTo(Color.WHITE);
    assertThat(chart.getSeriesMap().get("other").getLineColor()).isEqualTo(Ink.colour(1));
  }

  @Test
  void strokesOfOneNameShareTheirColourAndOneEntryInTheLegend() {
    var chart =
        empty
            .curve("border", 0, 1, a -> a)
            .dot("Ann", 0, 0)
            .curve("border", 0, 1, a -> 1 - a)
            .chart();
    var series = chart.getSeriesMap();
    assertThat(series.get("border 2").getLineColor())
        .isEqualTo(series.get("border").getLineColor());
    assertThat(series.get("border 2").isShowInLegend()).isFalse();
    assertThat(series.get("Ann").isShowInLegend()).isTrue();
  }

  @Test
  void linesThatEndApartAreNamedAtTheirEnds() {
    var apart = empty.curve("up", 0, 1, a -> a).curve("down", 0, 1, a -> -a).chart();
    assertThat(apart.getSeriesMap().get("up").isShowInLegend()).isFalse();
    assertThat(apart.getStyler().getXAxisMax()).isGreaterThan(1.05);
    var met = empty.curve("up", 0, 1, a -> a).curve("also", 0, 1, a -> a * a).chart();
    assertThat(met.getSeriesMap().get("up").isShowInLegend()).isTrue();
  }

  @Test
  void aBandIsTheAreaBetweenItsCurves() {
    double[] x = {0, 1};
    var chart = empty.band("range", x, new double[] {1, 2}, new double[] {3, 5}).chart();
    assertThat(chart.getSeriesMap().get("range").getXData()).containsExactly(0, 1, 1, 0);
    assertThat(chart.getSeriesMap().get("range").getYData()).containsExactly(3, 5, 2, 1);
    assertThatThrownBy(() -> empty.band("range", x, new double[1], x))
        .hasMessageContaining("range: expected as many ends as x, found 2, 1 and 2");
  }

  @Test
  void aPictureWithoutAxesSaysNothingOfThem() {
    var picture =
        empty.bare().arrow("wish", new double[2], new double[] {1, 1}).word("strong", 1, 1);
    assertThat(picture.chart().getStyler().isXAxisTicksVisible()).isFalse();
    assertThat(picture.alt()).isEqualTo("Ann (wish, strong).");
  }

  @Test
  void panelsStandBesideEachOther() {
    var both = Sketch.beside(valley.size(200, 300), valley.size(300, 300));
    assertThat(both.width()).isEqualTo(500);
    assertThat(both.alt()).isEqualTo("Ann: loss over spoons (loss). Ann: loss over spoons (loss).");
  }

  @Test
  void aSketchOfNothingSaysSo() {
    assertThatThrownBy(() -> empty.level("a coin", 1).png())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a line or dots, found none");
    assertThatThrownBy(() -> empty.line("odd", new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("odd: expected as many x as y, and some, found 2 and 3");
  }

  @Test
  void aStripIsAColumnOfItsOwnWithItsNameBelow() {
    var strips = empty.strip("one", 0.2, 0.4, 0.3).strip("two", 0.9, 0.8).level("a coin", 0.5);
    var chart = strips.chart();
    var two = chart.getSeriesMap().get("two");
    assertThat(two.getXData()).doesNotHaveDuplicates();
    for (double x : two.getXData()) assertThat(x).isBetween(0.9, 1.1);
    assertThat(two.getYData()).containsExactly(0.9, 0.8);
    assertThat(two.isShowInLegend()).isFalse();
    assertThat(two.getMarkerColor()).isNotEqualTo(chart.getSeriesMap().get("one").getMarkerColor());
    var styler = strips.range(7, 9, 0, 1).chart().getStyler();
    assertThat(styler.getXAxisMin()).isEqualTo(-0.5);
    assertThat(styler.getXAxisMax()).isEqualTo(1.5);
    assertThat(styler.getYAxisMax()).isEqualTo(1);
    assertThat(styler.isPlotGridVerticalLinesVisible()).isFalse();
  }

  @Test
  void aDiagonalRunsAsFarAsBothAxes() {
    var chart = empty.range(0, 1, 0.5, 2).diagonal("no change").dot("a world", 0.7, 0.8).chart();
    var line = chart.getSeriesMap().get("no change");
    assertThat(line.getXData()).containsExactly(0.5, 1).isEqualTo(line.getYData());
    assertThat(line.getLineColor()).isEqualTo(Ink.GREY);
    assertThat(chart.getSeriesMap().get("a world").getMarkerColor()).isEqualTo(Ink.colour(0));
  }
}
