package palette.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;
import palette.reward.RewardModel;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The same data fitted with one option at several values, each several times with other seeds. All
 * values share the seeds of their repeats, so that they differ in the option alone. The split is
 * the same for every fit: the spread over repeats is that of the training, not that of the data.
 *
 * <p>The test answers are for reporting. Whoever picks the value that looks best here and reports
 * its accuracy reports too high a figure; {@link SweepPlan#choose} looks at training answers only.
 *
 * <pre>{@code
 * var sweep = Sweep.over("prototypes", 1, 2, 3, 4)
 *     .specs(k -> PalA.spec().prototypes(k)).repeat(5).run(split);
 * sweep.table();      // one row a fit
 * }</pre>
 *
 * @param option its name
 * @param values of the option, in order
 * @param runs every fit, by value and then by repeat
 * @param planned how many fits were to be
 * @param <T> the type of the option's values
 */
public record Sweep<T>(String option, List<T> values, List<Run<T>> runs, int planned)
    implements Tabled {

  public Sweep {
    values = List.copyOf(values);
    runs = List.copyOf(runs);
  }

  /**
   * One fit: which value, which repeat (from 1), its seed, what was learned, and how well it does
   * on the test.
   */
  public record Run<T>(
      T value, int repeat, long seed, RewardModel model, Evaluation evaluation, double seconds) {}

  /** A figure of one value over its repeats; {@code deviation} is NaN for a single repeat. */
  public record Spread(int repeats, double mean, double deviation) {

    /** Mean and standard deviation (n - 1) of some figures. */
    static Spread of(double[] figures) {
      int n = figures.length;
      double deviation = n < 2 ? Double.NaN : Math.sqrt(StatUtils.variance(figures));
      return new Spread(n, StatUtils.mean(figures), deviation);
    }

    /** "0.912 ± 0.004"; empty where there is nothing. */
    @Override
    public String toString() {
      if (Double.isNaN(mean)) return "";
      if (repeats == 1) return Texts.format("%.3f", mean);
      return Texts.format("%.3f ± %.3f", mean, deviation);
    }
  }

  /** Begins a sweep over an option; the name is for tables and axes. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the values are only read
  public static <T> SweepPlan<T> over(String option, T... values) {
    return new SweepPlan<>(option, Arrays.asList(values), null, 1, 1, SweepPlan.cores());
  }

  /** Whether every planned fit came to its end; false after an interrupt. */
  public boolean complete() {
    return runs.size() == planned;
  }

  /** Mean and standard deviation (n - 1) of a figure over the repeats of a value. */
  public Spread spread(T value, ToDoubleFunction<Evaluation> figure) {
    return Spread.of(
        runs.stream()
            .filter(run -> run.value.equals(value))
            .mapToDouble(run -> figure.applyAsDouble(run.evaluation))
            .toArray());
  }

  /** One row a fit. */
  public Table table() {
    return Table.create(
        "Sweep over " + option,
        column(),
        IntColumn.create("repeat", runs.stream().mapToInt(Run::repeat).toArray()),
        LongColumn.create("seed", runs.stream().mapToLong(Run::seed).toArray()),
        figures("accuracy", Evaluation::accuracy),
        figures("macro_accuracy", Evaluation::macroAccuracy),
        figures("worst_tenth", Evaluation::worstTenth),
        figures("log_loss", Evaluation::logLoss),
        figures("brier", Evaluation::brier),
        DoubleColumn.create("seconds", runs.stream().mapToDouble(Run::seconds).toArray()));
  }

  private DoubleColumn figures(String name, ToDoubleFunction<Evaluation> figure) {
    return DoubleColumn.create(
        name, runs.stream().mapToDouble(run -> figure.applyAsDouble(run.evaluation)).toArray());
  }

  /** Whole numbers, numbers or names, whatever the values are. */
  private Column<?> column() {
    var entries = runs.stream().map(Run::value).toList();
    if (entries.stream().allMatch(Integer.class::isInstance)) {
      return IntColumn.create(option, entries.stream().mapToInt(v -> (Integer) v));
    }
    if (entries.stream().allMatch(Number.class::isInstance)) {
      return DoubleColumn.create(
          option, entries.stream().mapToDouble(v -> ((Number) v).doubleValue()));
    }
    return StringColumn.create(option, entries.stream().map(String::valueOf).toList());
  }

  @Override
  public Sheet sheet() {
    String fits = complete() ? Texts.count(planned, "fit") : runs.size() + " of " + planned;
    String caption = "Sweep over " + option + ": " + fits;
    if (!complete()) caption += " fits, interrupted";
    var rows = new ArrayList<List<String>>();
    for (T value : values) {
      rows.add(
          List.of(
              String.valueOf(value),
              "" + spread(value, e -> 0).repeats,
              spread(value, Evaluation::macroAccuracy).toString(),
              spread(value, Evaluation::accuracy).toString(),
              spread(value, Evaluation::logLoss).toString()));
    }
    var header =
        List.of(option, "repeats", "accuracy, mean over users", "accuracy, pooled", "log loss");
    return new Sheet(caption, header, rows);
  }

  @Override
  public String toString() {
    return text();
  }
}
