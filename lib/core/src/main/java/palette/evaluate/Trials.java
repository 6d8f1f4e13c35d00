package palette.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.reward.RewardModel;
import palette.support.Bootstrap;
import palette.support.Checks;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * Models fitted on several splits of the same answers ({@link Study}), and how each does on what
 * was held out: hidden answers of seen users, and new users after a few answers. Unlike a {@link
 * Sweep}, whose split is fixed, the spread over trials is that of the data's split.
 *
 * <pre>{@code
 * var trials = Trials.of(voices).seeds(3).run(Population.spec(), PalA.spec().prototypes(4));
 * trials.gain("PAL-A, K=4", "population").clear();
 * }</pre>
 *
 * @param all every fit, by seed and then in the order of the specs
 * @param counts after how many answers new users are looked at
 */
public record Trials(List<Trial> all, List<Integer> counts) implements Tabled {

  public Trials {
    all = List.copyOf(all);
    counts = List.copyOf(counts);
    var names = all.stream().map(Trial::name).distinct().toList();
    long different = all.stream().map(t -> t.name() + " " + t.seed).distinct().count();
    Checks.require(different == all.size(), "specs", "models of different names", names);
  }

  /**
   * One fit.
   *
   * @param name the model's, or its family's where that chose its size
   * @param size that was chosen, K of most families; 0 where there was nothing to choose
   * @param seed of the split and of the fit
   * @param parts the split
   * @param model what was learned
   * @param validated on the answers that the fit chose by; null where there are none
   * @param seen on hidden answers of users that the model knows by others
   * @param newcomers on users that it does not know; without points where nobody said enough
   * @param unseenItems on items that it does not know; null where that was not tried
   * @param seconds that the fit took, the choice of its size with it
   */
  public record Trial(
      String name,
      int size,
      long seed,
      Study parts,
      RewardModel model,
      Evaluation validated,
      Evaluation seen,
      LocalizationCurve newcomers,
      Evaluation unseenItems,
      double seconds) {

    /** Macro accuracy on new users after n answers; NaN where nobody said enough. */
    public double accuracyAfter(int n) {
      return newcomers.points().stream()
          .filter(point -> point.answers() == n)
          .mapToDouble(LocalizationCurve.Point::accuracy)
          .findFirst()
          .orElse(Double.NaN);
    }

    String line() {
      var points = newcomers.points();
      String line = Texts.format("%s, seed %d: seen %.3f", name, seed, seen.macroAccuracy());
      if (points.isEmpty()) return line;
      var last = points.get(points.size() - 1);
      String after = Texts.count(last.answers(), "answer");
      return line + Texts.format(", new %.3f after %s", last.accuracy(), after);
    }
  }

  /** Begins trials on judgements; they are parted before pairs are made of them. */
  public static TrialPlan of(Judgements voices) {
    return plan(voices.toString(), (seed, cap) -> Study.of(voices, seed, cap));
  }

  /** Begins trials on comparisons. */
  public static TrialPlan of(Preferences answers) {
    return plan(answers.toString(), (seed, cap) -> Study.of(answers, seed, cap));
  }

  private static TrialPlan plan(String data, Study.Source source) {
    var counts = List.of(0, 2, 5, 10, 20);
    return new TrialPlan(data, source, List.of(1L, 2L, 3L), counts, 200, SweepPlan.cores());
  }

  /** The models' names, in the order of the specs. */
  public List<String> models() {
    return all.stream().map(Trial::name).distinct().toList();
  }

  /** The fits of one model, by seed. */
  public List<Trial> of(String model) {
    var some = all.stream().filter(t -> t.name().equals(model)).toList();
    Checks.require(!some.isEmpty(), "model", "one of " + models(), model);
    return some;
  }

  /** How each model of the first split does on its new users; empty where nobody said enough. */
  public LocalizationCurve[] curves() {
    return all.stream()
        .filter(t -> t.seed == all.get(0).seed && !t.newcomers.points().isEmpty())
        .map(Trial::newcomers)
        .toArray(LocalizationCurve[]::new);
  }

  /** Mean and standard deviation (n - 1) of a figure of one model over the splits. */
  public Sweep.Spread spread(String model, ToDoubleFunction<Trial> figure) {
    return Sweep.Spread.of(of(model).stream().mapToDouble(figure).toArray());
  }

  /** By how much a model does better on seen users than another, and whether beyond noise. */
  public Gain gain(String model, String baseline) {
    var better = of(model);
    var than = of(baseline);
    double[] differences = new double[better.size()];
    var people = new LinkedHashMap<String, double[]>(); // sum of differences, number of splits
    for (int s = 0; s < differences.length; s++) {
      var a = better.get(s).seen;
      var b = than.get(s).seen;
      differences[s] = a.macroAccuracy() - b.macroAccuracy();
      collect(people, a.perUser(), b.perUser());
    }
    double[] sums = people.values().stream().mapToDouble(p -> p[0]).toArray();
    double[] times = people.values().stream().mapToDouble(p -> p[1]).toArray();
    var spread = Sweep.Spread.of(differences);
    var interval = Bootstrap.ratio(sums, times, Evaluation.SEED);
    return new Gain(
        model, baseline, spread.mean(), interval, differences.length, spread.deviation());
  }

  private static void collect(LinkedHashMap<String, double[]> people, Units a, Units b) {
    double[] of = a.means(a.hits());
    double[] than = b.means(b.hits());
    for (int i = 0; i < of.length; i++) {
      double[] person = people.computeIfAbsent(a.ids()[i], id -> new double[2]);
      person[0] += of[i] - than[i];
      person[1]++;
    }
  }

  @Override
  public Sheet sheet() {
    var header = new ArrayList<>(List.of("model", "seen users"));
    for (int n : counts) header.add((header.size() == 2 ? "new, after " : "after ") + n);
    var rows = new ArrayList<List<String>>();
    for (var model : models()) {
      var row = new ArrayList<>(List.of(model, show(spread(model, t -> t.seen.macroAccuracy()))));
      for (int n : counts) row.add(show(spread(model, t -> t.accuracyAfter(n))));
      rows.add(row);
    }
    String splits = Texts.count(all.size() / models().size(), "split");
    String caption = "Accuracy, mean over users; new ones after so many answers; ± sd over ";
    return new Sheet(caption + splits, header, rows);
  }

  private static String show(Sweep.Spread spread) {
    return Double.isNaN(spread.mean()) ? "nobody said enough" : spread.toString();
  }

  @Override
  public String toString() {
    return text();
  }
}
