package palette.plot;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import palette.fit.BasisModel;
import palette.reward.History;
import palette.reward.History.Epoch;
import palette.support.Checks;

/** How a fit went, epoch by epoch: accuracy above, loss below, one axis of epochs. */
final class LossFigure {
  private LossFigure() {}

  record Fit(String name, History history) {

    private Stream<Epoch> known(ToDoubleFunction<Epoch> y) {
      return history.epochs().stream().filter(e -> !Double.isNaN(y.applyAsDouble(e)));
    }

    private double[] column(ToDoubleFunction<Epoch> y) {
      return known(y).mapToDouble(y).toArray();
    }

    private boolean has(ToDoubleFunction<Epoch> y) {
      return known(y).findAny().isPresent();
    }
  }

  static Figure of(List<BasisModel> models) {
    for (var model : models) {
      Checks.require(model.history() != null, model.name(), "a fit in epochs", "none");
    }
    return ofFits(models.stream().map(m -> new Fit(m.name(), m.history())).toList());
  }

  static Figure ofFits(List<Fit> fits) {
    Checks.notEmpty("models", fits);
    var loss = Ink.chart(640, 300, "", "epoch", "loss per answer");
    loss.getStyler().setChartTitleVisible(false);
    legend(loss, fits);
    var panels = new ArrayList<XYChart>();
    if (fits.stream().anyMatch(f -> f.has(Epoch::validationAccuracy))) {
      panels.add(accuracy(fits));
    }
    for (int i = 0; i < fits.size(); i++) losses(loss, fits.get(i), i);
    fit(loss, fits);
    panels.add(loss);
    String names = String.join(" and ", fits.stream().map(Fit::name).toList());
    return Figure.stacked(panels, "Loss and validation accuracy by epoch of " + names + ".");
  }

  private static XYChart accuracy(List<Fit> fits) {
    var chart = Ink.chart(640, 210, "Training, epoch by epoch", "", "validation accuracy");
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisTitleVisible(false).setYAxisDecimalPattern("0.00");
    double[] box = {0, end(fits), 1, 0};
    for (int i = 0; i < fits.size(); i++) {
      var fit = fits.get(i);
      draw(chart, fit, "accuracy " + i, Epoch::validationAccuracy, i, Ink.solid(1.8f));
      kept(chart, fit, "kept " + i, Epoch::validationAccuracy, i);
      for (double y : fit.column(Epoch::validationAccuracy)) box = Axes.hold(box, 0, y);
    }
    Axes.accuracy(chart, box, "", OptionalDouble.empty());
    return chart;
  }

  private static void fit(XYChart chart, List<Fit> fits) {
    double[] box = Axes.NOTHING;
    for (var fit : fits) {
      for (var kind : List.<ToDoubleFunction<Epoch>>of(Epoch::trainLoss, Epoch::validationLoss)) {
        for (double y : fit.column(kind)) box = Axes.hold(box, 0, y);
      }
    }
    double air = Math.max(1e-6, 0.06 * (box[3] - box[2]));
    Axes.range(chart, 0, end(fits), box[2] - air, box[3] + air);
    // As many letters as the accuracies above have, so that both panels begin at one line.
    chart.getStyler().setYAxisDecimalPattern(Axes.decimals(box[3] - box[2]));
  }

  /** A little after the last epoch, so that its tick is drawn. */
  private static double end(List<Fit> fits) {
    return 1.002 * fits.stream().mapToInt(f -> f.history.epochs().size()).max().orElse(1);
  }

  private static void losses(XYChart chart, Fit fit, int i) {
    draw(chart, fit, "training loss " + i, Epoch::trainLoss, i, Ink.solid(1.8f));
    draw(chart, fit, "validation loss " + i, Epoch::validationLoss, i, Ink.dashed(1.8f));
    kept(chart, fit, "kept " + i, Epoch::validationLoss, i);
  }

  /** Models by colour, then what the kinds of line mean. */
  private static void legend(XYChart chart, List<Fit> fits) {
    boolean one = fits.size() == 1;
    for (int i = 0; !one && i < fits.size(); i++) {
      Ink.legend(chart, Ink.cut(fits.get(i).name), Ink.colour(i), Mark.of(i, 9));
    }
    var ink = one ? Ink.colour(0) : Ink.GREY;
    String of = one ? ", " + Ink.cut(fits.get(0).name) : "";
    Ink.legend(chart, "training" + of, ink, Ink.solid(1.8f));
    if (fits.stream().noneMatch(f -> f.has(Epoch::validationLoss))) return;
    Ink.legend(chart, "validation", ink, Ink.dashed(1.8f));
    Ink.legend(chart, "epoch kept", ink, Mark.of(0, 9).rimmed(Ink.DARK));
  }

  private static void draw(
      XYChart chart, Fit fit, String name, ToDoubleFunction<Epoch> y, int i, BasicStroke stroke) {
    if (!fit.has(y)) return;
    double[] x = fit.known(y).mapToDouble(Epoch::epoch).toArray();
    Ink.line(chart, name, x, fit.column(y), Ink.colour(i), stroke).setShowInLegend(false);
  }

  /** The epoch that the model comes from. */
  private static void kept(XYChart chart, Fit fit, String name, ToDoubleFunction<Epoch> y, int i) {
    if (!fit.has(y)) return;
    var best = fit.history.epochs().get(fit.history.best() - 1);
    double[] at = {best.epoch(), y.applyAsDouble(best)};
    var mark = Mark.of(i, 9).rimmed(Ink.DARK);
    Ink.dots(chart, name, Ink.colour(i), mark, at).setShowInLegend(false);
  }
}
