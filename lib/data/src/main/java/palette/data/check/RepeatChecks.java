package palette.data.check;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
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
    IntUnaryOperator answer = // the two to a question beside each other
        row -> 2 * question[row] + (answers.chosen(row) < answers.rejected(row) ? 0 : 1);
    int[] again = found.again(answer);
    found.doing(Kind.REPEATED, again, "repeat an earlier answer of the user", KEEP);
    var given = new BitSet();
    for (int row = 0; row < question.length; row++) given.set(answer.applyAsInt(row));
    int[] twins = found.rows(row -> given.get(answer.applyAsInt(row) ^ 1));
    found.add(
        Kind.SWAPPED_TWIN,
        twins,
        Texts.count(twins.length, "row") + " are pairs that their user answered both ways.",
        "Where a file holds each pair in both orders, keep one and check its label.");
    twoIds(
        answers.items(),
        (item, row) -> item.test(answers.chosen(row)) || item.test(answers.rejected(row)),
        found);
    return found.all;
  }

  static List<Finding> find(Judgements all, String part) {
    var found = new Findings(all, part);
    twoIds(all.items(), (item, row) -> item.test(all.item(row)), found);
    int[] question = SameQuestions.of(all);
    int[] again = found.again(row -> question[row]);
    found.doing(Kind.REPEATED, again, "judge what the user judged before", KEEP);
    return found.all;
  }

  /** Items whose normalised text another item has too, and the rows that are about any. */
  private static void twoIds(
      Catalog items, BiPredicate<IntPredicate, Integer> isAbout, Findings found) {
    int[] numbers = TextForm.numbers(items, new HashMap<>());
    int[] owners = new int[items.size()]; // of a text, the first item; -1: none so far
    Arrays.fill(owners, -1);
    var twins = new BitSet();
    String first = "";
    for (int i = 0; i < numbers.length; i++) {
      int owner = owners[numbers[i]];
      if (owner < 0) owners[numbers[i]] = i;
      if (owner < 0) continue;
      if (twins.isEmpty()) first = quoted(items.id(owner)) + " and " + quoted(items.id(i));
      twins.set(owner);
      twins.set(i);
    }
    String what = Texts.count(twins.cardinality(), "item");
    found.add(
        Kind.TWO_IDS,
        found.rows(row -> isAbout.test(twins::get, row)),
        what + " share their text, but for formatting, with another id, first " + first + ".",
        "Give one text one id, before any split.");
  }

  private static String quoted(String id) {
    return "'" + Texts.shortened(id, 60) + "'";
  }
}
