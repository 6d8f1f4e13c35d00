package palette.data.check;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.function.BiPredicate;
import palette.data.Answered;
import palette.data.Catalog;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.data.SameQuestions;
import palette.data.check.Finding.Kind;
import palette.support.Texts;

/** What one part holds twice: answers, pairs answered both ways, texts under several ids. */
final class RepeatChecks {
  private static final String KEEP = "Keep one each, unless people were asked again on purpose.";

  private RepeatChecks() {}

  static List<Finding> find(Preferences answers, String part) {
    var found = new Findings(answers, part);
    int[] question = SameQuestions.of(answers);
    byte[] ways = new byte[SameQuestions.count(question)];
    var repeated = new BitSet();
    for (int row = 0; row < question.length; row++) {
      int way = answers.chosen(row) < answers.rejected(row) ? 1 : 2;
      if ((ways[question[row]] & way) != 0) repeated.set(row);
      ways[question[row]] |= (byte) way;
    }
    int[] again = repeated.stream().toArray();
    found.doing(Kind.REPEATED, again, "repeat an earlier answer of the user", KEEP);
    int[] twins = found.rows(row -> ways[question[row]] == 3);
    found.add(
        Kind.SWAPPED_TWIN,
        twins,
        Texts.count(twins.length, "row") + " are pairs that their user answered both ways.",
        "Where a file holds each pair in both orders, keep one and check its label.");
    twoIds(
        answers,
        (items, row) -> items.get(answers.chosen(row)) || items.get(answers.rejected(row)),
        found);
    return found.all;
  }

  static List<Finding> find(Judgements all, String part) {
    var found = new Findings(all, part);
    twoIds(all, (items, row) -> items.get(all.item(row)), found);
    int[] question = SameQuestions.of(all);
    var met = new BitSet();
    var again = new BitSet();
    for (int row = 0; row < question.length; row++) {
      if (met.get(question[row])) again.set(row);
      met.set(question[row]);
    }
    int[] rows = again.stream().toArray();
    found.doing(Kind.REPEATED, rows, "judge what the user judged before", KEEP);
    return found.all;
  }

  /** Items whose normalised text another item has too. */
  private static void twoIds(
      Answered<?> all, BiPredicate<BitSet, Integer> concerns, Findings found) {
    Catalog items = all.items();
    var twins = new BitSet();
    String first = "";
    var owner = new HashMap<Integer, Integer>();
    int[] numbers = TextForm.numbers(items, new HashMap<>());
    for (int i = 0; i < numbers.length; i++) {
      Integer other = owner.putIfAbsent(numbers[i], i);
      if (other == null) continue;
      if (twins.isEmpty()) {
        first = "'" + SplitChecks.brief(items.id(other)) + "' and '";
        first += SplitChecks.brief(items.id(i)) + "'";
      }
      twins.set(other);
      twins.set(i);
    }
    String what = Texts.count(twins.cardinality(), "item");
    found.add(
        Kind.TWO_IDS,
        found.rows(row -> concerns.test(twins, row)),
        what + " share their text, but for formatting, with another id, first " + first + ".",
        "Give one text one id, before any split.");
  }
}
