package palette.data.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.data.Split;
import palette.support.Checks;
import palette.support.Html;
import palette.support.Rendered;
import palette.support.Texts;

/**
 * What is wrong with data before any model sees them, each finding with its rows and what to do.
 * Texts are compared without case, white space, formatting and (from three words on) punctuation.
 *
 * <ul>
 *   <li>Across a split: repeats, swapped twins, pairs, items and prompts that training has; near
 *       duplicates by the items' vectors.
 *   <li>Labels that something gives away: formatting ({@link FormatChecks}) or the order of ids
 *       that predicts the winner above chance, with its accuracy and a bound (binomial, for as many
 *       independent rows as the rows are worth; .05 for all features together); texts equal but for
 *       formatting.
 *   <li>Within the training part: repeats, pairs answered both ways, one text under several ids, a
 *       comparison graph in parts (where items have no vectors), users with few or one-sided
 *       answers.
 * </ul>
 *
 * O(n log n) in the rows; near duplicates cost at most n m d multiplications for n and m items of d
 * numbers, in blocks and mostly a sixth of it.
 *
 * <pre>{@code
 * DataChecks.of(split)
 * DataChecks.spec().near(0.2).fewestAnswers(10).of(train, test).found(Finding.Kind.FORMAT)
 * }</pre>
 *
 * @param findings in the order of looking
 * @param notes what was not looked at, a line each
 */
public record DataChecks(List<Finding> findings, List<String> notes) implements Rendered {

  public DataChecks {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /** Looks with the defaults at one set. */
  public static DataChecks of(Preferences answers) {
    return spec().of(answers);
  }

  /** Looks with the defaults at judgements: repeats, two ids, few and one-sided answers. */
  public static DataChecks of(Judgements judgements) {
    return spec().of(judgements);
  }

  /** Looks with the defaults at both parts and at what they share. */
  public static DataChecks of(Split<Preferences> split) {
    return spec().of(split.train(), split.test());
  }

  /** The same for parts of different origin. */
  public static DataChecks of(Preferences train, Preferences test) {
    return spec().of(train, test);
  }

  /**
   * Whether the place where an item was shown tells the winner, or a user always takes one place.
   * The test says of each row whether its chosen item stood first, {@code row ->
   * answers.shown().place(row) == 1} where places were read.
   */
  public static DataChecks ofPosition(Preferences answers, IntPredicate chosenFirst) {
    return new DataChecks(new FormatChecks(answers, "data").position(chosenFirst), List.of());
  }

  /** Near duplicates within .2, at least 5 answers a user. */
  public static Spec spec() {
    return new Spec(0.2, 5);
  }

  /**
   * How to look.
   *
   * @param near near duplicates are items within {@code |a - b| / max(|a|, |b|)} of each other; .2
   *     is a cosine of .98 for unit vectors; 0: not looked for
   * @param fewestAnswers users with fewer are reported
   */
  public record Spec(double near, int fewestAnswers) {

    public Spec {
      Checks.within(0, 2, "near", near);
      Checks.atLeast(0, "fewestAnswers", fewestAnswers);
    }

    /** Another distance; 0: near duplicates are not looked for. */
    public Spec near(double distance) {
      return new Spec(distance, fewestAnswers);
    }

    /** Another number of answers. */
    public Spec fewestAnswers(int fewest) {
      return new Spec(near, fewest);
    }

    public DataChecks of(Preferences answers) {
      var notes = new ArrayList<String>();
      return new DataChecks(alone(answers, "data", notes), notes);
    }

    public DataChecks of(Judgements judgements) {
      var found = new ArrayList<>(RepeatChecks.find(judgements, "data"));
      found.addAll(UserChecks.find(judgements, "data", fewestAnswers));
      return new DataChecks(found, List.of());
    }

    /** Looks at both parts and at what they share. */
    public DataChecks of(Preferences train, Preferences test) {
      var notes = new ArrayList<String>();
      var found = new ArrayList<>(SplitChecks.find(train, test, near, notes));
      found.addAll(alone(train, "train", notes));
      found.addAll(new FormatChecks(test, "test").find());
      return new DataChecks(found, notes);
    }

    private List<Finding> alone(Preferences answers, String part, List<String> notes) {
      var found = new ArrayList<>(new FormatChecks(answers, part).find());
      found.addAll(RepeatChecks.find(answers, part));
      if (answers.items().hasVectors()) {
        notes.add("Connections were not looked at: vectors compare items that nobody compared.");
      } else {
        found.addAll(GraphChecks.find(answers, part));
      }
      found.addAll(UserChecks.find(answers, part, fewestAnswers));
      return found;
    }
  }

  /** The findings of one kind. */
  public List<Finding> found(Finding.Kind kind) {
    return findings.stream().filter(f -> f.kind() == kind).toList();
  }

  /** Whether nothing was found. */
  public boolean clean() {
    return findings.isEmpty();
  }

  private String title() {
    return "Data checks: " + Texts.count(findings.size(), "finding");
  }

  @Override
  public String toString() {
    var lines = new ArrayList<>(List.of(title()));
    findings.forEach(f -> lines.add("- " + f.what() + "\n  " + f.named() + "\n  " + f.next()));
    lines.addAll(notes);
    return String.join("\n", lines);
  }

  @Override
  public String html() {
    var rows = findings.stream().map(f -> List.of(f.what(), f.named(), f.next())).toList();
    String table = Html.table(title(), List.of("found", "rows", "what to do"), rows);
    return notes.isEmpty() ? table : table + Html.pre(String.join("\n", notes));
  }
}
