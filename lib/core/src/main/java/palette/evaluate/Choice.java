package palette.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import palette.data.Preferences;
import palette.numeric.VectorLoops;
import palette.support.Checks;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * An option chosen by training answers, K above all: the log loss of answers set aside, several
 * times, with its standard error; how alike the prototypes are from one repeat to the next; and the
 * first value whose loss lies within one standard error of the lowest. Values go from the simplest
 * on, so that the first is the smallest K.
 *
 * <p>The loss is pooled over repeats, L = sum_u l_u / sum_u n_u. Its standard error is the larger
 * of two. Over U users, whose answers depend on each other: {@code sqrt(U / (U - 1) sum_u (l_u - L
 * n_u)^2) / sum_u n_u}. Over R repeats, each with a pooled loss L_r of its own: {@code sqrt(sum_r
 * (L_r - mean)^2 / (R - 1)) / sqrt(R)}, which is the larger one where few answers are set aside and
 * fits differ from start to start; one repeat has none. A value lies within one standard error if
 * its loss is above the lowest by no more than the lowest's error, or than that of the difference
 * of the two over repeats, L_r less the lowest's L_r: where the simpler value's fits scatter, that
 * the other's do not proves nothing. People differ from each other by more than two values do for
 * one of them, so the rule errs on the side of few prototypes (Breiman et al. 1984). What was
 * chosen is not "the true K": it is how many are worth having for this many answers.
 *
 * <pre>{@code
 * var choice = Sweep.over("prototypes", 1, 2, 3, 4, 6)
 *     .specs(k -> PalA.spec().prototypes(k)).repeat(5).choose(split.train());
 * choice.chosen();            // 3
 * Plots.choice(choice)
 * }</pre>
 *
 * @param option its name
 * @param candidates every value, in order
 * @param repeats how many came to their end
 * @param planned how many were to be
 * @param <T> the type of the option's values
 */
public record Choice<T>(String option, List<Candidate<T>> candidates, int repeats, int planned)
    implements Tabled {

  /**
   * One value.
   *
   * @param value what the option was set to
   * @param logLoss of answers set aside, in nats, over all repeats
   * @param error its standard error, the larger of those over users and over repeats
   * @param difference the standard error, over repeats, of what its loss is above the lowest
   * @param stability {@link Stability}, from about 0 to 1; NaN without prototypes (a free space has
   *     none) or with one repeat
   */
  public record Candidate<T>(
      T value, double logLoss, double error, double difference, double stability) {}

  /** From finished sweeps, each over another part of the training answers. */
  static <T> Choice<T> of(List<Sweep<T>> sweeps, int planned, Preferences probes) {
    var values = sweeps.get(0).values();
    var losses = values.stream().map(value -> lossOf(sweeps, value)).toList();
    var lowest = Collections.min(losses, Comparator.comparingDouble(Loss::logLoss));
    var candidates = new ArrayList<Candidate<T>>();
    for (int i = 0; i < values.size(); i++) {
      var loss = losses.get(i);
      T value = values.get(i);
      var models = sweeps.stream().map(sweep -> only(sweep, value).model()).toList();
      double stability = Stability.of(models, probes);
      candidates.add(
          new Candidate<>(value, loss.logLoss, loss.error, loss.differing(lowest), stability));
    }
    var all = List.copyOf(candidates);
    return new Choice<>(sweeps.get(0).option(), all, sweeps.size(), planned);
  }

  /** A value's pooled loss, its standard error, and the loss of each repeat. */
  private record Loss(double logLoss, double error, double[] byRepeat) {
    double differing(Loss from) {
      return overRepeats(VectorLoops.minus(byRepeat, from.byRepeat));
    }
  }

  private static <T> Loss lossOf(List<Sweep<T>> sweeps, T value) {
    var units = sweeps.stream().map(sweep -> only(sweep, value).evaluation().perUser()).toList();
    double[] repeats = units.stream().mapToDouble(part -> part.pooled(part.losses())).toArray();
    double[] loss = overUsers(units);
    return new Loss(loss[0], Math.max(loss[1], overRepeats(repeats)), repeats);
  }

  private static <T> Sweep.Run<T> only(Sweep<T> sweep, T value) {
    return sweep.runs().stream().filter(run -> run.value().equals(value)).findFirst().orElseThrow();
  }

  /** The standard error of the mean of some repeats; 0 of one. */
  private static double overRepeats(double[] losses) {
    var spread = Sweep.Spread.of(losses);
    return losses.length < 2 ? 0 : spread.deviation() / Math.sqrt(losses.length);
  }

  /** Pooled log loss and its standard error over users, each with all their answers. */
  static double[] overUsers(List<Units> parts) {
    var people = new LinkedHashMap<String, double[]>(); // sum of losses, number of answers
    for (var part : parts) {
      for (int i = 0; i < part.size(); i++) {
        double[] person = people.computeIfAbsent(part.ids()[i], id -> new double[2]);
        person[0] += part.losses()[i];
        person[1] += part.answers()[i];
      }
    }
    double losses = people.values().stream().mapToDouble(p -> p[0]).sum();
    double answers = people.values().stream().mapToDouble(p -> p[1]).sum();
    double mean = losses / answers;
    double squares =
        people.values().stream().mapToDouble(p -> Math.pow(p[0] - mean * p[1], 2)).sum();
    double users = people.size();
    Checks.require(users > 1, "users to choose by", "at least two", people.size());
    return new double[] {mean, Math.sqrt(users / (users - 1) * squares) / answers};
  }

  /** The candidate of the lowest loss. */
  public Candidate<T> lowest() {
    var lowest = candidates.get(0);
    for (var next : candidates) if (next.logLoss < lowest.logLoss) lowest = next;
    return lowest;
  }

  /**
   * How high a value's loss may be: above the lowest by the lowest's standard error, or by that of
   * their difference where it is larger.
   */
  public double limit(Candidate<T> value) {
    return lowest().logLoss + Math.max(lowest().error, value.difference);
  }

  /** The first value whose loss is within one standard error of the lowest. */
  public T chosen() {
    for (var next : candidates) if (isWithin(next)) return next.value;
    return lowest().value;
  }

  private boolean isWithin(Candidate<T> c) {
    return c.logLoss <= limit(c);
  }

  /** Whether every planned repeat came to its end; false after an interrupt. */
  public boolean complete() {
    return repeats == planned;
  }

  private String verdict(Candidate<T> c) {
    if (c.value.equals(chosen())) return "chosen";
    if (c == lowest()) return "lowest loss";
    return isWithin(c) ? "within one standard error" : "";
  }

  @Override
  public Sheet sheet() {
    String how = complete() ? "" : " of " + planned + ", interrupted";
    String times = Texts.count(repeats, "repeat") + how;
    String caption = "Choice of " + option + " by held-out answers of training, " + times;
    var header = List.of(option, "log loss ± standard error", "stability", "");
    var rows = new ArrayList<List<String>>();
    for (var c : candidates) {
      String stability = Double.isNaN(c.stability) ? "" : Texts.format("%.2f", c.stability);
      String loss = Texts.format("%.4f ± %.4f", c.logLoss, c.error);
      rows.add(List.of("" + c.value, loss, stability, verdict(c)));
    }
    return new Sheet(caption, header, rows);
  }

  @Override
  public String toString() {
    return text();
  }
}
