package palette.data.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import palette.data.Preferences;
import palette.data.SameQuestions;
import palette.support.Texts;

/** Whether something that should not tell the winner tells it: formatting, ids, position. */
final class FormatChecks {
  private static final double ALPHA = 0.05; // for all features together (Bonferroni)
  private static final double WITNESS = 0.9; // from here on, hardly a taste

  private final Preferences answers;
  private final String part;
  private final int[] pairs;

  FormatChecks(Preferences answers, String part) {
    this.answers = answers;
    this.part = part;
    pairs = pairs(answers);
  }

  // Two items in either order, whoever was asked.
  private static int[] pairs(Preferences answers) {
    long[] keys = new long[answers.size()];
    long items = answers.items().size();
    for (int row = 0; row < keys.length; row++) {
      long low = Math.min(answers.chosen(row), answers.rejected(row));
      keys[row] = low * items + Math.max(answers.chosen(row), answers.rejected(row));
    }
    return SameQuestions.dense(keys);
  }

  List<Finding> find(List<TextFeature> features) {
    var found = new ArrayList<Finding>();
    var items = answers.items();
    double alpha = ALPHA / (features.size() + 1);
    for (var feature : features) {
      double[] values = new double[items.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = feature.value().applyAsDouble(items.text(i));
      }
      feature(feature.name(), i -> values[i], alpha, found);
    }
    if (items.hasTexts()) ids(alpha, found);
    sameText(found);
    return found;
  }

  /** Ids that are no numbers may name the winner: "17-accepted", "17-rejected". */
  private void ids(double alpha, List<Finding> found) {
    var ids = answers.items().ids();
    if (ids.stream().allMatch(id -> id.matches("[+-]?\\d+"))) return;
    var rank = new HashMap<String, Integer>();
    ids.stream().sorted().forEach(id -> rank.put(id, rank.size()));
    feature("alphabetical place of the id", i -> rank.get(ids.get(i)), alpha, found);
  }

  private void feature(String name, IntToDoubleFunction value, double alpha, List<Finding> found) {
    var test = new SignTest(answers.items().size(), SameQuestions.count(pairs));
    for (int row = 0; row < answers.size(); row++) {
      int sign = sign(value, row);
      if (sign != 0) test.add(answers.chosen(row), answers.rejected(row), pairs[row], sign > 0);
    }
    double bound = test.atLeast(alpha);
    if (bound <= 0.5) return;
    int winning = test.accuracy() > 0.5 ? 1 : -1;
    int[] rows = Finding.rows(answers.size(), row -> sign(value, row) == winning);
    found.add(finding(name, test, bound, rows, winning > 0));
  }

  private int sign(IntToDoubleFunction value, int row) {
    return Double.compare(
        value.applyAsDouble(answers.chosen(row)), value.applyAsDouble(answers.rejected(row)));
  }

  private Finding finding(String name, SignTest test, double bound, int[] rows, boolean more) {
    double accuracy = rows.length / (double) test.n();
    String what =
        Texts.format(
            "'%s' alone predicts the winner: the item with %s of it wins in %.3f of the %s that"
                + " differ in it (%.0f %% of all), surely in more than %.3f.",
            name,
            more ? "more" : "less",
            accuracy,
            Texts.count(test.n(), "row"),
            100.0 * test.n() / answers.size(),
            bound);
    String next =
        accuracy >= WITNESS
            ? "Write both items by the same code, then read them again."
            : "It may be people's taste: compare with a model that sees nothing else.";
    return new Finding(Finding.Kind.FORMAT, part, what, rows, next);
  }

  private void sameText(List<Finding> found) {
    int[] numbers = TextForm.numbers(answers.items(), new HashMap<>());
    int[] rows =
        Finding.rows(
            answers.size(), row -> numbers[answers.chosen(row)] == numbers[answers.rejected(row)]);
    if (rows.length == 0) return;
    String what =
        Texts.count(rows.length, "row") + " whose two texts differ in formatting at most.";
    found.add(new Finding(Finding.Kind.SAME_TEXT, part, what, rows, "Leave them out."));
  }

  /** Whether what stood first wins too often, or too seldom; and for whom always. */
  List<Finding> position(IntPredicate chosenFirst) {
    var found = new ArrayList<Finding>();
    var test = new SignTest(answers.items().size(), SameQuestions.count(pairs));
    for (int row = 0; row < answers.size(); row++) {
      test.add(answers.chosen(row), answers.rejected(row), pairs[row], chosenFirst.test(row));
    }
    double bound = test.atLeast(ALPHA);
    if (bound > 0.5) found.add(position(test, bound, chosenFirst));
    found.addAll(UserChecks.samePlace(answers, chosenFirst));
    return found;
  }

  private Finding position(SignTest test, double bound, IntPredicate chosenFirst) {
    boolean first = test.accuracy() > 0.5;
    int[] rows = Finding.rows(answers.size(), row -> chosenFirst.test(row) == first);
    String what =
        Texts.format(
            "The item that stood %s wins in %.3f of %s, surely in more than %.3f.",
            first ? "first" : "second",
            rows.length / (double) test.n(),
            Texts.count(test.n(), "row"),
            bound);
    String next = "Check that the place was drawn at random and the label read by it.";
    return new Finding(Finding.Kind.POSITION, part, what, rows, next);
  }
}
