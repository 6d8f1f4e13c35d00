package palette.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import palette.plot.Stroke.Kind;
import palette.support.Checks;
import palette.support.Pictured;
import palette.support.Texts;

/**
 * A figure of one's own, drawn with the kit's colours and lines; every stroke returns a new sketch.
 * Up to four lines that end apart are named at their ends, other strokes in the legend.
 *
 * <pre>{@code
 * Sketch.of("Where does Ann stand?", "position", "mean loss")
 *     .line("loss", positions, losses).level("chance", Math.log(2))
 * }</pre>
 */
public final class Sketch implements Pictured {
  // Set once, on a copy that nobody has seen yet.
  private String title;
  private String x;
  private String y;
  private int width = 640;
  private int height = 360;
  private boolean even;
  private boolean bare;
  private double[] range; // left, right, low, high; null: what the strokes need
  private List<String> colours = List.of(); // names of strokes, in the order of their colours
  private List<Stroke> strokes = List.of();

  private Sketch() {}

  /** An empty sketch: a title and what the axes show. */
  public static Sketch of(String title, String x, String y) {
    var sketch = new Sketch();
    sketch.title = title;
    sketch.x = x;
    sketch.y = y;
    return sketch;
  }

  private Sketch with(Consumer<Sketch> change) {
    var copy = of(title, x, y);
    copy.width = width;
    copy.height = height;
    copy.even = even;
    copy.bare = bare;
    copy.range = range;
    copy.colours = colours;
    copy.strokes = strokes;
    change.accept(copy);
    return copy;
  }

  /** Several sketches from left to right. */
  public static Figure beside(Sketch... sketches) {
    var all = Arrays.asList(sketches);
    var alts = all.stream().map(Sketch::alt).toList();
    return Figure.beside(all.stream().map(Sketch::chart).toList(), String.join(" ", alts));
  }

  /** Another size in CSS pixels than 640 by 360. */
  public Sketch size(int newWidth, int newHeight) {
    return with(
        copy -> {
          copy.width = newWidth;
          copy.height = newHeight;
        });
  }

  /** A map: one unit is equally long on both axes. */
  public Sketch even() {
    return with(copy -> copy.even = true);
  }

  /** Without axes, for a picture in which places have no numbers; with words it needs no legend. */
  public Sketch bare() {
    return with(copy -> copy.bare = true);
  }

  /** Other ends of the axes than the strokes ask for. */
  public Sketch range(double left, double right, double low, double high) {
    return with(copy -> copy.range = new double[] {left, right, low, high});
  }

  /**
   * The names that have the first colours, in this order, wherever they are drawn: one list for all
   * figures of a notebook gives every idea one colour. Other names have the colours after these, or
   * that of their concept, which is one in all figures: "prototype 1" and so on, "mixture",
   * "learned", "one reward", "population", "K = 3", "truth", "people", "things".
   */
  public Sketch colours(String... names) {
    return with(copy -> copy.colours = List.of(names));
  }

  /** A line through the points. */
  public Sketch line(String name, double[] xs, double[] ys) {
    return with(Kind.LINE, name, xs.clone(), ys.clone());
  }

  /** A function of x between two ends, as a line of 200 steps. */
  public Sketch curve(String name, double from, double to, DoubleUnaryOperator y) {
    double[] xs =
        IntStream.rangeClosed(0, 200).mapToDouble(i -> from + (to - from) * i / 200).toArray();
    return line(name, xs, Arrays.stream(xs).map(y).toArray());
  }

  /** The area between two curves over the same x, such as an interval at each x. */
  public Sketch band(String name, double[] xs, double[] lows, double[] highs) {
    Checks.require(
        lows.length == xs.length && highs.length == xs.length,
        name,
        "as many ends as x",
        xs.length + ", " + lows.length + " and " + highs.length);
    int n = xs.length;
    double[] back = IntStream.range(0, n).mapToDouble(i -> xs[n - 1 - i]).toArray();
    double[] below = IntStream.range(0, n).mapToDouble(i -> lows[n - 1 - i]).toArray();
    return area(name, join(xs, back), join(highs, below));
  }

  /** A shaded area, given by its corners in order. */
  public Sketch area(String name, double[] xs, double[] ys) {
    return with(Kind.BAND, name, xs.clone(), ys.clone());
  }

  private static double[] join(double[] a, double[] b) {
    return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
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
    return with(Kind.DOTS, name, xs, ys);
  }

  /**
   * Values as a column of dots with its name below it, such as one dot for each of ten worlds. The
   * columns of a sketch stand from left to right; of {@link #range} only low and high count.
   */
  public Sketch strip(String name, double... values) {
    double column = strokes.stream().filter(s -> s.is(Kind.STRIP)).count();
    double middle = (values.length - 1) / 2.0;
    double apart = Math.min(0.03, 0.5 / values.length);
    double[] xs =
        IntStream.range(0, values.length).mapToDouble(i -> column + apart * (i - middle)).toArray();
    return with(Kind.STRIP, name, xs, values.clone());
  }

  /** Somebody with their name, as in {@link Plots#map}: you, or a newcomer. */
  public Sketch star(String name, double px, double py) {
    return with(Kind.STAR, name, new double[] {px}, new double[] {py});
  }

  /** An arrow from one point to another, such as a vector from the origin. */
  public Sketch arrow(String name, double[] from, double[] to) {
    return with(Kind.ARROW, name, new double[] {from[0], to[0]}, new double[] {from[1], to[1]});
  }

  /** A word beside a point. */
  public Sketch word(String text, double px, double py) {
    return with(Kind.WORD, text, new double[] {px}, new double[] {py});
  }

  /**
   * A dashed line from left to right, such as chance or a ceiling. One that lies far from all else
   * does not stretch the axis: it is named at the edge.
   */
  public Sketch level(String name, double height) {
    return with(Kind.LEVEL, name, new double[0], new double[] {height});
  }

  /** A dashed line on which y is x, such as "nothing gained". */
  public Sketch diagonal(String name) {
    return with(Kind.DIAGONAL, name, new double[0], new double[0]);
  }

  private Sketch with(Kind kind, String name, double[] xs, double[] ys) {
    var stroke = new Stroke(kind, name, xs, ys);
    Checks.require(
        !stroke.data() || xs.length == ys.length && xs.length > 0,
        name,
        "as many x as y, and some",
        xs.length + " and " + ys.length);
    var all = new ArrayList<>(strokes);
    all.add(stroke);
    return with(copy -> copy.strokes = List.copyOf(all));
  }

  /** The sketch as XChart draws it, to be styled further; goes into {@link Figure#of}. */
  public XYChart chart() {
    var chart = Ink.chart(width, height, title, x, y);
    var styler = chart.getStyler();
    styler.setXAxisTickMarkSpacingHint(Math.max(36, width / 9));
    if (bare) Axes.bare(chart);
    var columns = columns();
    if (!columns.isEmpty()) Axes.names(chart, columns);
    styler.setPlotGridVerticalLinesVisible(!bare && columns.isEmpty());
    boolean named = strokes.stream().anyMatch(s -> s.is(Kind.WORD));
    styler.setLegendVisible(!bare || !named);
    double[] box = box();
    var lines = new ArrayList<XYSeries>();
    var styles = styles();
    for (var s : strokes) s.ground(chart, styles.get(s.name()), box);
    for (var s : strokes) if (s.is(Kind.LINE)) lines.add(s.line(chart, styles.get(s.name())));
    for (var s : strokes) s.mark(chart, styles.get(s.name()), box);
    if (even) Axes.evenly(chart, box);
    else Axes.range(chart, box[0], box[1], box[2], box[3]);
    if (!even) Axes.nameEnds(chart, lines);
    return chart;
  }

  private List<String> columns() {
    return strokes.stream().filter(s -> s.is(Kind.STRIP)).map(Stroke::name).toList();
  }

  private Map<String, Style> styles() {
    var names = strokes.stream().filter(Stroke::styles).map(Stroke::name).distinct().toList();
    var styles = Style.all(colours, names);
    return IntStream.range(0, names.size())
        .boxed()
        .collect(Collectors.toMap(names::get, styles::get));
  }

  /** Left, right, low, high, with some air; levels that are not too far are within. */
  private double[] box() {
    double[] box = range != null ? range.clone() : around();
    var columns = columns();
    return columns.isEmpty() ? box : new double[] {-0.5, columns.size() - 0.5, box[2], box[3]};
  }

  private double[] around() {
    double[] box = Axes.NOTHING;
    for (var s : strokes) {
      for (int i = 0; i < s.x().length; i++) box = Axes.hold(box, s.x()[i], s.y()[i]);
    }
    Checks.require(box[0] <= box[1], "sketch", "a line or dots", "none");
    for (var s : strokes) {
      if (s.is(Kind.LEVEL) && Axes.near(s.y()[0], box)) box = Axes.hold(box, box[0], s.y()[0]);
    }
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
    String of = bare ? "" : Texts.format(": %s over %s", y, x);
    return Texts.format("%s%s (%s).", title, of, String.join(", ", names));
  }

  @Override
  public String toString() {
    return "Sketch[" + alt() + "]";
  }
}
