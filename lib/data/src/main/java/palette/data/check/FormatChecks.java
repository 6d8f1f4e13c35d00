package palette.data.check;

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
  private final Findings found;
  private final int[] pairs;

  FormatChecks(Preferences answers, String part) {
    this.answers = answers;
    found = new Findings(answers, part);
    pairs =
        SameQuestions.pairs(
            answers.size(), answers::chosen, answers::rejected, answers.items().size());
  }

  List<Finding> find() {
    var items = answers.items();
    double alpha = ALPHA / (TextFeature.ALL.size() + 1);
    for (var feature : TextFeature.ALL) {
      double[] values = new double[items.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = feature.value().applyAsDouble(items.text(i));
      }
      feature(feature.name(), i -> values[i], alpha);
    }
    if (items.hasTexts()) ids(alpha);
    sameText();
    return found.all;
  }

  /** Ids that are no numbers may name the winner: "17-accepted", "17-rejected". */
  private void ids(double alpha) {
    var ids = answers.items().ids();
    if (ids.stream().allMatch(id -> id.matches("[+-]?\\d+"))) return;
    var rank = new HashMap<String, Integer>();
    ids.stream().sorted().forEach(id -> rank.put(id, rank.size()));
    feature("alphabetical place of the id", i -> rank.get(ids.get(i)), alpha);
  }

  private void feature(String name, IntToDoubleFunction value, double alpha) {
    var test = new SignTest(answers.items().size(), SameQuestions.count(pairs));
    for (int row = 0; row < answers.size(); row++) {
      int sign = sign(value, row);
      if (sign != 0) test.add(answers.chosen(row), answers.rejected(row), pairs[row], sign > 0);
    }
    double bound = test.atLeast(alpha);
    if (bound <= 0.5) return;
    boolean more = test.accuracy() > 0.5;
    int[] rows = found.rows(row -> sign(value, row) == (more ? 1 : -1));
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
    found.add(Finding.Kind.FORMAT, rows, what, next);
  }

  private int sign(IntToDoubleFunction value, int row) {
    return Double.compare(
        value.applyAsDouble(answers.chosen(row)), value.applyAsDouble(answers.rejected(row)));
  }

  private void sameText() {
    int[] numbers = TextForm.numbers(answers.items(), new HashMap<>());
    int[] rows = found.rows(row -> numbers[answers.chosen(row)] == numbers[answers.rejected(row)]);
    String what = Texts.count(rows.length, "row");
    String all = what + " whose two texts differ in formatting at most.";
    found.add(Finding.Kind.SAME_TEXT, rows, all, "Leave them out.");
  }

  /** Whether what stood first wins too often, or too seldom; and for whom always. */
  List<Finding> position(IntPredicate chosenFirst) {
    var test = new SignTest(answers.items().size(), SameQuestions.count(pairs));
    for (int row = 0; row < answers.size(); row++) {
      test.add(answers.chosen(row), answers.rejected(row), pairs[row], chosenFirst.test(row));
    }
    double bound = test.atLeast(ALPHA);
    boolean first = test.accuracy() > 0.5;
    int[] rows = found.rows(row -> bound > 0.5 && chosenFirst.test(row) == first);
    String what =
        Texts.format(
            "The item that stood %s wins in %.3f of %s, surely in more than %.3f.",
            first ? "first" : "second",
            rows.length / (double) test.n(),
            Texts.count(test.n(), "row"),
            bound);
    String next = "Check that the place was drawn at random and the label read by it.";
    found.add(Finding.Kind.POSITION, rows, what, next);
    found.all.addAll(UserChecks.samePlace(answers, chosenFirst));
    return found.all;
  }
}
