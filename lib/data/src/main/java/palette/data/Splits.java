package palette.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import palette.support.Checks;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * The rules by which answers are parted. By answer: within each user, what asks the same (a pair,
 * its swapped twin, its repeats; an item judged twice) stays together, and a fraction of these
 * groups, rounded to the nearest whole but at least one of two, trains. By conversation: the same
 * with the turns of a conversation as a group. By user and by item: whole users and whole items; a
 * pair of a training item and a test item belongs to neither part.
 */
final class Splits {
  private Splits() {}

  static Split<Preferences> byAnswer(Preferences all, double fraction, long seed) {
    boolean[] trains = byQuestion(SameQuestions.of(all), all::user, all.users(), fraction, seed);
    var train = all.where(row -> trains[row]).withTies(all.ties());
    return new Split<>(train, all.where(row -> !trains[row]), rule("answer", fraction), seed);
  }

  static Split<Judgements> byAnswer(Judgements all, double fraction, long seed) {
    boolean[] trains = byQuestion(SameQuestions.of(all), all::user, all.users(), fraction, seed);
    return new Split<>(
        all.where(row -> trains[row]),
        all.where(row -> !trains[row]),
        rule("answer", fraction),
        seed);
  }

  static Split<Preferences> byConversation(Preferences all, double fraction, long seed) {
    int[] talk = SameQuestions.conversations(all);
    boolean[] trains = byQuestion(talk, all::user, all.users(), fraction, seed);
    var train = all.where(row -> trains[row]).withTies(all.ties());
    return new Split<>(train, all.where(row -> !trains[row]), rule("conversation", fraction), seed);
  }

  static Split<Preferences> byUser(Preferences all, double fraction, long seed) {
    var ids = all.answering();
    boolean[] trains = half(ids.size(), fraction, seed, "split by user");
    return new Split<>(
        all.ofUsers(chosen(ids, trains, true)),
        all.ofUsers(chosen(ids, trains, false)),
        rule("user", fraction),
        seed);
  }

  static Split<Judgements> byUser(Judgements all, double fraction, long seed) {
    int[] counts = all.answers();
    var ids = new ArrayList<String>();
    for (int u = 0; u < counts.length; u++) if (counts[u] > 0) ids.add(all.users().id(u));
    boolean[] trains = half(ids.size(), fraction, seed, "split by user");
    return new Split<>(
        all.ofUsers(chosen(ids, trains, true)),
        all.ofUsers(chosen(ids, trains, false)),
        rule("user", fraction),
        seed);
  }

  static Split<Preferences> byItem(Preferences all, double fraction, long seed) {
    boolean[] trains = half(all.items().size(), fraction, seed, "split by item");
    var train = all.where(row -> trains[all.chosen(row)] && trains[all.rejected(row)]);
    var test = all.where(row -> !trains[all.chosen(row)] && !trains[all.rejected(row)]);
    int across = all.size() - train.size() - test.size();
    String rule = rule("item", fraction) + ", " + Texts.count(across, "pair") + " across left out";
    return new Split<>(train, test, rule, seed);
  }

  static Split<Judgements> byItem(Judgements all, double fraction, long seed) {
    boolean[] trains = half(all.items().size(), fraction, seed, "split by item");
    return new Split<>(
        all.where(row -> trains[all.item(row)]),
        all.where(row -> !trains[all.item(row)]),
        rule("item", fraction),
        seed);
  }

  /** For each row whether it trains: questions kept whole, a share of each user's questions. */
  private static boolean[] byQuestion(
      int[] question, IntUnaryOperator user, Catalog users, double fraction, long seed) {
    int[] place = new int[SameQuestions.count(question)]; // among the user's questions, from 1
    int[] asked = new int[users.size()];
    for (int row = 0; row < question.length; row++) {
      if (place[question[row]] == 0) place[question[row]] = ++asked[user.applyAsInt(row)];
    }
    boolean[][] sides = new boolean[asked.length][];
    for (int u = 0; u < sides.length; u++) {
      sides[u] = half(asked[u], fraction, seed, "split of " + users.id(u));
    }
    boolean[] trains = new boolean[question.length];
    for (int row = 0; row < trains.length; row++) {
      trains[row] = sides[user.applyAsInt(row)][place[question[row]] - 1];
    }
    return trains;
  }

  /** True for a fraction of n, chosen at random; of two or more, neither side is left empty. */
  private static boolean[] half(int n, double fraction, long seed, String purpose) {
    Checks.fraction("fraction", fraction);
    int kept = (int) Math.round(fraction * n);
    if (n >= 2) kept = Math.max(1, Math.min(n - 1, kept));
    boolean[] trains = new boolean[n];
    int[] order = Seeds.permutation(n, Seeds.stream(seed, purpose));
    for (int i : Arrays.copyOf(order, kept)) trains[i] = true;
    return trains;
  }

  private static List<String> chosen(List<String> ids, boolean[] flags, boolean wanted) {
    var some = new ArrayList<String>();
    for (int i = 0; i < flags.length; i++) if (flags[i] == wanted) some.add(ids.get(i));
    return some;
  }

  private static String rule(String by, double fraction) {
    return Texts.format("by %s, %.0f %% to train", by, 100 * fraction);
  }
}
