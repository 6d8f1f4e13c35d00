package palette.evaluate;

import java.util.ArrayList;
import java.util.List;
import palette.support.Bootstrap;
import palette.support.Checks;
import palette.support.Interval;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * Several models on the same test. Differences are to the first model, in macro accuracy, and
 * paired: a resample draws users, and each drawn user brings both models' accuracies. That makes
 * the interval of a difference far narrower than two separate intervals suggest.
 */
public final class Comparisons implements Tabled {
  private final List<Evaluation> evaluations;

  private Comparisons(List<Evaluation> evaluations) {
    this.evaluations = List.copyOf(evaluations);
  }

  /** A difference in macro accuracy, {@code model} minus {@code baseline}. */
  public record Difference(String model, String baseline, double value, Interval interval) {

    /** Whether the interval leaves zero out. */
    public boolean clear() {
      return !interval.contains(0);
    }
  }

  /** The first evaluation is the baseline; all must be of the same answers in the same order. */
  public static Comparisons of(List<Evaluation> evaluations) {
    Checks.notEmpty("evaluations", evaluations);
    for (var e : evaluations) {
      boolean same = e.sameTestAs(evaluations.get(0));
      Checks.require(
          same, "evaluations", "the same test for all", "another for '" + e.model() + "'");
    }
    return new Comparisons(evaluations);
  }

  /** All evaluations, the baseline first. */
  public List<Evaluation> evaluations() {
    return evaluations;
  }

  /** The difference of each model but the first to the first. */
  public List<Difference> differences() {
    return evaluations.stream().skip(1).map(e -> difference(e, evaluations.get(0))).toList();
  }

  private static Difference difference(Evaluation model, Evaluation baseline) {
    double[] of = model.resampled().means(model.resampled().hits());
    double[] than = baseline.resampled().means(baseline.resampled().hits());
    double[] by = new double[of.length];
    for (int i = 0; i < by.length; i++) by[i] = of[i] - than[i];
    return new Difference(
        model.model(),
        baseline.model(),
        model.macroAccuracy() - baseline.macroAccuracy(),
        Bootstrap.mean(by, baseline.seed()));
  }

  @Override
  public Sheet sheet() {
    return new Sheet(caption(), HEADER, rows());
  }

  @Override
  public String toString() {
    return text();
  }

  private static final List<String> HEADER =
      List.of(
          "model",
          "accuracy, mean over users",
          "difference to the first",
          "95 % interval",
          "worst tenth",
          "accuracy, pooled",
          "log loss");

  private String caption() {
    var first = evaluations.get(0);
    return Texts.count(evaluations.size(), "model")
        + " on "
        + Texts.count(first.answers(), "answer")
        + " of "
        + Texts.count(first.users(), "user");
  }

  private List<List<String>> rows() {
    var rows = new ArrayList<List<String>>();
    for (var e : evaluations) rows.add(row(e, rows.isEmpty()));
    return rows;
  }

  private List<String> row(Evaluation e, boolean first) {
    var d = difference(e, evaluations.get(0));
    var i = d.interval();
    return List.of(
        e.model(),
        Texts.format("%.3f", e.macroAccuracy()),
        first ? "" : Texts.format("%+.3f", d.value()),
        first ? "" : Texts.format("%+.3f to %+.3f", i.low(), i.high()),
        Texts.format("%.3f", e.worstTenth()),
        Texts.format("%.3f", e.accuracy()),
        Texts.format("%.3f", e.logLoss()));
  }
}
