package palette.evaluate;

import java.util.List;
import palette.numeric.VectorLoops;
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
 *
 * @param evaluations the baseline first; all of the same answers in the same order
 */
public record Comparisons(List<Evaluation> evaluations) implements Tabled {
  private static final List<String> HEADER =
      List.of(
          "model",
          "accuracy, mean over users",
          "difference to the first",
          "95 % interval",
          "worst tenth",
          "accuracy, pooled",
          "log loss");

  public Comparisons {
    evaluations = List.copyOf(Checks.notEmpty("evaluations", evaluations));
    for (var e : evaluations) {
      boolean same = e.sameTestAs(evaluations.get(0));
      Checks.require(
          same, "evaluations", "the same test for all", "another for '" + e.model() + "'");
    }
  }

  /** A difference in macro accuracy, {@code model} minus {@code baseline}. */
  public record Difference(String model, String baseline, double value, Interval interval) {

    /** Whether the interval leaves zero out. */
    public boolean clear() {
      return !interval.contains(0);
    }
  }

  /** The difference of each model but the first to the first. */
  public List<Difference> differences() {
    return evaluations.stream().skip(1).map(e -> difference(e, evaluations.get(0))).toList();
  }

  private static Difference difference(Evaluation model, Evaluation baseline) {
    double[] of = model.resampled().means(model.resampled().hits());
    double[] than = baseline.resampled().means(baseline.resampled().hits());
    return new Difference(
        model.model(),
        baseline.model(),
        model.macroAccuracy() - baseline.macroAccuracy(),
        Bootstrap.mean(VectorLoops.minus(of, than), Evaluation.SEED));
  }

  @Override
  public Sheet sheet() {
    var first = evaluations.get(0);
    String answers = Texts.count(first.answers(), "answer");
    String test = answers + " of " + Texts.count(first.users(), "user");
    var rows = evaluations.stream().map(e -> row(e, e == first)).toList();
    return new Sheet(Texts.count(evaluations.size(), "model") + " on " + test, HEADER, rows);
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

  @Override
  public String toString() {
    return text();
  }
}
