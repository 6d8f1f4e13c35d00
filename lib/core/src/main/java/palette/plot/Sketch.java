package palette.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import palette.support.Checks;
import palette.support.Pictured;
import palette.support.Texts;

/**
 * A figure of one's own, drawn with the kit's colours and lines; every stroke returns a new sketch.
 *
 * <pre>{@code
 * Sketch.of("Where does Ann stand?", "position", "mean loss")
 *     .line("loss", positions, losses).level("chance", Math.log(2))
 * }</pre>
 */
public final class Sketch implements Pictured {
  private final String title;
  private final String x;
  private final String y;
  private final int width;
  private final int height;
  private final boolean even;
  private final double[] range; // null: what the strokes need
  private final List<Stroke> strokes;

  private record Stroke(Kind kind, String name, double[] x, double[] y) {}

  private enum Kind {
    LINE,
    DOTS,
    LEVEL
  }

  private Sketch(
      String title,
      String x,
      String y,
      int width,
      int height,
      boolean even,
      double[] range,
      List<Stroke> strokes) {
    this.title = title;
    this.x = x;
    this.y = y;
    this.width = width;
    this.height = height;
    this.even = even;
    this.range = range;
    this.strokes = strokes;
  }

  /** An empty sketch: a title and what the axes show. */
  public static Sketch of(String title, String x, String y) {
    return new Sketch(title, x, y, 640, 360, false, null, List.of());
  }

  /** Several sketches from left to right. */
  public static Figure beside(Sketch... sketches) {
    var all = Arrays.asList(sketches);
    var alts = all.stream().map(Sketch::alt).toList();
    return Figure.beside(all.stream().map(Sketch::chart).toList(), String.join(" ", alts));
  }

  /** Another size in CSS pixels than 640 by 360. */
  public Sketch size(int newWidth, int newHeight) {
    return new Sketch(title, x, y, newWidth, newHeight, even, range, strokes);
  }

  /** A map: one unit is equally long on both axes. */
  public Sketch even() {
    return new Sketch(title, x, y, width, height, true, range, strokes);
  }

  /** Other ends of the axes than the strokes ask for. */
  public Sketch range(double left, double right, double low, double high) {
    double[] ends = {left, right, low, high};
    return new Sketch(title, x, y, width, height, even, ends, strokes);
  }

  /** A line through the points; the name is for the legend. */
  public Sketch line(String name, double[] xs, double[] ys) {
    return with(new Stroke(Kind.LINE, name, xs.clone(), ys.clone()));
  }

  /** A function of x between two ends, as a line of 200 steps. */
  public Sketch curve(String name, double from, double to, DoubleUnaryOperator y) {
    double[] xs =
        IntStream.rangeClosed(0, 200).mapToDouble(i -> from + (to - from) * i / 200).toArray();
    return line(name, xs, Arrays.stream(xs).map(y).toArray());
  }

  /** One point. */
  public Sketch dot(String name, double px, double py) {
    return dots(name, new double[] {px, py});
  }

  /** Points, shape [n][2]. */
  public Sketch dots(String name, double[]... points) {
    Checks.require(points.length > 0, name, "at least one point", "none");
    double[] xs = Arrays.stream(points).mapToDouble(p -> p[0]).toArray();
    double[] ys = Arrays.stream(points).mapToDouble(p -> p[1]).toArray();
    return with(new Stroke(Kind.DOTS, name, xs, ys));
  }

  /** A dashed line from left to right, such as chance or a ceiling. */
  public Sketch level(String name, double height) {
    return with(new Stroke(Kind.LEVEL, name, new double[0], new double[] {height}));
  }

  private Sketch with(Stroke stroke) {
    Checks.require(
        stroke.kind == Kind.LEVEL || stroke.x.length == stroke.y.length && stroke.x.length > 0,
        stroke.name,
        "as many x as y, and some",
        stroke.x.length + " and " + stroke.y.length);
    var all = new ArrayList<>(strokes);
    all.add(stroke);
    return new Sketch(title, x, y, width, height, even, range, List.copyOf(all));
  }

  /** The sketch as XChart draws it, to be styled further; goes into {@link Figure#of}. */
  public XYChart chart() {
    var chart = Ink.chart(width, height, title, x, y);
    chart.getStyler().setXAxisTickMarkSpacingHint(Math.max(36, width / 9));
    double[] box = box();
    int colour = 0;
    for (var s : strokes) {
      switch (s.kind) {
        case LINE -> line(chart, s, colour++);
        case DOTS -> dots(chart, s, colour++);
        default -> Ink.level(chart, s.name, box[0], box[1], s.y[0], s.name, Label.Side.ABOVE_LEFT);
      }
    }
    if (even) Ink.evenly(chart, box);
    else Ink.range(chart, box[0], box[1], box[2], box[3]);
    return chart;
  }

  // A few points were measured each; many are a curve.
  private static void line(XYChart chart, Stroke s, int colour) {
    var ink = Ink.colour(colour);
    var series = Ink.line(chart, s.name, s.x, s.y, ink, Ink.solid(2));
    if (s.x.length <= 12) series.setMarker(Mark.of(colour, 7)).setMarkerColor(ink);
  }

  // Few points are what the figure is about; many are a cloud.
  private static void dots(XYChart chart, Stroke s, int colour) {
    int size = s.x.length <= 12 ? 11 : s.x.length <= 200 ? 6 : 3;
    var mark = size == 11 ? Mark.of(colour, size).rimmed(Ink.DARK) : Mark.of(colour, size);
    var ink = Ink.faded(Ink.colour(colour), size == 11 ? 255 : 150);
    Ink.dots(chart, s.name, s.x, s.y, ink, mark);
  }

  /** Left, right, low, high, with some air. */
  private double[] box() {
    if (range != null) return range;
    double[] box = {1e300, -1e300, 1e300, -1e300};
    for (var s : strokes) {
      for (double v : s.x)
        box = new double[] {Math.min(box[0], v), Math.max(box[1], v), box[2], box[3]};
      for (double v : s.y)
        box = new double[] {box[0], box[1], Math.min(box[2], v), Math.max(box[3], v)};
    }
    Checks.require(box[0] <= box[1], "sketch", "a line or dots", "none");
    double air = 0.04 * Math.max(box[1] - box[0], 1e-6);
    double up = 0.08 * Math.max(box[3] - box[2], 1e-6);
    return new double[] {box[0] - air, box[1] + air, box[2] - up, box[3] + up};
  }

  /** The sketch as a figure, for its files. */
  public Figure figure() {
    return Figure.of(chart(), alt());
  }

  @Override
  public byte[] png() {
    return figure().png();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public String alt() {
    var names = strokes.stream().map(Stroke::name).distinct().toList();
    return Texts.format("%s: %s over %s (%s).", title, y, x, String.join(", ", names));
  }

  @Override
  public String toString() {
    return "Sketch[" + alt() + "]";
  }
}
