package palette.data.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.support.Seeds;

/** Pairs of short letters that were written, asked about and answered without any trap. */
final class Letters {
  static final int USERS = 12;
  private static final List<String> WORDS =
      List.of("river", "stone", "lamp", "winter", "bread", "garden", "music", "paper", "horse");
  private static final List<String> VERBS =
      List.of("keeps", "finds", "paints", "carries", "hides", "sells", "mends", "counts", "wakes");

  private Letters() {}

  /** The text of letter i; different for every i below 9^4. */
  static String letter(int i) {
    int a = i % 9;
    int b = i / 9 % 9;
    int c = i / 81 % 9;
    int d = i / 729 % 9;
    return "The "
        + WORDS.get(a)
        + " "
        + VERBS.get(b)
        + " the "
        + WORDS.get(c)
        + " and "
        + VERBS.get(d)
        + " them.";
  }

  /** Answers about letters from..to-1: 25 of each user, no pair twice, all connected. */
  static List<Comparison> answers(int from, int to, long seed) {
    var random = Seeds.stream(seed, "letters");
    var all = new ArrayList<Comparison>();
    for (int u = 0; u < USERS; u++) {
      int[] order = Seeds.permutation(to - from, random);
      for (int n = 0; n + 1 < order.length && n < 25; n++) {
        all.add(Comparison.of("user" + u, letter(from + order[n]), letter(from + order[n + 1])));
      }
    }
    return all;
  }

  static Preferences train() {
    return Preferences.of(answers(0, 60, 1));
  }

  static Preferences test() {
    return Preferences.of(answers(100, 140, 2));
  }

  /** Every answer with its two texts rewritten. */
  static Preferences written(UnaryOperator<String> chosen, UnaryOperator<String> rejected) {
    return Preferences.of(
        answers(0, 60, 1).stream()
            .map(
                c ->
                    Comparison.of(c.user(), chosen.apply(c.chosen()), rejected.apply(c.rejected())))
            .toList());
  }
}
