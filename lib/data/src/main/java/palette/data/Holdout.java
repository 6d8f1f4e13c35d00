package palette.data;

import java.util.List;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * Judgements parted for a whole study, everything by judgements and before any pair is made:
 *
 * <ul>
 *   <li>users with less than 10 judgements are left out; of the others a fifth is new to the model;
 *   <li>of each remaining user's judgements 65 % train, 15 % validate and 20 % test;
 *   <li>a new user with at least 34 judgements answers up to 60 % of them, in a random order, and
 *       is tested on the other 40 %.
 * </ul>
 *
 * <pre>{@code
 * var parts = Judgements.polis(folder).read().holdOut(7);
 * PalA.spec().fit(parts.train().pairs(300, 7), parts.validation().pairs(200, 7));
 * }</pre>
 *
 * @param train of the seen users
 * @param validation of the seen users, to choose by
 * @param test of the seen users, to report
 * @param unseen all judgements of the new users
 * @param asked what the new users with enough judgements say, in the order they say it
 * @param heldOut what the same users are tested on
 * @param seed of every draw
 */
public record Holdout(
    Judgements train,
    Judgements validation,
    Judgements test,
    Judgements unseen,
    Judgements asked,
    Judgements heldOut,
    long seed)
    implements Tabled {
  private static final int FEWEST = 10;
  private static final int FEWEST_OF_NEW = 34;

  static Holdout of(Judgements all, long seed) {
    var people = all.atLeast(FEWEST).splitByUser(0.8, seed);
    var seen = people.train().splitByAnswer(0.65, seed);
    // A seed of its own, or who is drawn first here would be who was drawn first there.
    var rest = seen.test().splitByAnswer(15 / 35.0, ~seed);
    var unseen = people.test().shuffled(seed);
    var interview = unseen.atLeast(FEWEST_OF_NEW).splitByAnswer(0.6, seed);
    return new Holdout(
        seen.train(), rest.train(), rest.test(), unseen, interview.train(), interview.test(), seed);
  }

  @Override
  public Sheet sheet() {
    return new Sheet(
        "Held out, seed " + seed,
        List.of("", "users", "judgements"),
        List.of(
            row("seen users: train", train),
            row("seen users: validate", validation),
            row("seen users: test", test),
            row("new users", unseen),
            row("new users: asked", asked),
            row("new users: test", heldOut)));
  }

  private static List<String> row(String name, Judgements part) {
    int users = part.answering().size();
    return List.of(name, Texts.format("%,d", users), Texts.format("%,d", part.size()));
  }

  @Override
  public String toString() {
    return text();
  }
}
