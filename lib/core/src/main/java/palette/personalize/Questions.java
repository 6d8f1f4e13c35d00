package palette.personalize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.numeric.Links;
import palette.reward.PrototypeModel;
import palette.reward.WeightMargins;
import palette.support.Checks;

/**
 * Which pair to ask somebody about next (PReF, arXiv 2503.06358). The features of a pair are the
 * margins that the prototypes give it, over the temperature, and of a mix centred, for its weights
 * only move within the simplex; V = (.001 + the prior's strength) I + sum sigma'_j v_j v_j' over
 * the answers given, sigma' = q (1 - q), where q is how likely the first is chosen if one of the
 * two is: by the logistic link its slope, by others about that.
 *
 * <pre>{@code
 * Questions.of(model).rank(person, candidates).get(0).pair();
 * }</pre>
 */
public record Questions(PrototypeModel model) {
  private static final double RIDGE = 0.001;
  private static final int FEW = 150; // draws, to see whether many are worth their time
  private static final int MANY = 600;
  private static final double NEAR = 0.05;

  /** Questions to users of a model, ranked by the reference score. */
  public static Questions of(PrototypeModel model) {
    return new Questions(Checks.present("model", model));
  }

  /**
   * A pair and what asking it is worth.
   *
   * @param pair what to ask; which item is called chosen has no meaning here
   * @param probability that the first is preferred, as {@link Person#compare} has it
   * @param reference sigma'^2 v'V^-1 v, by the logistic link the variance of that probability
   * @param dOptimal log(1 + sigma' v'V^-1 v), the information in the answer
   */
  public record Question(Comparison pair, double probability, double reference, double dOptimal) {}

  /**
   * The candidates, the most worthwhile first; their users play no role. A pair that the person has
   * answered is no question any more, whichever item came first, nor is one that the model cannot
   * tell from such a pair.
   */
  public List<Question> rank(Person person, Preferences candidates) {
    Checks.require(person.model() == model, "person", "a user of this model", person.name());
    double[] w = person.weights();
    var design = design(person, w);
    var margins = model.byWeight(candidates);
    var questions = new ArrayList<Question>();
    var asked = new HashSet<List<Double>>();
    var said = person.evidence();
    for (int j = 0; said != null && j < said.size(); j++)
      asked.add(key(features(said, j, w, person)));
    for (int j = 0; j < margins.size(); j++) {
      double[] v = features(margins, j, w, person);
      if (!asked.add(key(v))) continue;
      double q = untied(margins, j, w, person);
      double spread = q * (1 - q);
      questions.add(
          new Question(
              candidates.comparison(j),
              q * (1 - person.link().tie(margins.margin(j, w, null), 0)),
              design.reference(v, spread),
              design.dOptimal(v, spread)));
    }
    questions.sort(Comparator.comparingDouble(Question::reference).reversed());
    return questions;
  }

  /**
   * How an interview went.
   *
   * @param person as the answers left them
   * @param ranking of all items of the candidates
   * @param answers how many were given
   */
  public record Inquiry(Person person, SureRanking ranking, int answers) {}

  /**
   * Asks the most worthwhile candidate again and again, until the first of their items is the best
   * with this probability, or nothing is left to ask.
   *
   * @param answer gives the pair back with the chosen item first; null passes
   */
  public Inquiry untilSure(
      Person person, Preferences candidates, double level, UnaryOperator<Comparison> answer) {
    var left = candidates;
    var now = person;
    for (int given = 0; ; ) {
      boolean near = ranking(now, candidates, level, FEW, given).sure() >= level - NEAR;
      var ranking = near ? ranking(now, candidates, level, MANY, given) : null;
      boolean sure = near && ranking.sure() >= level;
      var open = sure ? List.<Question>of() : rank(now, left);
      if (open.isEmpty()) {
        if (!near) ranking = ranking(now, candidates, level, MANY, given);
        return new Inquiry(now, ranking, given);
      }
      var asked = open.get(0).pair();
      var said = answer.apply(asked);
      var before = left;
      left = before.where(row -> !before.comparison(row).equals(asked));
      if (said == null) continue;
      given++;
      now = now.withAnswers(Belief.described(List.of(said), candidates.items()));
    }
  }

  private static SureRanking ranking(
      Person of, Preferences pairs, double level, int draws, long seed) {
    return Belief.of(of, draws, seed).ranking(level, null, pairs.items());
  }

  /** The same for a pair and its swapped twin. */
  private static List<Double> key(double[] v) {
    double sign = 0;
    for (int k = 0; k < v.length && sign == 0; k++) sign = Math.signum(v[k]);
    double first = sign;
    return Arrays.stream(v).mapToObj(x -> first * x + 0.0).toList(); // no -0
  }

  private Design design(Person person, double[] w) {
    var design = new Design(w.length, RIDGE + person.localizer().prior().strength());
    var asked = person.evidence();
    for (int j = 0; asked != null && j < asked.size(); j++) {
      double q = untied(asked, j, w, person);
      design.add(features(asked, j, w, person), asked.weight(j) * q * (1 - q));
    }
    return design;
  }

  private static double untied(WeightMargins margins, int j, double[] w, Person person) {
    return Links.logistic(person.link().logOdds(margins.margin(j, w, null), 0));
  }

  // Centred features in K numbers give the same scores as any orthonormal K-1 of them: the ridge
  // keeps the direction (1, ..., 1) apart, and no feature reaches into it.
  private double[] features(WeightMargins margins, int j, double[] w, Person person) {
    double[] v = new double[w.length];
    Evidence.slope(margins, j, w, person.temperature(), v);
    var space = model.prior().space();
    if (!space.mixes()) return v;
    double mean = Arrays.stream(space.mix(v)).average().orElse(0);
    for (int k = 0; k < v.length; k++) if (!space.isFree(k)) v[k] -= mean;
    return v;
  }
}
