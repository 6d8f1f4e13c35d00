package palette.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
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
 * sweep.summary();    // one row a value
 * }</pre>
 *
 * @param <T> the type of the option's values
 */
public final class Sweep<T> implements Tabled {
  private final String option;
  private final List<T> values;
  private final List<Run<T>> runs;
  private final int planned;

  Sweep(String option, List<T> values, List<Run<T>> runs, int planned) {
    this.option = option;
    this.values = values;
    this.runs = List.copyOf(runs);
    this.planned = planned;
  }

  /**
   * One fit: which value, which repeat (from 1), its seed, what was learned, and how well it does
   * on the test.
   */
  public record Run<T>(
      T value, int repeat, long seed, RewardModel model, Evaluation evaluation, double seconds) {}

  /** A figure of one value over its repeats; {@code deviation} is NaN for a single repeat. */
  public record Spread(int repeats, double mean, double deviation) {}

  /** Begins a sweep over an option; the name is for tables and axes. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the values are only read
  public static <T> SweepPlan<T> over(String option, T... values) {
    return new SweepPlan<>(option, Arrays.asList(values), null, 1, 1, SweepPlan.cores());
  }

  /** The option's name. */
  public String option() {
    return option;
  }

  /** The option's values, in order. */
  public List<T> values() {
    return values;
  }

  /** Every fit, by value and then by repeat. */
  public List<Run<T>> runs() {
    return runs;
  }

  /** Whether every planned fit came to its end; false after an interrupt. */
  public boolean complete() {
    return runs.size() == planned;
  }

  /** Mean and standard deviation (n - 1) of a figure over the repeats of a value. */
  public Spread spread(T value, ToDoubleFunction<Evaluation> figure) {
    double[] figures =
        runs.stream()
            .filter(run -> run.value.equals(value))
            .mapToDouble(run -> figure.applyAsDouble(run.evaluation))
            .toArray();
    double mean = Arrays.stream(figures).average().orElse(Double.NaN);
    double squares = Arrays.stream(figures).map(f -> (f - mean) * (f - mean)).sum();
    double deviation = figures.length < 2 ? Double.NaN : Math.sqrt(squares / (figures.length - 1));
    return new Spread(figures.length, mean, deviation);
  }

  /** One row a fit. */
  public Table table() {
    return Table.create(
        "Sweep over " + option,
        column(runs.stream().map(Run::value).toList()),
        IntColumn.create("repeat", runs.stream().mapToInt(Run::repeat).toArray()),
        LongColumn.create("seed", runs.stream().mapToLong(Run::seed).toArray()),
        figures("accuracy", Evaluation::accuracy),
        figures("macro_accuracy", Evaluation::macroAccuracy),
        figures("worst_tenth", Evaluation::worstTenth),
        figures("log_loss", Evaluation::logLoss),
        figures("brier", Evaluation::brier),
        DoubleColumn.create("seconds", runs.stream().mapToDouble(Run::seconds).toArray()));
  }

  /** One row a value: number of repeats, then mean and standard deviation of each figure. */
  public Table summary() {
    var table = Table.create("Sweep over " + option, column(values));
    var repeats = values.stream().mapToInt(v -> spread(v, e -> 0).repeats).toArray();
    table.addColumns(IntColumn.create("repeats", repeats));
    summarise(table, "accuracy", Evaluation::accuracy);
    summarise(table, "macro_accuracy", Evaluation::macroAccuracy);
    summarise(table, "log_loss", Evaluation::logLoss);
    return table;
  }

  private void summarise(Table table, String name, ToDoubleFunction<Evaluation> figure) {
    var spreads = values.stream().map(v -> spread(v, figure)).toList();
    table.addColumns(
        DoubleColumn.create(name, spreads.stream().mapToDouble(Spread::mean).toArray()),
        DoubleColumn.create(name + "_sd", spreads.stream().mapToDouble(Spread::deviation)));
  }

  private DoubleColumn figures(String name, ToDoubleFunction<Evaluation> figure) {
    return DoubleColumn.create(
        name, runs.stream().mapToDouble(run -> figure.applyAsDouble(run.evaluation)).toArray());
  }

  /** Whole numbers, numbers or names, whatever the values are. */
  private Column<?> column(List<T> entries) {
    if (entries.stream().allMatch(Integer.class::isInstance)) {
      return IntColumn.create(option, entries.stream().mapToInt(v -> (Integer) v).toArray());
    }
    if (entries.stream().allMatch(Number.class::isInstance)) {
      return DoubleColumn.create(
          option, entries.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray());
    }
    return StringColumn.create(option, entries.stream().map(String::valueOf).toList());
  }

  @Override
  public Sheet sheet() {
    return new Sheet(caption(), header(), rows());
  }

  @Override
  public String toString() {
    return text();
  }

  private String caption() {
    String fits = complete() ? Texts.count(planned, "fit") : runs.size() + " of " + planned;
    return "Sweep over " + option + ": " + fits + (complete() ? "" : " fits, interrupted");
  }

  private List<String> header() {
    return List.of(option, "repeats", "accuracy, mean over users", "accuracy, pooled", "log loss");
  }

  private List<List<String>> rows() {
    var rows = new ArrayList<List<String>>();
    for (T value : values) {
      rows.add(
          List.of(
              String.valueOf(value),
              "" + spread(value, e -> 0).repeats,
              show(spread(value, Evaluation::macroAccuracy)),
              show(spread(value, Evaluation::accuracy)),
              show(spread(value, Evaluation::logLoss))));
    }
    return rows;
  }

  private static String show(Spread spread) {
    if (spread.repeats == 0) return "";
    if (spread.repeats == 1) return Texts.format("%.3f", spread.mean);
    return Texts.format("%.3f ± %.3f", spread.mean, spread.deviation);
  }
}
