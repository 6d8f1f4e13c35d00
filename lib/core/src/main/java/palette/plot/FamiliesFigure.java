package palette.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import palette.evaluate.FamilyTrials;
import palette.evaluate.Trials;
import palette.support.Texts;

/** A row a family, the validation answers' pick on top: how well it serves whom. */
final class FamiliesFigure {
  private static final int ROW = 34;
  private static final int AROUND = 150; // title, axis and legend

  private final FamilyTrials families;
  private final List<String> names;
  private final XYChart chart;
  private double low = Double.POSITIVE_INFINITY;
  private double high;

  private FamiliesFigure(FamilyTrials families) {
    this.families = families;
    this.names = families.ranked();
    int splits = families.trials().of(names.get(0)).size();
    String title = "Families on " + Texts.count(splits, "split");
    int height = AROUND + ROW * names.size();
    this.chart = Ink.chart(760, height, title, "accuracy, mean over users", "");
  }

  static Figure of(FamilyTrials families) {
    return new FamiliesFigure(families).drawn();
  }

  private Figure drawn() {
    var counts = families.trials().counts();
    int last = counts.get(counts.size() - 1);
    dots("unseen items", FamilyTrials::onUnseenItems, Ink.colour(2), Mark.of(3, 10));
    dots("new users, nothing said", t -> t.accuracyAfter(0), Ink.GREY, Mark.of(4, 8));
    String after = "new users after " + Texts.count(last, "answer");
    dots(after, t -> t.accuracyAfter(last), Ink.colour(1), Mark.square(9));
    double best = mean(names.get(0), t -> t.seen().macroAccuracy());
    for (int i = 1; i < names.size(); i++) whisker(i, best);
    String seen = "seen users (line: 95 % of the difference to " + Ink.cut(names.get(0)) + ")";
    dots(seen, t -> t.seen().macroAccuracy(), Ink.colour(0), Mark.circle(11));
    double[] low = {best, -0.5};
    double[] high = {best, names.size() - 0.5};
    Ink.segment(chart, "pick", low, high, Ink.GREY, Ink.dashed(1.2f));
    layOut();
    return Figure.of(chart, "Accuracy of families of models. " + families.verdict());
  }

  private double mean(String family, ToDoubleFunction<Trials.Trial> figure) {
    return families.trials().spread(family, figure).mean();
  }

  /** The pick's row is the highest. */
  private double row(int i) {
    return names.size() - 1 - i;
  }

  private void dots(String name, ToDoubleFunction<Trials.Trial> figure, Color colour, Mark mark) {
    double[] x = names.stream().mapToDouble(family -> mean(family, figure)).toArray();
    double[] y = IntStream.range(0, x.length).mapToDouble(this::row).toArray();
    double[] known = Arrays.stream(x).filter(value -> !Double.isNaN(value)).toArray();
    for (double value : known) met(value);
    if (known.length > 0) Ink.dots(chart, name, x, y, colour, mark);
  }

  private void met(double value) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }

  private void whisker(int i, double best) {
    var interval = families.againstPick(names.get(i)).interval();
    double[] from = {best + interval.low(), row(i)};
    double[] to = {best + interval.high(), row(i)};
    met(from[0]);
    met(to[0]);
    Ink.segment(chart, "interval " + i, from, to, Ink.colour(0), Ink.solid(1.6f));
  }

  private void layOut() {
    double air = 0.04 * (high - low);
    Axes.range(chart, low - air, high + air, -0.5, names.size() - 0.5);
    var styler = chart.getStyler();
    styler.setXAxisDecimalPattern("0.00");
    styler.setYAxisTickMarkSpacingHint(ROW - 4);
    var upwards = new ArrayList<>(names.stream().map(Ink::cut).toList());
    Collections.reverse(upwards);
    styler.setyAxisTickLabelsFormattingFunction(at -> Axes.name(upwards, at));
  }
}
