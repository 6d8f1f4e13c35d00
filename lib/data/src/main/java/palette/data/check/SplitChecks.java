package palette.data.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import palette.data.Catalog;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.data.check.Finding.Kind;
import palette.support.Texts;

/** What a test part shares with its training part. */
final class SplitChecks {
  // Among fewer numbers, chance puts many items close to each other.
  static final int LEAST_DIMENSION = 8;

  private SplitChecks() {}

  /** Users by id, items by normalised text. */
  static List<Finding> find(Judgements train, Judgements test) {
    var texts = new HashMap<String, Integer>();
    int[] ofTrain = TextForm.numbers(train.items(), texts);
    int[] ofTest = TextForm.numbers(test.items(), texts);
    var ids = Catalog.builder();
    int[] who = train.users().ids().stream().mapToInt(ids::add).toArray();
    int[] whoElse = test.users().ids().stream().mapToInt(ids::add).toArray();
    var items = new HashSet<Integer>();
    var given = new HashSet<Long>();
    for (int row = 0; row < train.size(); row++) {
      items.add(ofTrain[train.item(row)]);
      given.add(key(who[train.user(row)], ofTrain[train.item(row)]));
    }
    var found = new Findings(test, "test");
    found.doing(
        Kind.REPEATED,
        found.rows(row -> given.contains(key(whoElse[test.user(row)], ofTest[test.item(row)]))),
        "judge a text that the same user judged in training",
        "Give one text one id, then split with splitByAnswer.");
    found.doing(
        Kind.SAME_ITEM,
        found.rows(row -> items.contains(ofTest[test.item(row)])),
        "judge an item whose text occurs in training",
        "Right for known items; for new ones split with splitByItem.");
    return found.all;
  }

  private static long key(int user, int item) {
    return ((long) user << 32) | item;
  }

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
            limit, brief(test.items().text(first)), brief(known.text(nearest[first])));
    String next =
        Texts.format("Read some; take Leakage.of(train, test).byItem(%.2f).clean().", limit);
    found.doing(Kind.NEAR_ITEM, rows, does, next);
  }

  static String brief(String text) {
    if (text.codePointCount(0, text.length()) <= 60) return text;
    return text.substring(0, text.offsetByCodePoints(0, 59)) + "…";
  }
}
