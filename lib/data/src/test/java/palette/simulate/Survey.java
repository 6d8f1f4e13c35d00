package palette.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import palette.data.Preferences;
import palette.simulate.Interview.Item;
import palette.support.Seeds;

/**
 * A {@link World} asked as a careful interviewer asks, and not everybody answers by taste. Each
 * user gives 40 answers; the last {@code again} of them put the first questions once more with the
 * two items swapped.
 *
 * @param random the share of the users who answer at random
 * @param byPlace the share of the users who answer by place, half of them what stands first
 */
public record Survey(World world, int again, double random, double byPlace) {
  private static final int QUESTIONS = 40;

  /** How somebody answers: as the world says, by a coin, always what stands first, or second. */
  public enum Manner {
    TASTE,
    RANDOM,
    FIRST,
    SECOND
  }

  /** 20 of the questions come again; all answer by taste. */
  public static Survey of(World world) {
    return new Survey(world, 20, 0, 0);
  }

  public Survey again(int n) {
    return new Survey(world, n, random, byPlace);
  }

  public Survey random(double share) {
    return new Survey(world, again, share, byPlace);
  }

  public Survey byPlace(double share) {
    return new Survey(world, again, random, share);
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
    for (int i = 0; i < QUESTIONS - again; i++) asked.add(interview.question(notes));
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
