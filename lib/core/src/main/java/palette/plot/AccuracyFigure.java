package palette.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.knowm.xchart.XYChart;
import palette.evaluate.Evaluation;
import palette.evaluate.LocalizationCurve;
import palette.evaluate.Sweep;
import palette.support.Checks;
import palette.support.Texts;

/** Accuracies over an option, over the number of answers, and against what was promised. */
final class AccuracyFigure {
  private AccuracyFigure() {}

  // ------------------------------------------------------------------ over an option

  static <T> Figure of(Sweep<T> sweep, String reference, OptionalDouble ceiling) {
    var values = sweep.values();
    String title = "Accuracy over " + sweep.option();
    String below = sweep.option() + (values.size() == 1 ? " = " + values.get(0) : "");
    var chart = Ink.chart(640, 400, title, below, "accuracy, mean over users");
    double side = values.size() == 1 ? 0.9 : 0.5;
    double right = values.size() - 1 + side;
    double[] box = {-side, right, 1, 0};
    for (var run : sweep.runs()) box = Axes.hold(box, 0, run.evaluation().macroAccuracy());
    for (var value : values) {
      var spread = sweep.spread(value, Evaluation::macroAccuracy);
      if (spread.repeats() < 2) continue;
      box = Axes.hold(box, 0, spread.mean() - spread.deviation());
      box = Axes.hold(box, 0, spread.mean() + spread.deviation());
    }
    Axes.accuracy(chart, box, reference, ceiling);
    runs(chart, sweep);
    means(chart, sweep);
    Axes.names(chart, values);
    int repeats = sweep.runs().stream().mapToInt(Sweep.Run::repeat).max().orElse(0);
    String spread = repeats > 1 ? ", mean and standard deviation of " + repeats + " seeds" : "";
    return Figure.of(chart, "Accuracy over " + sweep.option() + spread + ".");
  }

  private static <T> void runs(XYChart chart, Sweep<T> sweep) {
    var all = sweep.runs();
    double[] x = all.stream().mapToDouble(r -> sweep.values().indexOf(r.value()) + 0.12).toArray();
    double[] y = all.stream().mapToDouble(run -> run.evaluation().macroAccuracy()).toArray();
    Ink.dots(chart, "one seed", x, y, Ink.faded(Ink.colour(4), 170), Mark.circle(5));
  }

  private static <T> void means(XYChart chart, Sweep<T> sweep) {
    var x = new ArrayList<Double>();
    var y = new ArrayList<Double>();
    for (int i = 0; i < sweep.values().size(); i++) {
      var spread = sweep.spread(sweep.values().get(i), Evaluation::macroAccuracy);
      if (spread.repeats() == 0) continue;
      x.add((double) i);
      y.add(spread.mean());
      if (Double.isNaN(spread.deviation())) continue;
      double below = spread.mean() - spread.deviation();
      double above = spread.mean() + spread.deviation();
      Ink.whisker(chart, "spread " + i, i, below, above, Ink.colour(0));
    }
    double[] xs = x.stream().mapToDouble(v -> v).toArray();
    double[] ys = y.stream().mapToDouble(v -> v).toArray();
    var line = Ink.line(chart, "mean ± sd", xs, ys, Ink.colour(0), Ink.solid(1.8f));
    line.setMarker(Mark.circle(9)).setMarkerColor(Ink.colour(0));
  }

  // ------------------------------------------------------------------ over answers

  static Figure of(List<LocalizationCurve> curves, String reference, OptionalDouble ceiling) {
    Checks.notEmpty("curves", curves);
    String who = curves.size() == 1 ? "A newcomer" : "Newcomers";
    int users = curves.get(0).points().get(0).users();
    boolean same = curves.stream().allMatch(c -> c.points().get(0).users() == users);
    if (users > 1 && same) who = Texts.count(users, "newcomer");
    String title = who + ", answer by answer";
    var chart = Ink.chart(640, 400, title, "answers given", "accuracy on held-out answers");
    double[] box = {0, 1, 1, 0};
    for (var curve : curves) {
      for (var point : curve.points()) {
        box = Axes.hold(box, point.answers(), point.interval().low());
        box = Axes.hold(box, point.answers(), point.interval().high());
      }
    }
    double side = 0.04 * box[1];
    Axes.accuracy(chart, new double[] {-side, box[1] + side, box[2], box[3]}, reference, ceiling);
    var styles = Style.all(curves.stream().map(LocalizationCurve::name).toList());
    for (int i = 0; i < curves.size(); i++) curve(chart, curves, i, styles.get(i), side / 4);
    return Figure.of(chart, "Accuracy over the number of answers that a newcomer gave.");
  }

  // Curves stand a little apart, so that their intervals do not cover each other.
  private static void curve(
      XYChart chart, List<LocalizationCurve> curves, int i, Style style, double apart) {
    var curve = curves.get(i);
    var points = curve.points();
    double aside = (i - (curves.size() - 1) / 2.0) * apart;
    double[] x = points.stream().mapToDouble(p -> p.answers() + aside).toArray();
    double[] y = points.stream().mapToDouble(LocalizationCurve.Point::accuracy).toArray();
    for (int j = 0; j < x.length; j++) {
      var interval = points.get(j).interval();
      Ink.whisker(
          chart, "interval " + i + " " + j, x[j], interval.low(), interval.high(), style.colour());
    }
    var line = Ink.line(chart, "curve " + i, x, y, style.colour(), Ink.solid(1.8f));
    line.setLabel(Ink.cut(curve.name()) + " (95 % interval)");
    line.setMarker(style.mark(9)).setMarkerColor(style.colour());
  }

  // ------------------------------------------------------------------ promised and kept

  static Figure of(Evaluation evaluation) {
    var calibration = evaluation.calibration();
    var chart =
        Ink.chart(
            480,
            440,
            Texts.format("Calibration error %.3f", calibration.error()),
            "probability that " + Ink.cut(evaluation.model()) + " gives its guess",
            "share of guesses that are right");
    double[] ends = {0.5, 1};
    Ink.line(chart, "perfect", ends, ends, Ink.GREY, Ink.dashed(1.3f));
    double low = 0.5;
    double most = calibration.bins().stream().mapToInt(b -> b.answers()).max().orElse(1);
    int i = 0;
    for (var bin : calibration.bins()) {
      double[] interval = wilson(bin.right(), bin.answers());
      low = Math.min(low, interval[0]);
      Ink.whisker(chart, "interval " + i, bin.said(), interval[0], interval[1], Ink.colour(0));
      double size = 5 + 11 * Math.sqrt(bin.answers() / most);
      double[] point = {bin.said(), bin.right()};
      Ink.dots(chart, "bin " + i, Ink.colour(0), Mark.circle(size), point)
          .setShowInLegend(i == 0)
          .setLabel("answers (area: how many; line: 95 % interval)");
      i++;
    }
    Axes.range(chart, 0.48, 1.03, Math.max(0, low - 0.02), 1.03);
    chart.getStyler().setDecimalPattern("0.0");
    return Figure.of(
        chart,
        Texts.format(
            "Calibration of %s: share right against probability given; error %.3f.",
            evaluation.model(), calibration.error()));
  }

  /** Wilson's 95 % interval of a share. */
  static double[] wilson(double share, int n) {
    double z = 1.959964;
    double centre = (share + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * Math.sqrt(share * (1 - share) / n + z * z / (4.0 * n * n));
    return new double[] {Math.max(0, centre - half), Math.min(1, centre + half)};
  }
}
