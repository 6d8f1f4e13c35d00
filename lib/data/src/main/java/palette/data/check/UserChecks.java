package palette.data.check;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import palette.data.Answered;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.data.SameQuestions;
import palette.support.Texts;

/** Users with too few answers to be placed, and users who give one answer whatever is asked. */
final class UserChecks {
  private static final double ALPHA = 0.05; // for all users together (Bonferroni)
  private static final int NAMED = 5;

  private final Answered<?> rows;
  private final Findings found;

  private UserChecks(Answered<?> rows, String part) {
    this.rows = rows;
    found = new Findings(rows, part);
  }

  static List<Finding> find(Preferences answers, String part, int fewest) {
    var checks = new UserChecks(answers, part);
    checks.few(fewest);
    if (answers.hasPrompts()) checks.sameItem(answers);
    return checks.found.all;
  }

  static List<Finding> find(Judgements all, String part, int fewest) {
    var checks = new UserChecks(all, part);
    checks.few(fewest);
    long[] keys = new long[all.size()];
    Arrays.setAll(keys, row -> Double.doubleToLongBits(all.value(row)));
    int[] value = SameQuestions.dense(keys);
    if (SameQuestions.count(value) > 1) {
      checks.oneSided(row -> value[row], row -> true, "one value");
    }
    return checks.found.all;
  }

  static List<Finding> samePlace(Preferences answers, IntPredicate chosenFirst) {
    var checks = new UserChecks(answers, "data");
    checks.oneSided(row -> chosenFirst.test(row) ? 0 : 1, row -> true, "what stood at one place");
    return checks.found.all;
  }

  private void few(int fewest) {
    int[] answers = rows.answers();
    var few = new BitSet();
    for (int u = 0; u < answers.length; u++) if (answers[u] > 0 && answers[u] < fewest) few.set(u);
    add(
        Finding.Kind.FEW_ANSWERS,
        few,
        Texts.format("Fewer than %s of each", Texts.count(fewest, "answer")),
        "Leave them out of training, place them with Localizer, and report them apart.");
  }

  // Each prompt counts once: the best of ten items wins nine pairs of its prompt.
  private void sameItem(Preferences answers) {
    int[] text = TextForm.numbers(answers.items(), new HashMap<>());
    long[] keys = new long[answers.size()];
    long prompts = answers.prompts().size() + 1L;
    Arrays.setAll(keys, row -> answers.user(row) * prompts + answers.prompt(row) + 1);
    int[] asked = SameQuestions.dense(keys);
    var again = new BitSet();
    for (int row : found.again(row -> asked[row])) again.set(row);
    oneSided(
        row -> text[answers.chosen(row)], row -> !again.get(row), "one item, whatever the prompt");
  }

  /**
   * Users all of whose rows have one side, and so many of them (n that count) that even choices
   * would bring anybody there with probability .05 at most: {@code 2^(1-n) users <= .05}.
   */
  private void oneSided(IntUnaryOperator side, IntPredicate counts, String what) {
    int[] only = new int[rows.users().size()];
    int[] counted = new int[rows.users().size()];
    Arrays.fill(only, -1);
    for (int row = 0; row < rows.size(); row++) {
      int s = side.applyAsInt(row);
      int u = rows.user(row);
      only[u] = only[u] == -1 || only[u] == s ? s : -2;
      if (counts.test(row)) counted[u]++;
    }
    long answering = Arrays.stream(only).filter(s -> s != -1).count();
    var oneSided = new BitSet();
    for (int u = 0; u < only.length; u++) {
      if (only[u] >= 0 && Math.pow(2, 1 - counted[u]) * answering <= ALPHA) oneSided.set(u);
    }
    add(
        Finding.Kind.ONE_SIDED,
        oneSided,
        "Always " + what,
        "They may not have read what they were shown: look at them, and train without them.");
  }

  private void add(Finding.Kind kind, BitSet who, String what, String next) {
    int[] users = who.stream().toArray();
    String names = Texts.some(users.length, NAMED, i -> rows.users().id(users[i]));
    String sentence = what + ": " + Texts.count(users.length, "user") + " (" + names + ").";
    found.add(kind, found.rows(row -> who.get(rows.user(row))), sentence, next);
  }
}
