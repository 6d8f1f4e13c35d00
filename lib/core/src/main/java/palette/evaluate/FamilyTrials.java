package palette.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import palette.reward.PersonalModel;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * Families of models on the same splits of the same answers, and what these support. The
 * <i>pick</i> is the family of the lowest log loss on validation answers, so that no test answer
 * has a say in it; all others are held against it on hidden answers of seen users, paired by user.
 *
 * <pre>{@code
 * var trials = Trials.of(voices).seeds(3).run(Families.all());
 * trials.verdict();       // "People differ here: ..." or "One score for everybody is enough here ..."
 * Plots.families(trials)
 * }</pre>
 *
 * @param trials every fit
 * @param leftOut the families that say nothing of items known by id only
 */
public record FamilyTrials(Trials trials, List<String> leftOut) implements Tabled {

  /** The families, those with the lowest log loss on validation answers first. */
  public List<String> ranked() {
    return trials.models().stream()
        .sorted(Comparator.comparingDouble(family -> mean(family, t -> t.validated().logLoss())))
        .toList();
  }

  /** The family of the lowest log loss on validation answers. */
  public String pick() {
    return ranked().get(0);
  }

  private double mean(String family, ToDoubleFunction<Trials.Trial> figure) {
    return trials.spread(family, figure).mean();
  }

  /** How many numbers a family finds out of each person, mean over the splits. */
  public double numbers(String family) {
    return mean(family, t -> t.model() instanceof PersonalModel personal ? personal.numbers() : 0);
  }

  /** By how much a family does better than the pick on hidden answers of seen users. */
  public Gain againstPick(String family) {
    return trials.gain(family, pick());
  }

  // ------------------------------------------------------------------------- what data support

  /** One sentence: whether people differ, and which families serve them alike. */
  public String verdict() {
    String best = pick();
    // K = 1 of another family would do, if none has one score by what it is.
    var everybody =
        ranked().stream()
            .filter(family -> numbers(family) == 0)
            .min(Comparator.comparing(family -> !sizes(family).isEmpty()));
    if (everybody.isEmpty()) return "By validation answers: " + best + ". " + alike(best);
    String enough = "One score for everybody is enough here. ";
    if (everybody.get().equals(best)) {
      return enough + "By validation answers no family does better than " + best + ".";
    }
    var gain = trials.gain(best, everybody.get());
    return gain.clear() ? "People differ here. " + gain + " " + alike(best) : enough + gain;
  }

  private String alike(String best) {
    var alike = ranked().stream().filter(f -> !f.equals(best) && !trials.gain(f, best).worse());
    var names = new ArrayList<>(alike.filter(f -> numbers(f) > 0).toList());
    if (names.isEmpty()) return "All other families are clearly worse.";
    String list = String.join("; ", names);
    names.add(0, best);
    String least = names.stream().min(Comparator.comparingDouble(this::numbers)).orElse(best);
    String fewest = Texts.count(Math.round(numbers(least)), "number");
    return Texts.format(
        "Not clearly worse: %s. Least to find out: %s, %s a person.", list, least, fewest);
  }

  // --------------------------------------------------------------------------------- the table

  private List<String> header() {
    var header = new ArrayList<>(List.of("family", "K", "numbers a person", "seen users"));
    header.addAll(List.of("difference, 95 %", "worst tenth", "log loss", "calibration error"));
    for (int n : trials.counts()) {
      header.add((n == trials.counts().get(0) ? "new, after " : "after ") + n);
    }
    header.addAll(List.of("unseen items", "seconds a fit"));
    return header;
  }

  private List<String> row(String family) {
    var row = new ArrayList<>(List.of(family, sizes(family), number(numbers(family), "%.0f")));
    row.add(trials.spread(family, t -> t.seen().macroAccuracy()).toString());
    row.add(difference(family));
    row.add(number(mean(family, t -> t.seen().worstTenth()), "%.3f"));
    row.add(number(mean(family, t -> t.seen().logLoss()), "%.3f"));
    row.add(number(mean(family, t -> t.seen().calibration().error()), "%.3f"));
    for (int n : trials.counts()) row.add(number(mean(family, t -> t.accuracyAfter(n)), "%.3f"));
    row.add(number(mean(family, FamilyTrials::onUnseenItems), "%.3f"));
    row.add(number(mean(family, Trials.Trial::seconds), "%.1f"));
    return row;
  }

  /** Macro accuracy on items hidden from training; NaN where that was not tried. */
  public static double onUnseenItems(Trials.Trial trial) {
    return trial.unseenItems() == null ? Double.NaN : trial.unseenItems().macroAccuracy();
  }

  /** K as it was taken on each split. */
  private String sizes(String family) {
    return trials.of(family).stream()
        .map(t -> t.size() == 0 ? "" : "" + t.size())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private String difference(String family) {
    if (family.equals(pick())) return "";
    var gain = againstPick(family);
    var i = gain.interval();
    return Texts.format("%+.3f (%+.3f to %+.3f)", gain.value(), i.low(), i.high());
  }

  private static String number(double value, String pattern) {
    return Double.isNaN(value) ? "" : Texts.format(pattern, value);
  }

  /** One row a family. */
  @Override
  public Sheet sheet() {
    String splits = Texts.count(trials.of(pick()).size(), "split");
    String against = pick() + ", which has the lowest log loss on validation answers";
    String caption =
        "Families on " + splits + ", accuracy as mean over users; differences to " + against;
    return new Sheet(caption, header(), ranked().stream().map(this::row).toList());
  }

  @Override
  public List<String> sentences() {
    if (leftOut.isEmpty()) return List.of(verdict());
    String left = String.join(", ", leftOut);
    return List.of(verdict(), "Left out, since items are known by id only: " + left + ".");
  }

  @Override
  public String toString() {
    return text();
  }
}
