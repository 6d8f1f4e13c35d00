package palette.data.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import palette.data.Catalog;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.data.SameQuestions;
import palette.support.Texts;

/** What one part holds twice: answers, pairs answered both ways, texts under several ids. */
final class RepeatChecks {
  private RepeatChecks() {}

  static List<Finding> find(Preferences answers, String part) {
    var found = new ArrayList<Finding>();
    int[] question = SameQuestions.of(answers);
    byte[] ways = new byte[SameQuestions.count(question)];
    var repeated = new BitSet();
    for (int row = 0; row < question.length; row++) {
      int way = answers.chosen(row) < answers.rejected(row) ? 1 : 2;
      if ((ways[question[row]] & way) != 0) repeated.set(row);
      ways[question[row]] |= (byte) way;
    }
    int[] again = repeated.stream().toArray();
    int[] twins = Finding.rows(question.length, row -> ways[question[row]] == 3);
    if (again.length > 0) {
      String what =
          Finding.sentence(
              again.length,
              Texts.count(again.length, "row"),
              "repeat an earlier answer of the user");
      String next = "Keep one each, unless people were asked again on purpose.";
      found.add(new Finding(Finding.Kind.REPEATED, part, what, again, next));
    }
    if (twins.length > 0) {
      String what =
          Texts.count(twins.length, "row") + " are pairs that their user answered both ways.";
      String next = "Where a file holds each pair in both orders, keep one and check its label.";
      found.add(new Finding(Finding.Kind.SWAPPED_TWIN, part, what, twins, next));
    }
    var ids = twoIds(answers.items());
    add(ids, Finding.rows(answers.size(), row -> ids.concerns(answers, row)), part, found);
    return found;
  }

  static List<Finding> find(Judgements all, String part) {
    var found = new ArrayList<Finding>();
    var ids = twoIds(all.items());
    add(ids, Finding.rows(all.size(), row -> ids.items.get(all.item(row))), part, found);
    int[] question = SameQuestions.of(all);
    var met = new BitSet();
    int[] again =
        Finding.rows(
            all.size(),
            row -> {
              boolean before = met.get(question[row]);
              met.set(question[row]);
              return before;
            });
    if (again.length == 0) return found;
    String what =
        Finding.sentence(
            again.length, Texts.count(again.length, "row"), "judge what the user judged before");
    String next = "Keep one each, unless people were asked again on purpose.";
    found.add(new Finding(Finding.Kind.REPEATED, part, what, again, next));
    return found;
  }

  private static void add(TwoIds ids, int[] rows, String part, List<Finding> found) {
    if (rows.length == 0) return;
    String what =
        Texts.count(ids.items.cardinality(), "item")
            + " share their text, but for formatting, with another id, first "
            + ids.first
            + ".";
    String next = "Give one text one id, before any split.";
    found.add(new Finding(Finding.Kind.TWO_IDS, part, what, rows, next));
  }

  /** The entries whose normalised text another entry has too, and the first two of them. */
  private record TwoIds(BitSet items, String first) {
    boolean concerns(Preferences answers, int row) {
      return items.get(answers.chosen(row)) || items.get(answers.rejected(row));
    }
  }

  private static TwoIds twoIds(Catalog entries) {
    var twins = new BitSet();
    String first = "";
    var owner = new HashMap<Integer, Integer>();
    int[] numbers = TextForm.numbers(entries, new HashMap<>());
    for (int i = 0; i < numbers.length; i++) {
      Integer other = owner.putIfAbsent(numbers[i], i);
      if (other == null) continue;
      if (twins.isEmpty()) {
        first = "'" + SplitChecks.brief(entries.id(other)) + "' and '";
        first += SplitChecks.brief(entries.id(i)) + "'";
      }
      twins.set(other);
      twins.set(i);
    }
    return new TwoIds(twins, first);
  }
}
