package palette.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import palette.data.Preferences;
import palette.reward.Choices;
import palette.reward.Link;
import palette.reward.PersonalModel;
import palette.reward.Scorer;
import palette.support.Bootstrap;
import palette.support.Interval;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How well a model predicts answers it has not seen. Each row counts once, whatever its weight; a
 * margin of exactly 0 counts one half, and ties stand apart ({@link #ties}). P_j is the model's
 * probability of the chosen item, given that one of the two was chosen: sigmoid(m_j / T) with the
 * margin m_j and the temperature T, unless the model learned another link ({@link Link}):
 *
 * <ul>
 *   <li>accuracy, pooled (micro): the share of answers with m_j &gt; 0;
 *   <li>accuracy, mean over users (macro): each user's own share, averaged, so that people who
 *       answered much do not drown the others;
 *   <li>worst tenth: the mean accuracy of the tenth of the users with the lowest (rounded up). With
 *       few answers a user this is partly bad luck;
 *   <li>log loss, mean of -log P_j (.693 knows nothing), and Brier score, mean of (1 - P_j)^2 (.25
 *       knows nothing), both pooled.
 * </ul>
 *
 * <p>Intervals resample whole users (with a single user: answers), 2,000 times, by percentile; with
 * less than some twenty users they are too narrow.
 *
 * <p>A {@link PersonalModel} cannot score users it never met: their answers are scored by its
 * {@link PersonalModel#population} and reported apart as {@link #unseen}.
 *
 * <pre>{@code
 * var evaluation = Evaluation.of(model, split.test());
 * evaluation.accuracy();          // .941
 * evaluation.interval();          // .935 to .947
 * }</pre>
 */
public final class Evaluation implements Tabled {
  static final long SEED = 1; // of resamples

  private final String model;
  private final Preferences test;
  private final Predictions said;
  private final Units users;
  private final Units units; // what is resampled

  private Evaluation(String model, Preferences test, Predictions said) {
    this.model = model;
    this.test = test;
    this.said = said;
    this.users = Units.byUser(test, said.margins(), said.logOdds());
    this.units = users.size() > 1 ? users : Units.byAnswer(said.margins(), said.logOdds());
  }

  /** Asks the model about every answer of the test. */
  public static Evaluation of(Scorer model, Preferences test) {
    var said = Predictions.of(model, test);
    return new Evaluation(model.name(), test, said);
  }

  /** Several models on the same test, the differences to the first of them paired by user. */
  public static Comparisons compare(List<Evaluation> evaluations) {
    return new Comparisons(evaluations);
  }

  /** The model's name. */
  public String model() {
    return model;
  }

  /** Number of answers. */
  public int answers() {
    return said.margins().length;
  }

  /** Number of users with at least one answer. */
  public int users() {
    return users.size();
  }

  /** Share of all answers that the model gets right. */
  public double accuracy() {
    return users.pooled(users.hits());
  }

  /** 95 % interval of {@link #accuracy}. */
  public Interval interval() {
    return Bootstrap.ratio(units.hits(), units.answers(), SEED);
  }

  /** Mean over users of each user's accuracy. */
  public double macroAccuracy() {
    return users.macro(users.hits());
  }

  /** 95 % interval of {@link #macroAccuracy}. */
  public Interval macroInterval() {
    return Bootstrap.mean(units.means(units.hits()), SEED);
  }

  /** Each user's accuracy by id, in the order of the test's users. */
  public Map<String, Double> byUser() {
    double[] accuracies = users.means(users.hits());
    var all = new LinkedHashMap<String, Double>();
    for (int u = 0; u < accuracies.length; u++) all.put(users.ids()[u], accuracies[u]);
    return all;
  }

  /** Mean accuracy of the tenth of the users whom the model serves worst. */
  public double worstTenth() {
    double[] accuracies = users.means(users.hits());
    Arrays.sort(accuracies);
    int tenth = (accuracies.length + 9) / 10;
    return Arrays.stream(accuracies, 0, tenth).average().orElse(Double.NaN);
  }

  /** Mean of -log P(chosen), in nats. */
  public double logLoss() {
    return users.pooled(users.losses());
  }

  /** 95 % interval of {@link #logLoss}. */
  public Interval logLossInterval() {
    return Bootstrap.ratio(units.losses(), units.answers(), SEED);
  }

  /**
   * Mean of -log P(a choice), in nats, where all rows in which somebody prefers the same item are
   * one choice ({@link Choices}): of rankings in all their pairs that of a stage.
   */
  public double choiceLoss() {
    int[] first = Choices.of(test);
    var together = new TreeMap<Integer, List<Double>>();
    for (int row = 0; row < first.length; row++) {
      together.computeIfAbsent(first[row], r -> new ArrayList<>()).add(said.logOdds()[row]);
    }
    return together.values().stream().mapToDouble(Evaluation::choiceLoss).average().orElse(0);
  }

  private static double choiceLoss(List<Double> logOdds) {
    double[] m = logOdds.stream().mapToDouble(Double::doubleValue).toArray();
    return Choices.loss(m, 0, m.length, m.clone());
  }

  /** Mean of (1 - P(chosen))^2. */
  public double brier() {
    return users.pooled(users.briers());
  }

  /** 95 % interval of {@link #brier}. */
  public Interval brierInterval() {
    return Bootstrap.ratio(units.briers(), units.answers(), SEED);
  }

  /** What the model says against how often it is right. */
  public Calibration calibration() {
    return Calibration.of(said.logOdds());
  }

  /**
   * Answers by how probable a tie was, and how many were ties; empty where the model's link knows
   * no ties or the test has none.
   */
  public Optional<Calibration> ties() {
    return Optional.ofNullable(said.ties());
  }

  /** The margins of the test's answers, in order. */
  public double[] margins() {
    return said.margins().clone();
  }

  /** Only the users whom the model met in training; empty if it met none of them. */
  public Optional<Evaluation> seen() {
    return said.seen() == null ? Optional.of(this) : part(true);
  }

  /** Only the users whom the model never met; empty if there are none. */
  public Optional<Evaluation> unseen() {
    return said.seen() == null ? Optional.empty() : part(false);
  }

  private Optional<Evaluation> part(boolean wanted) {
    var rows = test.where(row -> said.seen()[test.user(row)] == wanted);
    if (rows.size() == 0) return Optional.empty();
    return Optional.of(new Evaluation(model, rows, said.part(test, wanted)));
  }

  /** One row a user: user, answers, accuracy, log_loss, brier, seen. */
  public Table table() {
    var met = BooleanColumn.create("seen");
    for (var id : users.ids())
      met.append(said.seen() == null || said.seen()[test.users().indexOf(id)]);
    return Table.create(
        model,
        StringColumn.create("user", users.ids()),
        IntColumn.create("answers", Arrays.stream(users.answers()).mapToInt(n -> (int) n)),
        DoubleColumn.create("accuracy", users.means(users.hits())),
        DoubleColumn.create("log_loss", users.means(users.losses())),
        DoubleColumn.create("brier", users.means(users.briers())),
        met);
  }

  Units perUser() {
    return users;
  }

  Units resampled() {
    return units;
  }

  boolean sameTestAs(Evaluation other) {
    return test == other.test || test.comparisons().equals(other.test.comparisons());
  }

  @Override
  public Sheet sheet() {
    String test = Texts.count(answers(), "answer") + " of " + Texts.count(users(), "user");
    var header = new ArrayList<>(List.of("", "value", "95 % interval"));
    if (said.seen() != null) {
      seen().ifPresent(part -> header.add(Texts.count(part.users(), "seen user")));
      unseen().ifPresent(part -> header.add(Texts.count(part.users(), "unseen user")));
    }
    return new Sheet(model + ": " + test, header, rows());
  }

  @Override
  public String toString() {
    return text();
  }

  private List<List<String>> rows() {
    var rows = new ArrayList<List<String>>();
    String pooled = users() > 1 ? "accuracy, pooled" : "accuracy";
    rows.add(row(pooled, interval().toString(), Evaluation::accuracy));
    if (users() > 1) {
      String macro = macroInterval().toString();
      rows.add(row("accuracy, mean over users", macro, Evaluation::macroAccuracy));
      rows.add(row("accuracy, worst tenth of users", "", Evaluation::worstTenth));
    }
    rows.add(row("log loss", logLossInterval().toString(), Evaluation::logLoss));
    rows.add(row("Brier score", brierInterval().toString(), Evaluation::brier));
    rows.add(row("calibration error", "", e -> e.calibration().error()));
    if (said.ties() != null) {
      rows.add(List.of("ties, as said", number(said.ties().all().said()), ""));
      rows.add(List.of("ties, as seen", number(said.ties().all().right()), ""));
    }
    return rows;
  }

  private List<String> row(String label, String interval, ToDoubleFunction<Evaluation> figure) {
    var cells = new ArrayList<>(List.of(label, number(figure.applyAsDouble(this)), interval));
    if (said.seen() != null) {
      seen().ifPresent(part -> cells.add(number(figure.applyAsDouble(part))));
      unseen().ifPresent(part -> cells.add(number(figure.applyAsDouble(part))));
    }
    return cells;
  }

  private static String number(double value) {
    return Texts.format("%.3f", value);
  }
}
