package palette.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One look for all figures: colours, letters, lines, and the few strokes they are drawn with. */
final class Ink {
  static final Color DARK = new Color(0x33, 0x33, 0x33);
  static final Color GREY = new Color(0x76, 0x76, 0x76);
  static final Color FAINT = new Color(0xE4, 0xE4, 0xE4);

  /** Okabe and Ito's colours, which people with any colour vision can tell apart. */
  private static final Color[] ALL = {
    new Color(0x00, 0x72, 0xB2),
    new Color(0xD5, 0x5E, 0x00),
    new Color(0x00, 0x9E, 0x73),
    new Color(0xE6, 0x9F, 0x00),
    new Color(0x56, 0xB4, 0xE9),
    new Color(0x8C, 0x84, 0x0A),
    new Color(0xCC, 0x79, 0xA7),
    new Color(0x00, 0x00, 0x00),
  };

  static final int COLOURS = ALL.length;

  // XChart's own patterns write .05 beside 0.1.
  private static final String PLAIN = "#,##0." + "#".repeat(15);

  private Ink() {}

  static Color colour(int i) {
    return ALL[i % COLOURS];
  }

  /** Dark or white letters, whichever can be read on the colour (by its luma). */
  static Color on(Color colour) {
    int luma = 299 * colour.getRed() + 587 * colour.getGreen() + 114 * colour.getBlue();
    return luma > 140_000 ? DARK : Color.WHITE;
  }

  static Color faded(Color colour, int alpha) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }

  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /** An empty chart with axes, in this look. */
  static XYChart chart(int width, int height, String title, String x, String y) {
    var chart = Legend.chart(width, height);
    chart.setTitle(title);
    chart.setXAxisTitle(x);
    chart.setYAxisTitle(y);
    var styler = chart.getStyler();
    styler.setLocale(Locale.ROOT).setDecimalPattern(PLAIN);
    styler.setBaseFont(font(Font.PLAIN, 12));
    styler.setChartTitleFont(font(Font.BOLD, 14)).setChartTitleBoxVisible(false);
    styler.setChartTitlePadding(8).setChartPadding(10).setChartFontColor(DARK);
    styler.setAxisTitleFont(font(Font.PLAIN, 13)).setAxisTickLabelsFont(font(Font.PLAIN, 12));
    styler.setXAxisTitleColor(DARK).setYAxisTitleColor(DARK);
    styler.setAxisTickLabelsColor(GREY).setAxisTickMarksColor(FAINT);
    styler.setAxisTitlePadding(6).setAxisTickPadding(4).setAxisTickMarkLength(3);
    styler.setXAxisTickMarkSpacingHint(64);
    styler.setPlotMargin(0).setPlotContentSize(1.0).setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(FAINT).setPlotGridLinesStroke(new BasicStroke(0.8f));
    styler.setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setAntiAlias(true).setToolTipsEnabled(false);
    return chart;
  }

  static XYSeries dots(
      XYChart chart, String name, double[] x, double[] y, Color colour, Marker mark) {
    var series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarker(mark).setMarkerColor(colour);
    return series;
  }

  /** The same of points, each x and y. */
  static XYSeries dots(XYChart chart, String name, Color colour, Marker mark, double[]... points) {
    double[] x = Arrays.stream(points).mapToDouble(p -> p[0]).toArray();
    double[] y = Arrays.stream(points).mapToDouble(p -> p[1]).toArray();
    return dots(chart, name, x, y, colour, mark);
  }

  static XYSeries line(
      XYChart chart, String name, double[] x, double[] y, Color colour, BasicStroke stroke) {
    var series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(stroke);
    return series;
  }

  /** An entry in the legend for which nothing is drawn. */
  static void legend(XYChart chart, String name, Color colour, Marker mark) {
    String own = "legend " + chart.getSeriesMap().size(); // two models may share a name
    dots(chart, own, colour, mark, new double[] {0, Double.NaN}).setLabel(name);
  }

  /** The same for a line. */
  static void legend(XYChart chart, String name, Color colour, BasicStroke stroke) {
    double[] nothing = {Double.NaN, Double.NaN};
    line(chart, name, new double[] {0, 0}, nothing, colour, stroke);
  }

  /** A name short enough for a title or a legend. */
  static String cut(String name) {
    return name.length() <= 40 ? name : name.substring(0, 39) + "…";
  }

  static BasicStroke solid(float width) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  static BasicStroke dashed(float width) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0);
  }

  /** An area with these corners. */
  static XYSeries area(XYChart chart, String name, double[] x, double[] y, Color colour) {
    var series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setMarker(SeriesMarkers.NONE).setFillColor(faded(colour, 60));
    series.setLineColor(faded(colour, 0));
    return series;
  }

  /** An arrow along two points; its head is drawn where the chart knows its pixels. */
  static XYSeries arrow(XYChart chart, String name, double[] x, double[] y, Color colour) {
    chart.addAnnotation(new ArrowHead(x, y, colour));
    return line(chart, name, x, y, colour, solid(2));
  }

  /** A straight line between two points, which the legend does not name. */
  static void segment(
      XYChart chart, String name, double[] from, double[] to, Color colour, BasicStroke stroke) {
    double[] x = {from[0], to[0]};
    double[] y = {from[1], to[1]};
    line(chart, name, x, y, colour, stroke).setShowInLegend(false);
  }

  static void whisker(XYChart chart, String name, double x, double low, double high, Color c) {
    segment(chart, name, new double[] {x, low}, new double[] {x, high}, c, solid(1.6f));
  }

  /** Somebody, as a white star with their name beside it. */
  static void star(XYChart chart, String name, double[] at) {
    dots(chart, "star " + name, Color.WHITE, Mark.star(18).rimmed(DARK), at).setShowInLegend(false);
    var font = font(Font.BOLD, 12);
    chart.addAnnotation(new Label(name, at[0], at[1], Label.Side.LEFT, DARK, 10, font));
  }
}
