package palette.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import palette.evaluate.Evaluation;
import palette.support.Checks;
import palette.support.Texts;

/** Each user's accuracy, those whom the first model serves worst first. */
final class ServedFigure {
  private ServedFigure() {}

  static Figure of(List<Evaluation> evaluations) {
    var first = Checks.notEmpty("evaluations", evaluations).get(0);
    var order = new ArrayList<>(first.byUser().keySet());
    order.sort(Comparator.comparing(first.byUser()::get));
    String worst = ", those whom " + Ink.cut(first.model()) + " serves worst first";
    String users = Texts.count(order.size(), "user") + worst;
    var chart = Ink.chart(640, 380, "Whom does it serve?", users, "accuracy of each user");
    double[] box = {0, order.size() + 1.0, 1, 0};
    var styles = Style.all(evaluations.stream().map(Evaluation::model).toList());
    for (int i = 0; i < evaluations.size(); i++) {
      var evaluation = evaluations.get(i);
      var accuracies = evaluation.byUser();
      Checks.require(
          accuracies.keySet().equals(first.byUser().keySet()),
          evaluation.model(),
          "an evaluation of the same users as the first",
          Texts.count(accuracies.size(), "user") + " for " + order.size());
      double[] x = new double[order.size()];
      double[] y = new double[x.length];
      for (int u = 0; u < x.length; u++) {
        x[u] = u + 1;
        y[u] = accuracies.get(order.get(u));
        box = Axes.hold(box, x[u], y[u]);
      }
      var style = styles.get(i);
      Ink.dots(chart, "model " + i, x, y, Ink.faded(style.colour(), 170), style.mark(6))
          .setLabel(Ink.cut(evaluation.model()));
    }
    box =
        new double[] {box[0], box[1], Math.min(0.45, box[2] - 0.03), Math.min(1.02, box[3] + 0.03)};
    Axes.range(chart, box[0], box[1], box[2], box[3]);
    Axes.level(chart, "a coin", box, 0.5, Label.Side.ABOVE_LEFT);
    chart.getStyler().setYAxisDecimalPattern("0.00").setXAxisTicksVisible(false);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    return Figure.of(
        chart,
        Texts.format(
            "Accuracy of each of %s by %s, those whom the first serves worst first.",
            Texts.count(order.size(), "user"),
            String.join(" and by ", evaluations.stream().map(Evaluation::model).toList())));
  }
}
