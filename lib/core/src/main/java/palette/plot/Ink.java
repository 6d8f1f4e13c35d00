package palette.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import palette.support.Texts;

/** One look for all figures: colours, letters, lines, and the few strokes they are drawn with. */
final class Ink {
  static final Color DARK = new Color(0x33, 0x33, 0x33);
  static final Color GREY = new Color(0x76, 0x76, 0x76);
  static final Color FAINT = new Color(0xE4, 0xE4, 0xE4);

  /** Okabe and Ito's colours, which people with any colour vision can tell apart. */
  private static final Color[] COLOURS = {
    new Color(0x00, 0x72, 0xB2),
    new Color(0xD5, 0x5E, 0x00),
    new Color(0x00, 0x9E, 0x73),
    new Color(0xE6, 0x9F, 0x00),
    new Color(0xCC, 0x79, 0xA7),
    new Color(0x56, 0xB4, 0xE9),
    new Color(0x8C, 0x84, 0x0A),
    new Color(0x00, 0x00, 0x00),
  };

  // XChart's own patterns write .05 beside 0.1.
  private static final String PLAIN = "#,##0." + "#".repeat(15);

  private Ink() {}

  static Color colour(int i) {
    return COLOURS[i % COLOURS.length];
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
    var chart = new XYChart(width, height);
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
    styler.setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE).setLegendBackgroundColor(Color.WHITE);
    styler.setLegendFont(font(Font.PLAIN, 12)).setLegendPadding(8);
    styler.setLegendSeriesLineLength(22);
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

  static XYSeries line(
      XYChart chart, String name, double[] x, double[] y, Color colour, BasicStroke stroke) {
    var series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(stroke);
    return series;
  }

  /** An entry in the legend for which nothing is drawn. */
  static void legend(XYChart chart, String name, Color colour, Marker mark) {
    String own = "legend " + chart.getSeriesMap().size(); // two models may share a name
    dots(chart, own, new double[] {0}, new double[] {Double.NaN}, colour, mark).setLabel(name);
  }

  /** A name short enough for a title or a legend. */
  static String cut(String name) {
    return name.length() <= 40 ? name : name.substring(0, 39) + "…";
  }

  /** Sets the legend's entries one below the other where a line of them would be cut off. */
  static void foldLegend(XYChart chart) {
    double line = 0;
    for (var series : chart.getSeriesMap().values()) {
      if (series.isShowInLegend()) line += 48 + 7.2 * series.getLabel().length();
    }
    if (line > chart.getWidth()) chart.getStyler().setLegendLayout(LegendLayout.Vertical);
  }

  static BasicStroke solid(float width) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  static BasicStroke dashed(float width) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0);
  }

  /** A box that holds nothing yet: left, right, low, high. */
  static final double[] NOTHING = {1e300, -1e300, 1e300, -1e300};

  /** The box with one point more. */
  static double[] hold(double[] box, double x, double y) {
    return new double[] {
      Math.min(box[0], x), Math.max(box[1], x), Math.min(box[2], y), Math.max(box[3], y)
    };
  }

  /** Whether a reference line is near enough to be drawn without squeezing the rest. */
  static boolean near(double y, double[] box) {
    double height = box[3] - box[2];
    return y >= box[2] - height && y <= box[3] + height;
  }

  /**
   * A reference line (chance, a ceiling) with its word at the end where there is room for it; one
   * that lies outside of the box is a note at its edge.
   */
  static void level(XYChart chart, String name, double[] box, double y, Label.Side side) {
    boolean right = side == Label.Side.ABOVE_LEFT;
    if (y < box[2] || y > box[3]) {
      String where = Texts.format("%s %.2f %s", name, y, y < box[2] ? "↓" : "↑");
      double edge = y < box[2] ? box[2] : box[3] - 0.07 * (box[3] - box[2]);
      chart.addAnnotation(new Label(where, right ? box[1] : box[0], edge, side, GREY));
      return;
    }
    line(chart, name, new double[] {box[0], box[1]}, new double[] {y, y}, GREY, dashed(1.3f))
        .setShowInLegend(false);
    chart.addAnnotation(new Label(name, right ? box[1] : box[0], y, side, GREY));
  }

  /** An area with these corners. */
  static XYSeries area(XYChart chart, String name, double[] x, double[] y, int colour) {
    var series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setMarker(SeriesMarkers.NONE).setFillColor(faded(colour(colour), 60));
    series.setLineColor(faded(colour(colour), 0));
    return series;
  }

  /** An arrow along two points; its head is drawn where the chart knows its pixels. */
  static XYSeries arrow(XYChart chart, String name, double[] x, double[] y, Color colour) {
    chart.addAnnotation(new ArrowHead(x, y, colour));
    return line(chart, name, x, y, colour, solid(2));
  }

  /** No axes, no grid. */
  static void bare(XYChart chart) {
    var styler = chart.getStyler();
    styler.setAxisTicksVisible(false).setAxisTitlesVisible(false).setPlotGridLinesVisible(false);
  }

  /**
   * Names lines at their right ends instead of in the legend, where they are few and end apart: the
   * eye need not travel. The axis grows by what the longest name needs.
   */
  static void nameEnds(XYChart chart, List<XYSeries> lines) {
    if (lines.isEmpty() || lines.size() > 4) return;
    rehearse(chart);
    double right = chart.getStyler().getXAxisMax();
    double left = chart.getStyler().getXAxisMin();
    double pixels = chart.getScreenXFromChart(right) - chart.getScreenXFromChart(left);
    int longest = lines.stream().mapToInt(s -> s.getLabel().length()).max().orElse(0);
    double room = 6.6 * longest + 8;
    if (room > 0.3 * pixels || !apart(chart, lines, right - 0.1 * (right - left))) return;
    double last = lines.stream().mapToDouble(s -> last(s.getXData())).max().orElse(right);
    double need = (last - left) * pixels / (pixels - room);
    chart.getStyler().setXAxisMax(Math.max(right, left + need));
    for (var s : lines) {
      s.setShowInLegend(false);
      var side = Label.Side.RIGHT;
      chart.addAnnotation(
          new Label(s.getLabel(), last(s.getXData()), last(s.getYData()), side, s.getLineColor()));
    }
  }

  /** Whether all lines end right of x, and a line of letters or more from each other. */
  private static boolean apart(XYChart chart, List<XYSeries> lines, double x) {
    if (lines.stream().anyMatch(s -> last(s.getXData()) < x)) return false;
    double[] ends =
        lines.stream()
            .mapToDouble(s -> chart.getScreenYFromChart(last(s.getYData())))
            .sorted()
            .toArray();
    for (int i = 1; i < ends.length; i++) if (ends[i] - ends[i - 1] < 14) return false;
    return true;
  }

  private static double last(double[] values) {
    return values[values.length - 1];
  }

  /** The interval of a point. */
  static void whisker(XYChart chart, String name, double x, double low, double high, Color c) {
    line(chart, name, new double[] {x, x}, new double[] {low, high}, c, solid(1.6f))
        .setShowInLegend(false);
  }

  /** The pattern of ticks where values lie this far apart: XChart leaves out ticks of one label. */
  static String decimals(double apart) {
    int digits = (int) Math.ceil(-Math.log10(apart / 5) - 1e-9);
    return "0." + "0".repeat(Math.max(2, Math.min(digits, 9)));
  }

  /** Sets the range of both axes. */
  static void range(XYChart chart, double left, double right, double low, double high) {
    chart.getStyler().setXAxisMin(left).setXAxisMax(right);
    chart.getStyler().setYAxisMin(low).setYAxisMax(high);
  }

  /** Paints into nothing, so that the chart knows where its parts lie. */
  static void rehearse(Chart<?, ?> chart) {
    rehearse(chart, chart.getWidth(), chart.getHeight());
  }

  // A chart takes the size that it is painted at.
  private static void rehearse(Chart<?, ?> chart, int width, int height) {
    var scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    chart.paint(scratch, width, height);
    scratch.dispose();
  }

  /** So many times as wide and as high; even axes stay even. */
  static void resize(Chart<?, ?> chart, double wide, double high) {
    double[] box = chart instanceof XYChart map ? evenBox(map) : null;
    int width = (int) Math.round(wide * chart.getWidth());
    rehearse(chart, width, (int) Math.round(high * chart.getHeight()));
    if (box != null) evenly((XYChart) chart, box);
  }

  /** The ends of both axes where a unit has the same length on both, else null. */
  private static double[] evenBox(XYChart chart) {
    var styler = chart.getStyler();
    if (styler.getXAxisMin() == null || styler.getYAxisMin() == null) return null;
    double[] b = {
      styler.getXAxisMin(), styler.getXAxisMax(), styler.getYAxisMin(), styler.getYAxisMax()
    };
    rehearse(chart);
    double x = (chart.getScreenXFromChart(b[1]) - chart.getScreenXFromChart(b[0])) / (b[1] - b[0]);
    double y = (chart.getScreenYFromChart(b[2]) - chart.getScreenYFromChart(b[3])) / (b[3] - b[2]);
    return Math.abs(x / y - 1) < 0.01 ? b : null;
  }

  /**
   * Sets ranges that hold the box and give a unit the same length on both axes: distances in a map
   * must look as they are. How much room the axes leave is known only after painting.
   */
  static void evenly(XYChart chart, double[] box) {
    double[] b = box.clone();
    for (int pass = 0; pass < 3; pass++) {
      range(chart, b[0], b[1], b[2], b[3]);
      rehearse(chart);
      double x = chart.getScreenXFromChart(b[1]) - chart.getScreenXFromChart(b[0]);
      double y = chart.getScreenYFromChart(b[2]) - chart.getScreenYFromChart(b[3]);
      double unit = Math.min(x / (box[1] - box[0]), y / (box[3] - box[2]));
      double right = (x / unit - (box[1] - box[0])) / 2;
      double up = (y / unit - (box[3] - box[2])) / 2;
      b = new double[] {box[0] - right, box[1] + right, box[2] - up, box[3] + up};
    }
    range(chart, b[0], b[1], b[2], b[3]);
  }
}
