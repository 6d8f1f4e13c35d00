package palette.behaviour;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import palette.data.Preferences;
import palette.evaluate.Evaluation;
import palette.personalize.Localizer;
import palette.personalize.Mixtures;
import palette.personalize.Person;
import palette.reward.PrototypeModel;
import palette.reward.Ranking;
import palette.support.Checks;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * What people are shown the more a model listens to them: the best of some items, by weights that
 * rest on ever more answers, or that a dial moves from the population's to their own. A third party
 * has to live with it: the truth, a neighbour, everybody.
 *
 * @param prompt may be null
 * @param items to choose from
 * @param shown how many of them each person sees
 * @param third whose regret is counted
 */
public record EchoChamber(
    PrototypeModel model, String prompt, List<String> items, int shown, Judge third) {

  public EchoChamber {
    boolean some = 1 <= shown && shown < items.size();
    Checks.require(some, "shown", "1 to " + (items.size() - 1), shown);
  }

  /**
   * What people are shown, means over them; the last two in standard deviations of the items.
   *
   * @param at how many answers, or the share of people's own weights
   * @param accuracy on held-out answers
   * @param moved the share of pairs of items that stand in another order than the population's
   * @param voices of how many prototypes the shown items are: exp(entropy) of their shares, where
   *     an item belongs to the prototype that likes it most, in standard deviations
   * @param own how they like it by all that is known of them
   * @param regret how much less the third party likes it than a choice of its own
   */
  public record Step(
      double at, double accuracy, double moved, double voices, double own, double regret) {}

  /** The price, step by step. */
  public record Curve(String axis, List<Step> steps) implements Tabled {
    @Override
    public Sheet sheet() {
      return new Sheet(
          List.of(axis, "accuracy", "moved", "voices", "own", "regret of the third party"),
          steps.stream().map(Curve::row).toList());
    }

    private static List<String> row(Step s) {
      String at = Texts.format("%.4g", s.at);
      return Numbers.row(at, s.accuracy, s.moved, s.voices, s.own, s.regret);
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** As the answers of these people grow: placed by the first n of each. */
  public Curve listening(Preferences asked, Preferences heldOut, int... counts) {
    var localizer = Localizer.of(model);
    var all = localizer.fitAll(asked);
    var people = all.users().stream().map(all::person).toList();
    var steps =
        Arrays.stream(counts)
            .mapToObj(
                n -> {
                  var placed = localizer.fitAll(asked.first(n));
                  return step(n, people, person -> placed.person(person.id()), heldOut);
                });
    return new Curve("answers", steps.toList());
  }

  /** As a dial moves weights from the population's, share 0, to people's own, share 1. */
  public Curve dial(List<Person> people, Preferences heldOut, double... shares) {
    var steps =
        Arrays.stream(shares)
            .mapToObj(share -> step(share, people, person -> dialled(person, share), heldOut));
    return new Curve("own share", steps.toList());
  }

  /** Somebody with the weights (1 - share) center + share w, at their temperature. */
  public static Person dialled(Person person, double share) {
    double[] w = person.weights();
    double[] center = person.model().prior().center();
    Arrays.setAll(w, k -> (1 - share) * center[k] + share * w[k]);
    return Person.of(person.model(), person.id(), w, person.sharpness());
  }

  private Step step(
      double at, List<Person> people, UnaryOperator<Person> heard, Preferences heldOut) {
    double[] everybody = Judge.population(model).rewards(prompt, items);
    double[] others = Numbers.standard(third.rewards(prompt, items));
    int[] voices = voices();
    double[] sums = new double[5];
    for (var person : people) {
      var now = heard.apply(person);
      double[] rewards = Judge.of(now).rewards(prompt, items);
      int[] best = best(rewards);
      sums[0] += Evaluation.of(now, heldOut.ofUser(person.id())).accuracy();
      sums[1] += 1 - Numbers.agreement(rewards, everybody);
      sums[2] += effective(voices, best);
      sums[3] += mean(Numbers.standard(Judge.of(person).rewards(prompt, items)), best);
      sums[4] += mean(others, best(others)) - mean(others, best);
    }
    for (int s = 0; s < sums.length; s++) sums[s] /= people.size();
    return new Step(at, sums[0], sums[1], sums[2], sums[3], sums[4]);
  }

  /** The items that are shown, by position. */
  private int[] best(double[] rewards) {
    var ranking = Ranking.of(items, rewards);
    return IntStream.range(0, shown).map(i -> items.indexOf(ranking.get(i).item())).toArray();
  }

  private static double mean(double[] values, int[] of) {
    return StatUtils.mean(Arrays.stream(of).mapToDouble(i -> values[i]).toArray());
  }

  /** The prototype that each item belongs to. */
  private int[] voices() {
    double[][] likes = new double[model.prototypes()][];
    Arrays.setAll(likes, k -> Numbers.standard(Judge.prototype(model, k).rewards(prompt, items)));
    int[] voices = new int[items.size()];
    for (int i = 0; i < voices.length; i++) {
      for (int k = 1; k < likes.length; k++) if (likes[k][i] > likes[voices[i]][i]) voices[i] = k;
    }
    return voices;
  }

  private double effective(int[] voices, int[] best) {
    double[] shares = new double[model.prototypes()];
    for (int i : best) shares[voices[i]] += 1.0 / best.length;
    return Mixtures.effectivePrototypes(shares);
  }
}
