package palette.personalize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.numeric.Links;
import palette.reward.PrototypeModel;
import palette.reward.WeightMargins;
import palette.support.Checks;

/**
 * Which pair to ask somebody about next (PReF, arXiv 2503.06358). The features of a pair are the
 * margins that the prototypes give it, over the temperature, and of a mix centred, for its weights
 * only move within the simplex; V = (.001 + the prior's strength) I + sum sigma'(m_j) v_j v_j' over
 * the answers given.
 *
 * <pre>{@code
 * Questions.of(model).rank(person, candidates).get(0).pair();
 * }</pre>
 */
public final class Questions {
  private static final double RIDGE = 0.001;

  private final PrototypeModel model;
  private final Comparator<Question> order;

  private Questions(PrototypeModel model, Comparator<Question> order) {
    this.model = model;
    this.order = order;
  }

  /** Questions to users of a model, ranked by the reference score. */
  public static Questions of(PrototypeModel model) {
    Checks.present("model", model);
    return new Questions(model, Comparator.comparingDouble(Question::reference).reversed());
  }

  /** Ranks by the D-optimal score instead. */
  public Questions dOptimal() {
    return new Questions(model, Comparator.comparingDouble(Question::dOptimal).reversed());
  }

  /**
   * A pair and what asking it is worth.
   *
   * @param pair what to ask; which item is called chosen has no meaning here
   * @param probability that the first is preferred, as things are known
   * @param reference sigma'^2 v'V^-1 v, the variance of that probability
   * @param dOptimal log(1 + sigma' v'V^-1 v), the information in the answer
   */
  public record Question(Comparison pair, double probability, double reference, double dOptimal) {}

  /** The candidates, the most worthwhile first; their users play no role. */
  public List<Question> rank(Person person, Preferences candidates) {
    Checks.require(person.model() == model, "person", "a user of this model", person.name());
    double[] w = person.weights();
    var design = design(person, w);
    var margins = model.byWeight(candidates);
    var questions = new ArrayList<Question>();
    for (int j = 0; j < margins.size(); j++) {
      double[] v = features(margins, j, w);
      double p = probability(margins, j, w);
      double spread = p * (1 - p);
      questions.add(
          new Question(
              candidates.comparison(j),
              p,
              design.reference(v, spread),
              design.dOptimal(v, spread)));
    }
    questions.sort(order);
    return questions;
  }

  private Design design(Person person, double[] w) {
    var design = new Design(w.length, RIDGE + person.localizer().prior().strength());
    var asked = person.evidence();
    for (int j = 0; asked != null && j < asked.size(); j++) {
      double p = probability(asked, j, w);
      design.add(features(asked, j, w), asked.weight(j) * p * (1 - p));
    }
    return design;
  }

  private double probability(WeightMargins margins, int j, double[] w) {
    return Links.logistic(margins.margin(j, w, null) / model.temperature());
  }

  // Centred features in K numbers give the same scores as any orthonormal K-1 of them: the ridge
  // keeps the direction (1, ..., 1) apart, and no feature reaches into it.
  private double[] features(WeightMargins margins, int j, double[] w) {
    double[] v = new double[w.length];
    Evidence.slope(margins, j, w, model.temperature(), v);
    var space = model.prior().space();
    if (!space.mixes()) return v;
    double mean = Arrays.stream(space.mix(v)).average().orElse(0);
    for (int k = 0; k < v.length; k++) if (!space.isFree(k)) v[k] -= mean;
    return v;
  }
}
