package palette.data.check;

import java.util.List;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.data.check.Finding.Kind;
import palette.support.Texts;

/** What a test part shares with its training part. */
final class SplitChecks {
  // Among fewer numbers, chance puts many items close to each other.
  static final int LEAST_DIMENSION = 8;

  private SplitChecks() {}

  static List<Finding> find(Preferences train, Preferences test, double near, List<String> notes) {
    var overlap = new Overlap(train, test);
    var found = new Findings(test, "test");
    found.doing(
        Kind.REPEATED,
        overlap.repeated(),
        "repeat what the same user answered in training",
        "Leave them out, or split with splitByAnswer, which keeps repeats together.");
    found.doing(
        Kind.SWAPPED_TWIN,
        overlap.swapped(),
        "are a training answer of the same user with the items swapped",
        "Leave them out, or split with splitByAnswer, which keeps twins together.");
    found.doing(
        Kind.SAME_PAIR,
        overlap.pairsOfOthers(),
        "ask a pair that others answered in training",
        "Report Leakage.of(train, test).byPair() apart, or split with splitByItem.");
    found.doing(
        Kind.SAME_ITEM,
        overlap.items(),
        "have an item whose text occurs in training",
        "Right for known items; for new ones take Leakage.of(train, test).byItem().clean().");
    found.doing(
        Kind.SAME_PROMPT,
        overlap.askedPrompts(),
        "have a prompt whose text occurs in training",
        "Right for known prompts; for new ones take Leakage.of(train, test).byPrompt().clean().");
    boolean looked = overlap.comparable() && train.items().dimension() >= LEAST_DIMENSION;
    if (near > 0 && looked) {
      near(near, train.items(), test, overlap, found);
    } else if (near > 0) {
      notes.add(
          "Near duplicates were not looked for: that needs vectors of one length, at least "
              + LEAST_DIMENSION
              + ", for the items of both parts.");
    }
    return found.all;
  }

  private static void near(
      double limit, Catalog known, Preferences test, Overlap overlap, Findings found) {
    int[] nearest = overlap.near(limit);
    int[] rows = overlap.near(nearest);
    if (rows.length == 0) return;
    int first = nearest[test.chosen(rows[0])] >= 0 ? test.chosen(rows[0]) : test.rejected(rows[0]);
    String does =
        Texts.format(
            "have an item within %.2f of another one of training by vectors, first '%s' and '%s'",
            limit,
            Texts.shortened(test.items().text(first), 60),
            Texts.shortened(known.text(nearest[first]), 60));
    String next =
        Texts.format("Read some; take Leakage.of(train, test).byItem(%.2f).clean().", limit);
    found.doing(Kind.NEAR_ITEM, rows, does, next);
  }
}
