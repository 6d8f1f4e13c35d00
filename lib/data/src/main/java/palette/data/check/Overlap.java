package palette.data.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.data.SameQuestions;

/**
 * Two parts on common numbers: users by id, items and prompts by normalised text, so that parts may
 * come from different files. O(n log n) in the rows, O(length) in the texts.
 */
final class Overlap {
  private static final int LOW_WON = 1;
  private static final int HIGH_WON = 2;

  private final Preferences train;
  private final Preferences test;
  private final int[] testItems; // the common number of each item of test
  // Of each row, train's first and then test's:
  private final int[] chosen;
  private final int[] rejected;
  private final int[] prompts; // from 1, 0: none
  private final int[] pairs; // prompt and two items in either order
  private final int[] questions; // pair and user
  private final byte[] ways; // of each question of train: how it was answered
  private final boolean[] pairKnown;
  private final boolean[] itemKnown;
  private final boolean[] promptKnown;

  Overlap(Preferences train, Preferences test) {
    this.train = train;
    this.test = test;
    var texts = new HashMap<String, Integer>();
    int[] items = TextForm.numbers(train.items(), texts);
    testItems = test.items() == train.items() ? items : TextForm.numbers(test.items(), texts);
    chosen = both(i -> items[train.chosen(i)], i -> testItems[test.chosen(i)]);
    rejected = both(i -> items[train.rejected(i)], i -> testItems[test.rejected(i)]);
    prompts = prompts();
    promptKnown = new boolean[SameQuestions.count(prompts) + 1];
    var without =
        SameQuestions.pairs(chosen.length, i -> chosen[i], i -> rejected[i], texts.size());
    pairs = SameQuestions.with(without, i -> prompts[i], promptKnown.length);
    questions = questions();
    ways = new byte[SameQuestions.count(questions)];
    pairKnown = new boolean[SameQuestions.count(pairs)];
    itemKnown = new boolean[texts.size()];
    for (int row = 0; row < train.size(); row++) {
      ways[questions[row]] |= way(row);
      pairKnown[pairs[row]] = true;
      itemKnown[chosen[row]] = true;
      itemKnown[rejected[row]] = true;
      promptKnown[prompts[row]] = true;
    }
  }

  /** A column of train's rows, then of test's. */
  private int[] both(IntUnaryOperator ofTrain, IntUnaryOperator ofTest) {
    return IntStream.concat(
            IntStream.range(0, train.size()).map(ofTrain),
            IntStream.range(0, test.size()).map(ofTest))
        .toArray();
  }

  private int[] prompts() {
    var texts = new HashMap<String, Integer>();
    int[] ofTrain = TextForm.numbers(train.prompts(), texts);
    int[] ofTest = TextForm.numbers(test.prompts(), texts);
    return both(
        i -> train.prompt(i) < 0 ? 0 : 1 + ofTrain[train.prompt(i)],
        i -> test.prompt(i) < 0 ? 0 : 1 + ofTest[test.prompt(i)]);
  }

  private int[] questions() {
    var ids = Catalog.builder();
    int[] ofTrain = train.users().ids().stream().mapToInt(ids::add).toArray();
    int[] ofTest = test.users().ids().stream().mapToInt(ids::add).toArray();
    int[] users = both(i -> ofTrain[train.user(i)], i -> ofTest[test.user(i)]);
    return SameQuestions.with(pairs, i -> users[i], ofTrain.length + ofTest.length);
  }

  private int way(int row) {
    return chosen[row] <= rejected[row] ? LOW_WON : HIGH_WON;
  }

  /** The rows of test for which the test holds, asked with the row's place behind train's. */
  private int[] rows(IntPredicate holds) {
    int before = train.size();
    return IntStream.range(0, test.size()).filter(row -> holds.test(row + before)).toArray();
  }

  int[] repeated() {
    return rows(row -> (ways[questions[row]] & way(row)) != 0);
  }

  int[] swapped() {
    return rows(row -> ways[questions[row]] != 0 && (ways[questions[row]] & way(row)) == 0);
  }

  /** Pairs that somebody answered in training. */
  int[] pairs() {
    return rows(row -> pairKnown[pairs[row]]);
  }

  /** Pairs that only others answered in training. */
  int[] pairsOfOthers() {
    return rows(row -> pairKnown[pairs[row]] && ways[questions[row]] == 0);
  }

  int[] items() {
    return rows(row -> itemKnown[chosen[row]] || itemKnown[rejected[row]]);
  }

  int[] askedPrompts() {
    return rows(row -> prompts[row] > 0 && promptKnown[prompts[row]]);
  }

  /** Whether both have vectors of one length. */
  boolean comparable() {
    return train.items().hasVectors()
        && test.items().hasVectors()
        && train.items().dimension() == test.items().dimension();
  }

  /**
   * For each item of test that training does not know by its text, the nearest item of training by
   * {@link NearItems}; -1 beyond the limit and for all others.
   */
  int[] near(double limit) {
    int[] from = used(test, item -> !itemKnown[testItems[item]]);
    int[] to = used(train, item -> true);
    int[] nearest = NearItems.nearest(vectors(test, from), vectors(train, to), limit);
    int[] all = new int[test.items().size()];
    Arrays.fill(all, -1);
    for (int i = 0; i < from.length; i++) if (nearest[i] >= 0) all[from[i]] = to[nearest[i]];
    return all;
  }

  /** The rows of test with an item for which {@link #near} names one. */
  int[] near(int[] nearest) {
    IntPredicate close = item -> nearest[item] >= 0;
    return IntStream.range(0, test.size())
        .filter(row -> close.test(test.chosen(row)) || close.test(test.rejected(row)))
        .toArray();
  }

  private static int[] used(Preferences part, IntPredicate wanted) {
    var occurring =
        IntStream.range(0, part.size())
            .flatMap(r -> IntStream.of(part.chosen(r), part.rejected(r)));
    return occurring.distinct().filter(wanted).sorted().toArray();
  }

  private static float[][] vectors(Preferences part, int[] items) {
    return IntStream.of(items).mapToObj(part.items()::vector).toArray(float[][]::new);
  }
}
