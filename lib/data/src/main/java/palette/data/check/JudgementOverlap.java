package palette.data.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntPredicate;
import palette.data.Catalog;
import palette.data.Judgements;
import palette.support.Texts;

/** What two parts of judgements share: users by id, items by normalised text. */
final class JudgementOverlap {
  private JudgementOverlap() {}

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
    var found = new ArrayList<Finding>();
    add(
        Finding.Kind.REPEATED,
        test,
        row -> given.contains(key(whoElse[test.user(row)], ofTest[test.item(row)])),
        "judge a text that the same user judged in training",
        "Give one text one id, then split with splitByAnswer.",
        found);
    add(
        Finding.Kind.SAME_ITEM,
        test,
        row -> items.contains(ofTest[test.item(row)]),
        "judge an item whose text occurs in training",
        "Right for known items; for new ones split with splitByItem.",
        found);
    return found;
  }

  private static long key(int user, int item) {
    return ((long) user << 32) | item;
  }

  private static void add(
      Finding.Kind kind,
      Judgements test,
      IntPredicate holds,
      String what,
      String next,
      List<Finding> found) {
    int[] rows = Finding.rows(test.size(), holds);
    if (rows.length == 0) return;
    String share = Texts.format("%,d of %s", rows.length, Texts.count(test.size(), "test row"));
    found.add(new Finding(kind, "test", Finding.sentence(rows.length, share, what), rows, next));
  }
}
