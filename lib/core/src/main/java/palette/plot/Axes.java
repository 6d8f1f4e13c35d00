package palette.plot;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.OptionalDouble;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import palette.support.Texts;

/** Where things lie: what a chart's axes hold, how long a unit is, what stands at the edges. */
final class Axes {
  private Axes() {}

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

  /** A reference line with its word at the end; one outside of the box is a note at its edge. */
  static void level(XYChart chart, String name, double[] box, double y, Label.Side side) {
    boolean right = side == Label.Side.ABOVE_LEFT;
    if (y < box[2] || y > box[3]) {
      String where = Texts.format("%s %.2f %s", name, y, y < box[2] ? "↓" : "↑");
      double edge = y < box[2] ? box[2] : box[3] - 0.07 * (box[3] - box[2]);
      chart.addAnnotation(new Label(where, right ? box[1] : box[0], edge, side, Ink.GREY));
      return;
    }
    double[] from = {box[0], y};
    double[] to = {box[1], y};
    Ink.segment(chart, name, from, to, Ink.GREY, Ink.dashed(1.3f));
    chart.addAnnotation(new Label(name, right ? box[1] : box[0], y, side, Ink.GREY));
  }

  /** The axes of accuracies, with chance and, where one is given, the ceiling under its name. */
  static void accuracy(XYChart chart, double[] points, String reference, OptionalDouble ceiling) {
    double[] box = points;
    if (ceiling.isPresent()) box = hold(box, box[0], ceiling.getAsDouble());
    if (near(0.5, box)) box = hold(box, box[0], 0.5);
    double air = Math.max(0.02, 0.06 * (box[3] - box[2]));
    box = new double[] {box[0], box[1], Math.max(0, box[2] - air), Math.min(1.03, box[3] + air)};
    range(chart, box[0], box[1], box[2], box[3]);
    level(chart, "chance", box, 0.5, Label.Side.ABOVE_LEFT);
    if (ceiling.isPresent()) {
      level(chart, reference, box, ceiling.getAsDouble(), Label.Side.ABOVE_RIGHT);
    }
    chart.getStyler().setYAxisDecimalPattern("0.00");
  }

  /** Names along the axis of x at 0, 1, 2 and so on, and at no other place. */
  static void names(XYChart chart, List<?> names) {
    // A step of 1 at most; above 250 XChart would take the plot for too small to place labels in.
    int step = Math.min(250, (chart.getWidth() - 40) / names.size());
    chart.getStyler().setXAxisTickMarkSpacingHint(step);
    chart.setCustomXAxisTickLabelsFormatter(at -> name(names, at));
  }

  // XChart thins ticks out unless their labels differ and fit, and takes their height from those at
  // the ends, beyond the values, which it does not draw: so these have short labels of their own.
  // A position between two values has one that nobody sees.
  static String name(List<?> names, double at) {
    int i = (int) Math.round(at);
    boolean whole = Math.abs(at - i) < 1e-6;
    if (whole && i >= 0 && i < names.size()) return String.valueOf(names.get(i));
    return whole ? (i < 0 ? "<" : ">") + Math.abs(i) : "\u200B".repeat(1 + Math.abs(i));
  }

  static void bare(XYChart chart) {
    var styler = chart.getStyler();
    styler.setAxisTicksVisible(false).setAxisTitlesVisible(false).setPlotGridLinesVisible(false);
  }

  /** Names lines at their right ends and not in the legend, where they are few and end apart. */
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

  /** The pattern of ticks where values lie this far apart: XChart leaves out ticks of one label. */
  static String decimals(double apart) {
    int digits = (int) Math.ceil(-Math.log10(apart / 5) - 1e-9);
    return "0." + "0".repeat(Math.max(2, Math.min(digits, 9)));
  }

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

  /** Ranges that hold the box and give a unit one length on both axes, as painting tells it. */
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
