package palette.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import palette.data.Preferences;
import palette.simulate.Interview.Item;
import palette.support.Checks;
import palette.support.Seeds;

/**
 * A {@link World} asked as a careful interviewer asks, and not everybody answers by taste. Each
 * user gives {@code questions} answers; the last {@code again} of them put the first questions once
 * more with the two items swapped. A share of the users answers at random, another share always
 * takes the place it likes (half of them what stands first). Immutable.
 *
 * <pre>{@code
 * var survey = Survey.of(world).random(0.33).byPlace(0.1);
 * survey.ask();              // answers with their places
 * survey.manner("user-7");   // how that user really answers
 * }</pre>
 *
 * @param questions how many answers each user gives
 * @param again how many of them put an earlier question once more, swapped; at most half
 * @param random the share of the users who answer at random
 * @param byPlace the share of the users who answer by place
 */
public record Survey(World world, int questions, int again, double random, double byPlace) {

  /** How somebody answers. */
  public enum Manner {
    /** As the world says. */
    TASTE,
    /** By tossing a coin. */
    RANDOM,
    /** What stands first, always. */
    FIRST,
    /** What stands second, always. */
    SECOND
  }

  public Survey {
    Checks.present("world", world);
    Checks.atLeast(1, "questions", questions);
    boolean half = again >= 0 && 2 * again <= questions;
    Checks.require(half, "again", "at most half of the questions", again);
    Checks.within(0, 1, "share at random", random);
    Checks.within(0, 1, "share by place", byPlace);
  }

  /** 40 answers a user, 20 of them to questions that came before; all by taste. */
  public static Survey of(World world) {
    return new Survey(world, 40, 20, 0, 0);
  }

  /** Another number of questions that come again. */
  public Survey again(int n) {
    return new Survey(world, questions, n, random, byPlace);
  }

  /** Another share at random. */
  public Survey random(double share) {
    return new Survey(world, questions, again, share, byPlace);
  }

  /** Another share by place. */
  public Survey byPlace(double share) {
    return new Survey(world, questions, again, random, share);
  }

  /** How a user of the world answers; the counts come as close to the shares as they can. */
  public Manner manner(String user) {
    return manners().getOrDefault(user, Manner.TASTE);
  }

  private Map<String, Manner> manners() {
    var users = world.users();
    int[] order = Seeds.permutation(users.size(), Seeds.stream(world.settings().seed(), "manners"));
    long coins = Math.round(random * users.size());
    long places = Math.round(byPlace * users.size());
    var manners = new HashMap<String, Manner>();
    for (int i = 0; i < order.length && i < coins + places; i++) {
      var place = i % 2 == 0 ? Manner.FIRST : Manner.SECOND;
      manners.put(users.get(order[i]), i < coins ? Manner.RANDOM : place);
    }
    return manners;
  }

  /** All answers, with places. */
  public Preferences ask() {
    var notes = new Interview.Notes(world);
    var manners = manners();
    for (var user : world.users()) {
      ask(new Interview(world, user), manners.getOrDefault(user, Manner.TASTE), notes);
    }
    return notes.all();
  }

  private void ask(Interview interview, Manner manner, Interview.Notes notes) {
    var asked = new ArrayList<Item[]>();
    for (int i = 0; i < questions - again; i++) asked.add(interview.question(notes));
    for (int i = 0; i < again; i++) asked.add(new Item[] {asked.get(i)[1], asked.get(i)[0]});
    for (var pair : asked) {
      boolean first =
          switch (manner) {
            case TASTE -> interview.byTaste(pair);
            case RANDOM -> interview.random().nextBoolean();
            case FIRST -> true;
            case SECOND -> false;
          };
      interview.answer(pair, first, notes);
    }
  }
}
