package palette.data.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.function.IntPredicate;
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
  private final int[] trainItems; // the common number of each item
  private final int[] testItems;
  private final int[] prompts; // the common number of each row's prompt from 1, 0: none
  private final int[] pairs; // of each row: prompt and two items in either order
  private final int[] questions; // of each row: pair and user
  private final byte[] ways; // of each question of train: how it was answered
  private final boolean[] pairKnown;
  private final boolean[] itemKnown;
  private final boolean[] promptKnown;

  // Rows are train's first, then test's.
  Overlap(Preferences train, Preferences test) {
    this.train = train;
    this.test = test;
    var texts = new HashMap<String, Integer>();
    trainItems = TextForm.numbers(train.items(), texts);
    testItems = test.items() == train.items() ? trainItems : TextForm.numbers(test.items(), texts);
    prompts = prompts();
    pairs = pairs(texts.size());
    questions = questions();
    ways = new byte[SameQuestions.count(questions)];
    pairKnown = new boolean[SameQuestions.count(pairs)];
    itemKnown = new boolean[texts.size()];
    promptKnown = new boolean[SameQuestions.count(prompts) + 1];
    for (int row = 0; row < train.size(); row++) learn(row);
  }

  private void learn(int row) {
    ways[questions[row]] |= way(row);
    pairKnown[pairs[row]] = true;
    itemKnown[chosen(row)] = true;
    itemKnown[rejected(row)] = true;
    promptKnown[prompts[row]] = true;
  }

  private int[] prompts() {
    var texts = new HashMap<String, Integer>();
    int[] ofTrain = TextForm.numbers(train.prompts(), texts);
    int[] ofTest = TextForm.numbers(test.prompts(), texts);
    int[] rows = new int[train.size() + test.size()];
    for (int row = 0; row < rows.length; row++) {
      int at = row < train.size() ? train.prompt(row) : test.prompt(row - train.size());
      if (at >= 0) rows[row] = 1 + (row < train.size() ? ofTrain[at] : ofTest[at]);
    }
    return rows;
  }

  private int[] pairs(long items) {
    long[] keys = new long[prompts.length];
    for (int row = 0; row < keys.length; row++) {
      long low = Math.min(chosen(row), rejected(row));
      keys[row] = low * items + Math.max(chosen(row), rejected(row));
    }
    int[] without = SameQuestions.dense(keys);
    long asked = SameQuestions.count(prompts) + 1L;
    for (int row = 0; row < keys.length; row++) keys[row] = without[row] * asked + prompts[row];
    return SameQuestions.dense(keys);
  }

  private int[] questions() {
    long[] keys = new long[pairs.length];
    var ids = Catalog.builder();
    int[] ofTrain = train.users().ids().stream().mapToInt(ids::add).toArray();
    int[] ofTest = test.users().ids().stream().mapToInt(ids::add).toArray();
    long users = ofTrain.length + ofTest.length;
    for (int row = 0; row < keys.length; row++) {
      boolean trains = row < train.size();
      int user = trains ? ofTrain[train.user(row)] : ofTest[test.user(row - train.size())];
      keys[row] = pairs[row] * users + user;
    }
    return SameQuestions.dense(keys);
  }

  private int chosen(int row) {
    if (row < train.size()) return trainItems[train.chosen(row)];
    return testItems[test.chosen(row - train.size())];
  }

  private int rejected(int row) {
    if (row < train.size()) return trainItems[train.rejected(row)];
    return testItems[test.rejected(row - train.size())];
  }

  private int way(int row) {
    return chosen(row) <= rejected(row) ? LOW_WON : HIGH_WON;
  }

  /** The rows of test for which the test holds, asked with the row's place behind train's. */
  private int[] rows(IntPredicate holds) {
    return Finding.rows(test.size(), row -> holds.test(row + train.size()));
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
    return rows(row -> itemKnown[chosen(row)] || itemKnown[rejected(row)]);
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
    return Finding.rows(
        test.size(), row -> nearest[test.chosen(row)] >= 0 || nearest[test.rejected(row)] >= 0);
  }

  private static int[] used(Preferences part, IntPredicate wanted) {
    boolean[] occurs = new boolean[part.items().size()];
    for (int row = 0; row < part.size(); row++) {
      occurs[part.chosen(row)] = true;
      occurs[part.rejected(row)] = true;
    }
    return Finding.rows(occurs.length, item -> occurs[item] && wanted.test(item));
  }

  private static float[][] vectors(Preferences part, int[] items) {
    float[][] all = new float[items.length][];
    for (int i = 0; i < all.length; i++) all[i] = part.items().vector(items[i]);
    return all;
  }
}
