package palette.data;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import java.util.Arrays;
import java.util.stream.IntStream;
import palette.support.Checks;
import palette.support.Html;
import palette.support.Rendered;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * Two parts of one whole and the rule that parted them; the parts share catalogs with the whole. By
 * question: within each user, what asks the same (a pair, its swapped twin, its repeats; an item
 * judged twice; the turns of a conversation) stays together, and a fraction of these groups,
 * rounded to the nearest whole but at least one of two, trains. By user and by item: whole users
 * and whole items; a pair of a training item and a test item belongs to neither part.
 */
public record Split<T extends Rendered>(T train, T test, String rule, long seed)
    implements Rendered {

  /** {@code told}: all rows and behind them ties, which are questions like any other. */
  static <S extends Answered<S>> Split<S> byQuestion(
      Answered<S> all, Answered<S> told, int[] question, String by, double fraction, long seed) {
    int[] order = Seeds.permutation(told.size(), Seeds.stream(seed, "questions and ties"));
    if (told == all) Arrays.setAll(order, row -> row); // else where a row stands says what it is
    boolean[] trains = byQuestion(told, order, question, fraction, seed);
    var train = all.part(row -> trains[row]);
    return new Split<>(train, all.part(row -> !trains[row]), rule(by, fraction), seed);
  }

  static <S extends Answered<S>> Split<S> byUser(Answered<S> all, double fraction, long seed) {
    var ids = all.answering();
    boolean[] trains = half(ids.size(), fraction, seed, "split by user");
    var sides =
        IntStream.range(0, trains.length)
            .boxed()
            .collect(partitioningBy(i -> trains[i], mapping(ids::get, toList())));
    var train = all.ofUsers(sides.get(true));
    return new Split<>(train, all.ofUsers(sides.get(false)), rule("user", fraction), seed);
  }

  static <S extends Answered<S>> Split<S> byItem(Answered<S> all, double fraction, long seed) {
    boolean[] trains = half(all.items().size(), fraction, seed, "split by item");
    var train = all.about(item -> trains[item]);
    var test = all.about(item -> !trains[item]);
    int across = all.size() - train.size() - test.size();
    String left = across == 0 ? "" : ", " + Texts.count(across, "pair") + " across left out";
    return new Split<>(train, test, rule("item", fraction) + left, seed);
  }

  /** For each row whether it trains: questions kept whole, a share of each user's questions. */
  private static boolean[] byQuestion(
      Answered<?> all, int[] order, int[] question, double fraction, long seed) {
    int[] place = new int[SameQuestions.count(question)]; // among the user's questions, from 1
    int[] asked = new int[all.users().size()];
    for (int row : order) {
      if (place[question[row]] == 0) place[question[row]] = ++asked[all.user(row)];
    }
    boolean[][] sides = new boolean[asked.length][];
    for (int u = 0; u < sides.length; u++) {
      sides[u] = half(asked[u], fraction, seed, "split of " + all.users().id(u));
    }
    boolean[] trains = new boolean[question.length];
    for (int row = 0; row < trains.length; row++) {
      trains[row] = sides[all.user(row)][place[question[row]] - 1];
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

  private static String rule(String by, double fraction) {
    return Texts.format("by %s, %.0f %% to train", by, 100 * fraction);
  }

  private String title() {
    return "Split " + rule + ", seed " + seed;
  }

  @Override
  public String toString() {
    return title() + "\ntrain: " + train.text() + "\ntest: " + test.text();
  }

  @Override
  public String html() {
    String title = "<p>" + Html.escape(title()) + "</p>";
    return title + "<h4>train</h4>" + train.html() + "<h4>test</h4>" + test.html();
  }
}
