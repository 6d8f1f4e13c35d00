package palette.data.check;

import java.util.ArrayList;
import java.util.List;
import palette.data.Preferences;
import palette.support.Texts;

/** What a test part shares with its training part. */
final class SplitChecks {
  // Among fewer numbers, chance puts many items close to each other.
  static final int LEAST_DIMENSION = 8;

  private final Preferences train;
  private final Preferences test;
  private final Overlap overlap;
  private final List<Finding> found = new ArrayList<>();

  SplitChecks(Preferences train, Preferences test) {
    this.train = train;
    this.test = test;
    overlap = new Overlap(train, test);
  }

  List<Finding> find(double near, List<String> notes) {
    add(
        Finding.Kind.REPEATED,
        overlap.repeated(),
        "repeat what the same user answered in training",
        "Leave them out, or split with splitByAnswer, which keeps repeats together.");
    add(
        Finding.Kind.SWAPPED_TWIN,
        overlap.swapped(),
        "are a training answer of the same user with the items swapped",
        "Leave them out, or split with splitByAnswer, which keeps twins together.");
    add(
        Finding.Kind.SAME_PAIR,
        overlap.pairsOfOthers(),
        "ask a pair that others answered in training",
        "Report Leakage.of(train, test).byPair() apart, or split with splitByItem.");
    add(
        Finding.Kind.SAME_ITEM,
        overlap.items(),
        "have an item whose text occurs in training",
        "Right for known items; for new ones take Leakage.of(train, test).byItem().clean().");
    add(
        Finding.Kind.SAME_PROMPT,
        overlap.askedPrompts(),
        "have a prompt whose text occurs in training",
        "Right for known prompts; for new ones take Leakage.of(train, test).byPrompt().clean().");
    near(near, notes);
    return found;
  }

  private void add(Finding.Kind kind, int[] rows, String what, String next) {
    if (rows.length == 0) return;
    String share = Texts.format("%,d of %s", rows.length, Texts.count(test.size(), "test row"));
    found.add(new Finding(kind, "test", Finding.sentence(rows.length, share, what), rows, next));
  }

  private void near(double limit, List<String> notes) {
    if (limit == 0) return;
    if (!overlap.comparable() || train.items().dimension() < LEAST_DIMENSION) {
      notes.add(
          "Near duplicates were not looked for: that needs vectors of one length, at least "
              + LEAST_DIMENSION
              + ", for the items of both parts.");
      return;
    }
    int[] nearest = overlap.near(limit);
    int[] rows = overlap.near(nearest);
    if (rows.length == 0) return;
    int first = nearest[test.chosen(rows[0])] >= 0 ? test.chosen(rows[0]) : test.rejected(rows[0]);
    String example =
        Texts.format(
            "have an item within %.2f of another one of training by vectors, first '%s' and '%s'",
            limit, brief(test.items().text(first)), brief(train.items().text(nearest[first])));
    String next =
        Texts.format("Read some; take Leakage.of(train, test).byItem(%.2f).clean().", limit);
    add(Finding.Kind.NEAR_ITEM, rows, example, next);
  }

  static String brief(String text) {
    if (text.codePointCount(0, text.length()) <= 60) return text;
    return text.substring(0, text.offsetByCodePoints(0, 59)) + "…";
  }
}
