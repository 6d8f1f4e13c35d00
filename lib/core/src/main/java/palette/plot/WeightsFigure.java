package palette.plot;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;
import palette.numeric.VectorLoops;
import palette.personalize.Belief;
import palette.personalize.Person;
import palette.reward.PrototypeModel;
import palette.reward.Space;
import palette.support.Checks;
import palette.support.Texts;

/** How users mix the prototypes. */
final class WeightsFigure {
  private static final double HEIGHT = Math.sqrt(3) / 2;
  private static final double[][] CORNERS = {{0, 0}, {1, 0}, {0.5, HEIGHT}};

  private static final double LEVEL = 0.9;

  private WeightsFigure() {}

  static Figure of(PrototypeModel model, List<String> names, Person... people) {
    Checks.require(
        !model.users().isEmpty(), "weights of " + model.name(), "users with weights", "none");
    double[][] weights = model.users().stream().map(model::mix).toArray(double[][]::new);
    String alt =
        Texts.format(
            "How %s of %s mix %s.",
            Texts.count(weights.length, "user"),
            model.name(),
            Texts.count(model.prototypes(), "prototype"));
    String title = "Users' weights: " + Ink.cut(model.name());
    if (model.prior().space() == Space.FREE) return Figure.of(dots(title, weights), alt);
    if (model.prototypes() != 3) return Figure.of(bars(title, weights), alt);
    return Figure.of(ternary(title, weights, names, people), alt);
  }

  // ------------------------------------------------------------------ three prototypes: a triangle

  static XYChart ternary(String title, double[][] weights, List<String> names, Person... people) {
    var chart = Ink.chart(560, 520, title, "", "");
    chart.getStyler().setAxisTicksVisible(false).setPlotGridLinesVisible(false);
    chart.getStyler().setAxisTitlesVisible(false);
    grid(chart);
    for (int k = 0; k < 3; k++) users(chart, weights, k);
    mean(chart, weights);
    for (var p : people) region(chart, p);
    for (var p : people) Ink.star(chart, p.id(), place(MapFigure.standing(p)));
    for (int k = 0; k < 3; k++) {
      corner(chart, k, names.get(k), k < 2 ? Label.Side.BELOW : Label.Side.ABOVE);
    }
    Axes.evenly(chart, new double[] {-0.14, 1.14, -0.12, HEIGHT + 0.08});
    return chart;
  }

  private static double[] place(double[] w) {
    return new double[] {w[1] + 0.5 * w[2], HEIGHT * w[2]};
  }

  private static void grid(XYChart chart) {
    for (int k = 0; k < 3; k++) {
      for (int tenths = 2; tenths <= 8; tenths += 2) level(chart, k, tenths / 10.0);
    }
    double[] x = {0, 1, 0.5, 0};
    double[] y = {0, 0, HEIGHT, 0};
    Ink.line(chart, "simplex", x, y, Ink.GREY, Ink.solid(1.3f)).setShowInLegend(false);
  }

  /** The line on which prototype k has this weight, with its percentage where it ends. */
  private static void level(XYChart chart, int k, double weight) {
    double[] a = new double[3];
    double[] b = new double[3];
    a[k] = weight;
    b[k] = weight;
    a[(k + 1) % 3] = 1 - weight;
    b[(k + 2) % 3] = 1 - weight;
    double[] from = place(a);
    double[] to = place(b);
    String name = "grid " + k + " " + weight;
    Ink.segment(chart, name, from, to, Ink.FAINT, Ink.solid(0.9f));
    var side = new Label.Side[] {Label.Side.BELOW, Label.Side.RIGHT, Label.Side.LEFT}[k];
    String percent = Texts.format("%.0f %%", 100 * weight);
    chart.addAnnotation(new Label(percent, from[0], from[1], side, Ink.colour(k)));
  }

  // The corners say what colours and shapes mean.
  private static void users(XYChart chart, double[][] weights, int k) {
    double[][] mine =
        Arrays.stream(weights)
            .filter(w -> VectorLoops.largest(w) == k)
            .map(WeightsFigure::place)
            .toArray(double[][]::new);
    if (mine.length == 0) return;
    Ink.dots(chart, "users mostly " + (k + 1), Ink.faded(Ink.colour(k), 150), Mark.of(k, 7), mine)
        .setShowInLegend(false);
  }

  private static void mean(XYChart chart, double[][] weights) {
    double[] mean = new double[3];
    for (double[] w : weights) for (int k = 0; k < 3; k++) mean[k] += w[k] / weights.length;
    var style = Style.AVERAGE;
    Ink.dots(chart, "mean of all users", style.colour(), style.mark(10), place(mean));
  }

  /** The hull of those draws of somebody's belief that lie in their region. */
  private static void region(XYChart chart, Person person) {
    if (person.evidence() == null) return;
    var belief = Belief.of(person, 4 * 500, 0);
    var region = belief.region(LEVEL);
    double[][] within =
        Arrays.stream(belief.draws())
            .filter(region::contains)
            .map(w -> place(MapFigure.standing(person.model(), w)))
            .toArray(double[][]::new);
    double[][] ring = MapFigure.ring(within);
    String name = Texts.format("where %s may stand, %.0f %% sure", person.id(), 100 * LEVEL);
    Ink.area(chart, name, ring[0], ring[1], Ink.GREY);
  }

  private static void corner(XYChart chart, int k, String name, Label.Side side) {
    var font = Ink.font(Font.BOLD, 13);
    int gap = side == Label.Side.BELOW ? 22 : 8;
    double x = CORNERS[k][0];
    chart.addAnnotation(new Label(name, x, CORNERS[k][1], side, Ink.colour(k), gap, font));
  }

  // --------------------------------------------------------------- no mix: a column of dots each

  static XYChart dots(String title, double[][] weights) {
    int n = weights.length;
    int k = weights[0].length;
    var chart = Ink.chart(640, 380, title, "users of a column: from left to right", "weight");
    for (int j = 0; j < k; j++) {
      double[][] points = new double[n][];
      for (int u = 0; u < n; u++) {
        points[u] = new double[] {j - 0.4 + 0.8 * (u + 0.5) / n, weights[u][j]};
      }
      var colour = Ink.faded(Ink.colour(j), 150);
      Ink.dots(chart, "prototype " + (j + 1), colour, Mark.circle(5), points)
          .setShowInLegend(false);
    }
    Axes.names(chart, IntStream.rangeClosed(1, k).mapToObj(j -> "prototype " + j).toList());
    chart.getStyler().setXAxisMin(-0.5).setXAxisMax(k - 0.5);
    return chart;
  }

  // ------------------------------------------------------------------ any number: stacked bars

  static XYChart bars(String title, double[][] weights) {
    int k = weights[0].length;
    var chart = Ink.chart(640, 380, title, "users, sorted by their heaviest prototype", "weight");
    var sorted = new ArrayList<>(Arrays.asList(weights));
    sorted.sort(
        Comparator.comparingInt(VectorLoops::largest)
            .thenComparing(w -> -w[VectorLoops.largest(w)]));
    // The whole stack first, then ever less of it on top: each area goes down to 0.
    for (int top = k - 1; top >= 0; top--) layer(chart, sorted, top);
    for (int j = 0; j < k; j++) {
      Ink.legend(chart, "prototype " + (j + 1), Ink.colour(j), Mark.square(12));
    }
    chart.getStyler().setXAxisTicksVisible(false).setPlotGridLinesVisible(false);
    Axes.range(chart, 0, weights.length, -0.001, 1.001);
    return chart;
  }

  private static void layer(XYChart chart, List<double[]> sorted, int top) {
    double[] x = new double[2 * sorted.size()];
    double[] y = new double[x.length];
    for (int u = 0; u < sorted.size(); u++) {
      double sum = 0;
      for (int k = 0; k <= top; k++) sum += sorted.get(u)[k];
      x[2 * u] = u;
      x[2 * u + 1] = u + 1;
      y[2 * u] = y[2 * u + 1] = Math.min(1, sum);
    }
    var series = chart.addSeries("layer " + (top + 1), x, y);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
    series.setFillColor(Ink.colour(top)).setShowInLegend(false);
    series.setMarker(SeriesMarkers.NONE).setLineColor(Color.WHITE);
    series.setLineStyle(Ink.solid(0.8f));
  }
}
