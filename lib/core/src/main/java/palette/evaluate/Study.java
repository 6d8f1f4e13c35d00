package palette.evaluate;

import java.util.Arrays;
import java.util.function.IntFunction;
import palette.data.Holdout;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.support.Checks;
import palette.support.Seeds;

/**
 * One split of a study, in pairs. Judgements are parted as {@link Holdout} says, before pairs are
 * made. Pairs are parted by the same shares: who gave less than 10 is left out, a fifth of the
 * others is new; 65 % of each remaining user's pairs train, 15 % validate, 20 % test; a new user
 * gives 60 % of theirs in a random order and is tested on the others.
 *
 * @param seed of every draw
 * @param train of the seen users
 * @param validation of the seen users, to choose by
 * @param test of the seen users, to report
 * @param asked the first n answers of each new user, as pairs
 * @param heldOut what the new users are tested on; empty where none said enough
 * @param hiding the same users where a fifth of the items is hidden from training and all of the
 *     test; null where items have no vectors, so that nothing can be said of an unseen one
 */
public record Study(
    long seed,
    Preferences train,
    Preferences validation,
    Preferences test,
    IntFunction<Preferences> asked,
    Preferences heldOut,
    Study hiding) {
  private static final int FEWEST = 10;

  /** What can be parted: at most {@code cap} pairs a user in each part. */
  public interface Source {
    Study part(long seed, int cap);
  }

  static Study of(Judgements voices, long seed, int cap) {
    var parts = voices.holdOut(seed);
    var train = parts.train().pairs(cap, seed);
    return new Study(
        seed,
        train,
        parts.validation().pairs(cap, seed),
        parts.test().pairs(cap, seed),
        n -> parts.asked().first(n).pairs(cap, seed),
        parts.heldOut().pairs(cap, seed),
        voices.items().hasVectors() ? hiding(voices, parts, seed, cap) : null);
  }

  private static Study hiding(Judgements voices, Holdout parts, long seed, int cap) {
    boolean[] hidden = hidden(voices.items().size(), seed);
    var train = parts.train();
    var validation = parts.validation();
    return hiding(
        seed,
        train.where(row -> !hidden[train.item(row)]).pairs(cap, seed),
        validation.where(row -> !hidden[validation.item(row)]).pairs(cap, seed),
        voices.where(row -> hidden[voices.item(row)]).pairs(cap, seed));
  }

  static Study of(Preferences answers, long seed, int cap) {
    int[] counts = answers.answers();
    var told = answers.withTiedRows();
    var enough = told.where(row -> counts[told.user(row)] >= FEWEST);
    Checks.require(
        enough.answering().size() > 1,
        "answers",
        "two users or more with " + FEWEST + " pairs each",
        enough.answering().size());
    var people = capped(enough, seed, cap).withTiesApart().splitByUser(0.8, seed);
    var seen = people.train().splitByAnswer(0.65, seed);
    // A seed of its own, or who is drawn first here would be who was drawn first there.
    var rest = seen.test().splitByAnswer(15 / 35.0, ~seed);
    var interview = people.test().splitByAnswer(0.6, seed);
    var hiding =
        answers.items().hasVectors()
            ? hiding(people.train(), seen.train(), rest.train(), seed)
            : null;
    return new Study(
        seed,
        seen.train(),
        rest.train(),
        rest.test(),
        n -> interview.train().first(n),
        interview.test(),
        hiding);
  }

  /** At most so many of each user's, ties among them, in a random order. */
  private static Preferences capped(Preferences all, long seed, int cap) {
    return all.select(Seeds.permutation(all.size(), Seeds.stream(seed, "shuffle"))).first(cap);
  }

  private static Study hiding(
      Preferences people, Preferences train, Preferences validation, long seed) {
    boolean[] hidden = hidden(people.items().size(), seed);
    return hiding(
        seed,
        train.about(item -> !hidden[item]),
        validation.about(item -> !hidden[item]),
        people.about(item -> hidden[item]));
  }

  /** Of the users who are in the training; null where nothing is left to learn from or to test. */
  private static Study hiding(
      long seed, Preferences train, Preferences validation, Preferences all) {
    var test = all.ofUsers(train.answering());
    if (test.size() == 0 || validation.size() == 0) return null;
    return new Study(seed, train, validation, test, n -> null, test.first(0), null);
  }

  private static boolean[] hidden(int items, long seed) {
    boolean[] hidden = new boolean[items];
    int[] order = Seeds.permutation(items, Seeds.stream(seed, "hidden items"));
    for (int item : Arrays.copyOf(order, items / 5)) hidden[item] = true;
    return hidden;
  }
}
