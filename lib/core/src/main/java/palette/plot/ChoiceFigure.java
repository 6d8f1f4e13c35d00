package palette.plot;

import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import palette.evaluate.Choice;
import palette.support.Texts;

/** Why a value was chosen: loss with its standard error and the limit, and stability beside it. */
final class ChoiceFigure {
  private static final int HEIGHT = 380;
  private static final double SIDE = 0.5;

  private ChoiceFigure() {}

  static <T> Figure of(Choice<T> choice) {
    return Figure.beside(
        List.of(losses(choice), stabilities(choice)),
        Texts.format(
            "Held-out log loss of answers of training over %s with standard errors, and stability"
                + " of the prototypes over %s; chosen: %s.",
            choice.option(), Texts.count(choice.repeats(), "repeat"), choice.chosen()));
  }

  private static <T> XYChart losses(Choice<T> choice) {
    String title = "Held out of training: chosen " + choice.chosen();
    var chart = chart(choice, 450, title, "log loss ± standard error");
    double[] losses = choice.candidates().stream().mapToDouble(c -> c.logLoss()).toArray();
    double[] box = Axes.NOTHING;
    for (int i = 0; i < losses.length; i++) {
      var candidate = choice.candidates().get(i);
      double error = candidate.error();
      box = Axes.hold(box, i, losses[i] - error);
      box = Axes.hold(box, i, Math.max(losses[i] + error, choice.limit(candidate)));
      Ink.whisker(chart, "error " + i, i, losses[i] - error, losses[i] + error, Ink.colour(0));
    }
    line(chart, "mean", losses, 0);
    limits(chart, choice);
    mark(chart, choice, losses);
    double high = box[3] - box[2];
    range(chart, losses.length, box[2] - 0.08 * high, box[3] + 0.08 * high);
    chart.getStyler().setYAxisDecimalPattern(Axes.decimals(high));
    return chart;
  }

  // Named in the legend: beside the line its name would lie on the curve.
  private static <T> void limits(XYChart chart, Choice<T> choice) {
    int last = choice.candidates().size() - 1;
    double[] at = new double[last + 3];
    double[] limit = new double[last + 3];
    for (int i = 0; i < at.length; i++) {
      int nearest = Math.max(0, Math.min(last, i - 1));
      at[i] = Math.max(-SIDE, Math.min(last + SIDE, i - 1));
      limit[i] = choice.limit(choice.candidates().get(nearest));
    }
    Ink.line(chart, "lowest + one standard error", at, limit, Ink.GREY, Ink.dashed(1.3f));
  }

  private static <T> XYChart stabilities(Choice<T> choice) {
    String over = "Alike over " + Texts.count(choice.repeats(), "repeat");
    var chart = chart(choice, 310, over, "stability of the prototypes");
    double[] stabilities = choice.candidates().stream().mapToDouble(c -> c.stability()).toArray();
    line(chart, "stability", stabilities, 2);
    mark(chart, choice, stabilities);
    range(chart, stabilities.length, -0.06, 1.06);
    chart.getStyler().setYAxisDecimalPattern("0.0");
    return chart;
  }

  private static <T> XYChart chart(Choice<T> choice, int width, String title, String y) {
    var chart = Ink.chart(width, HEIGHT, title, choice.option(), y);
    var values = choice.candidates().stream().map(Choice.Candidate::value).toList();
    Axes.names(chart, values);
    return chart;
  }

  private static void line(XYChart chart, String name, double[] y, int colour) {
    double[] x = IntStream.range(0, y.length).asDoubleStream().toArray();
    var line = Ink.line(chart, name, x, y, Ink.colour(colour), Ink.solid(1.8f));
    line.setMarker(Mark.circle(9)).setMarkerColor(Ink.colour(colour));
  }

  private static <T> void mark(XYChart chart, Choice<T> choice, double[] y) {
    int i = choice.candidates().stream().map(c -> c.value()).toList().indexOf(choice.chosen());
    var mark = Mark.of(3, 14).rimmed(Ink.DARK);
    Ink.dots(chart, "chosen", Ink.colour(1), mark, new double[] {i, y[i]});
  }

  private static void range(XYChart chart, int values, double low, double high) {
    Axes.range(chart, -SIDE, values - 1 + SIDE, low, high);
  }
}
