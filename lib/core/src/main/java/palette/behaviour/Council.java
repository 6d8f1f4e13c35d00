package palette.behaviour;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.stat.StatUtils;
import palette.personalize.Person;
import palette.reward.PrototypeModel;
import palette.reward.Ranking;
import palette.support.Checks;
import palette.support.Sheet;

/**
 * Many people, one answer. What person i has of item x is the chance that they prefer it to another
 * of these items,
 *
 * <pre>u_i(x) = mean over y != x of P_i(x preferred to y)</pre>
 *
 * from 0 to 1, and .5 for an item at random: a scale that people share although their rewards have
 * none. No rule is neutral: each says whose loss counts how much.
 *
 * @param people placed, or of the training
 */
public record Council(List<Person> people) {

  /** How many people's wishes become one order. */
  public enum Rule {
    /** The mean of u_i: a strong wish counts more than a faint one. */
    MEAN,
    /** The mean share of other items that a person ranks below, ties one half: order alone. */
    BORDA,
    /** The least u_i: nobody has less than has to be. */
    MAXIMIN,
    /** The Nash product, as exp(mean of log u_i): who has little gains much by a little. */
    NASH,
    /** The share of other items that most people rank below, ties one half. */
    COPELAND
  }

  /**
   * What a rule does.
   *
   * @param item what it puts first
   * @param mean of u_i over all
   * @param worstTenth the mean u_i of the tenth of the people, rounded up, who have least of it
   * @param below the share of the people whom an item at random would serve better
   */
  public record Verdict(Rule rule, String item, double mean, double worstTenth, double below) {}

  public Council {
    people = List.copyOf(Checks.notEmpty("people", people));
  }

  /** Training users of a model. */
  public static Council of(PrototypeModel model, Collection<String> users) {
    return new Council(users.stream().map(user -> Person.of(model, user)).toList());
  }

  /** u, shape [people][items]. */
  public double[][] shares(String prompt, List<String> items) {
    Checks.require(items.size() >= 2, "items", "at least 2", items.size());
    return people.stream().map(person -> shares(person, prompt, items)).toArray(double[][]::new);
  }

  private static double[] shares(Person person, String prompt, List<String> items) {
    double[] rewards = Judge.of(person).rewards(prompt, items);
    double[] u = new double[rewards.length];
    for (int x = 0; x < u.length; x++) {
      for (int y = 0; y < u.length; y++) {
        if (y != x) u[x] += person.link().probability(rewards[x] - rewards[y]) / (u.length - 1);
      }
    }
    return u;
  }

  /** The items by a rule, the best first; equal ones keep the order they came in. */
  public Ranking rank(String prompt, List<String> items, Rule rule) {
    return rank(shares(prompt, items), items, rule);
  }

  private static Ranking rank(double[][] u, List<String> items, Rule rule) {
    double[] scores = new double[items.size()];
    Arrays.setAll(scores, x -> score(u, x, rule));
    return Ranking.of(items, scores);
  }

  private static double score(double[][] u, int x, Rule rule) {
    double[] of = column(u, x);
    return switch (rule) {
      case MEAN -> StatUtils.mean(of);
      case MAXIMIN -> Arrays.stream(of).min().getAsDouble();
      case NASH -> Math.exp(StatUtils.mean(Arrays.stream(of).map(Math::log).toArray()));
      case BORDA -> against(u, x, above -> above);
      case COPELAND -> against(u, x, above -> half(above - 0.5));
    };
  }

  /** The mean over other items of what the share of the people who rank x above it counts. */
  private static double against(double[][] u, int x, DoubleUnaryOperator counts) {
    double sum = 0;
    for (int y = 0; y < u[0].length; y++) {
      double above = 0;
      for (double[] of : u) above += half(of[x] - of[y]);
      if (y != x) sum += counts.applyAsDouble(above / u.length);
    }
    return sum / (u[0].length - 1);
  }

  private static double half(double difference) {
    return (Math.signum(difference) + 1) / 2;
  }

  private static double[] column(double[][] u, int x) {
    return Arrays.stream(u).mapToDouble(of -> of[x]).toArray();
  }

  /** What each rule does. */
  public List<Verdict> verdicts(String prompt, List<String> items) {
    double[][] u = shares(prompt, items);
    return Arrays.stream(Rule.values()).map(rule -> verdict(u, items, rule)).toList();
  }

  private static Verdict verdict(double[][] u, List<String> items, Rule rule) {
    String item = rank(u, items, rule).get(0).item();
    double[] of = column(u, items.indexOf(item));
    Arrays.sort(of);
    double tenth = StatUtils.mean(Arrays.copyOf(of, (of.length + 9) / 10));
    double below = Arrays.stream(of).filter(share -> share < 0.5).count();
    return new Verdict(rule, item, StatUtils.mean(of), tenth, below / of.length);
  }

  /** The same as a table. */
  public Sheet table(String prompt, List<String> items) {
    var rows =
        verdicts(prompt, items).stream()
            .map(v -> Numbers.row(v.rule + ": " + v.item, v.mean, v.worstTenth, v.below))
            .toList();
    return new Sheet(List.of("first by", "mean", "worst tenth", "below a random item"), rows);
  }

  /**
   * The share of the people whose favourite an item is, for each that is anybody's: to show all of
   * them is Overton pluralism, to answer in these shares distributional.
   */
  public Map<String, Double> firstChoices(String prompt, List<String> items) {
    var shares = new LinkedHashMap<String, Double>();
    for (var person : people) {
      String first = BestOfN.pick(Judge.of(person), prompt, items);
      shares.merge(first, 1.0 / people.size(), Double::sum);
    }
    return shares;
  }
}
