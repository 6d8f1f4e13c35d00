package palette.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
import palette.data.Preferences;
import palette.numeric.VectorLoops;
import palette.reward.PrototypeModel;
import palette.support.Bootstrap;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Interval;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * What the K numbers that a model keeps of a person give away to somebody who has the model. Of
 * their own answers: the share that the weights predict, against what the population's weights
 * predict without knowing anybody. Of groups ({@link #group}): how often a group is guessed from
 * the weights by somebody who knows it of others, against always guessing the largest. Means over
 * users; intervals resample users.
 *
 * <p>A share above chance is disclosed; one at chance is not proof of the contrary, since a better
 * guess may exist. {@code model.forget(user)} takes somebody's numbers away.
 *
 * <pre>{@code
 * Disclosure.of(model, train).group("city", cityOf);
 * }</pre>
 *
 * @param model its name
 * @param facts own answers first, then each group
 */
public record Disclosure(String model, List<Fact> facts, PrototypeModel of) implements Tabled {
  private static final List<String> HEADER =
      List.of("what", "users", "from the weights", "by chance", "disclosed", "95 % interval");

  /**
   * Something that weights may give away.
   *
   * @param what it is
   * @param users how many it was tried on
   * @param recovered the share that is guessed right from weights
   * @param chance the share that is guessed right without them
   * @param interval of the difference
   */
  public record Fact(String what, int users, double recovered, double chance, Interval interval) {

    private static Fact of(String what, double[] mine, double[] without) {
      var interval = Bootstrap.mean(VectorLoops.minus(mine, without), Evaluation.SEED);
      return new Fact(what, mine.length, StatUtils.mean(mine), StatUtils.mean(without), interval);
    }

    /** By how much weights tell more than nothing does. */
    public double disclosed() {
      return recovered - chance;
    }

    /** Whether that is more than another sample of users would show by luck. */
    public boolean clear() {
      return interval.low() > 0;
    }

    private List<String> cells() {
      return List.of(
          what,
          Texts.format("%,d", users),
          Texts.format("%.3f", recovered),
          Texts.format("%.3f", chance),
          Texts.format("%+.3f", disclosed()),
          interval.toString());
    }
  }

  /** How far the answers of training users can be read off their weights. */
  public static Disclosure of(PrototypeModel model, Preferences answers) {
    var known = answers.where(row -> model.knows(answers.users().id(answers.user(row))));
    if (known.size() == 0) {
      throw new InputException(
          "answers", "those of training users of " + model.name(), "none of theirs", "");
    }
    var mine = Evaluation.of(model, known).perUser();
    var without = Evaluation.of(model.population(), known).perUser();
    var own = Fact.of("own answers", mine.means(mine.hits()), without.means(without.hits()));
    return new Disclosure(model.name(), List.of(own), model);
  }

  /**
   * The same with one more question: which group is somebody in? Users without an entry are left
   * out; at least ten are needed, in two groups or more.
   *
   * @param what the question, "city"
   * @param groupOf the group of each user by id
   */
  public Disclosure group(String what, Map<String, String> groupOf) {
    var users = of.users().stream().filter(groupOf::containsKey).toList();
    var numbers = new LinkedHashMap<String, Integer>();
    for (var user : users) numbers.putIfAbsent(groupOf.get(user), numbers.size());
    Checks.require(users.size() >= 10, "users with a group", "at least 10", users.size());
    Checks.require(numbers.size() >= 2, "groups", "at least 2", numbers.keySet());
    double[][] w = users.stream().map(of::weights).toArray(double[][]::new);
    int[] group = users.stream().mapToInt(u -> numbers.get(groupOf.get(u))).toArray();
    var guess = new GroupGuess(w, group, numbers.size(), Evaluation.SEED);
    var more = new ArrayList<>(facts);
    more.add(Fact.of(what, guess.hits, guess.chance));
    return new Disclosure(model, List.copyOf(more), of);
  }

  @Override
  public Sheet sheet() {
    String caption = model + ": what a person's weights give away";
    return new Sheet(caption, HEADER, facts.stream().map(Fact::cells).toList());
  }

  @Override
  public String toString() {
    return text();
  }
}
