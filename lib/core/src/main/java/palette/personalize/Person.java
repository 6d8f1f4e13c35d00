package palette.personalize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.reward.Link;
import palette.reward.PrototypeModel;
import palette.reward.Ranking;
import palette.reward.Scorer;
import palette.reward.Space;
import palette.reward.WeightMargins;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * One user as the model sees them: weights over its prototypes, either placed by a {@link
 * Localizer} or learned in training. Items and prompts are named by id, or by their texts where the
 * model has an embedder. Immutable: {@link #withAnswers} returns another person.
 *
 * @param localizer by which they are placed, and again with more answers
 * @param id of the user
 * @param evidence the answers; null for a training user, whose answers are not kept
 * @param certificate how sure it is that these are the best weights for the answers
 * @param sharpness the model's temperature over their own: 1 but for a training user
 */
public record Person(
    Localizer localizer,
    String id,
    WeightMargins evidence,
    double[] weights,
    Certificate certificate,
    double sharpness)
    implements Scorer, Tabled {
  private static final int SHOWN = 20; // weights, the largest; a ridge may have thousands

  /** A training user with the weights that the training found. */
  public static Person of(PrototypeModel model, String user) {
    if (!model.knows(user)) {
      throw new InputException(
          model.name(),
          "one of its " + Texts.count(model.users().size(), "training user"),
          "'" + user + "'",
          "Localizer.of(model).fit(answers) places somebody new; model.population() scores for"
              + " everybody.");
    }
    double[] weights = Arrays.copyOf(model.weights(user), model.prior().center().length);
    return of(model, user, weights, model.sharpness(user));
  }

  /** Somebody with weights that were found before, by answers that were not kept. */
  public static Person of(PrototypeModel model, String user, double[] weights) {
    return of(model, user, weights, 1);
  }

  /** The same at a temperature of their own, the model's over the sharpness. */
  public static Person of(PrototypeModel model, String user, double[] weights, double sharpness) {
    int columns = model.prior().center().length;
    Checks.require(weights.length == columns, "weights", columns + " numbers", weights.length);
    var trained = Certificate.trained();
    return new Person(Localizer.of(model), user, null, weights.clone(), trained, sharpness);
  }

  /** A weight for each prototype and, where the prior has it, one for the population's score. */
  @Override
  public double[] weights() {
    return weights.clone();
  }

  /**
   * How many answers the weights rest on, pairs implied by judgements at what they weigh: twenty
   * votes are twenty. A wish counts as what it weighs. 0 for a training user, whose answers are not
   * kept.
   */
  public int answers() {
    double sum = 0;
    for (int j = 0; evidence != null && j < evidence.size(); j++) sum += evidence.weight(j);
    return (int) Math.round(sum);
  }

  /**
   * A standard deviation for each weight: the Laplace approximation, of a mix on the face of the
   * simplex where the weights lie. NaN for a weight at its bound, about which it says nothing, and
   * for a training user; infinite where neither answers nor prior decide.
   */
  public double[] uncertainty() {
    if (evidence != null) {
      return Laplace.deviations(evidence, link(), localizer.prior(), weights);
    }
    double[] unknown = new double[weights.length];
    Arrays.fill(unknown, Double.NaN);
    return unknown;
  }

  /** The reward of an item; the prompt may be null. */
  public double reward(String prompt, String item) {
    return model().rewards(weights, prompt, List.of(item))[0];
  }

  /** P(left is preferred to right). */
  public double compare(String prompt, String left, String right) {
    double[] both = model().rewards(weights, prompt, List.of(left, right));
    return link().probability(both[0] - both[1]);
  }

  /** Why left is believed to be preferred to right, or not. */
  public Explanation explain(String prompt, String left, String right) {
    var pair = model().byWeight(Preferences.of(List.of(new Comparison(id, prompt, left, right))));
    return Explanation.of(this, pair, left, right);
  }

  /** The items by falling reward; the prompt may be null. */
  public Ranking rank(String prompt, List<String> items) {
    Checks.notEmpty("items", items);
    return Ranking.of(items, model().rewards(weights, prompt, items));
  }

  /** The same without a prompt. */
  public Ranking rank(List<String> items) {
    return rank(null, items);
  }

  /**
   * One prototype's part in somebody; its index is from 0, -1 for the population's score, -2 for
   * how far somebody's own taste leaves the mix.
   */
  public record Share(int prototype, double weight, double deviation) {

    /** "prototype 2", counted from 1 as in figures, or "population". */
    public String name() {
      return Explanation.Voice.name(prototype);
    }

    private String plusMinus() {
      if (prototype == Explanation.OWN) return "";
      double off = Math.min(Math.abs(weight), Math.abs(1 - weight));
      if (Double.isNaN(deviation)) return off < 1e-9 ? "at the bound" : "";
      return Double.isInfinite(deviation) ? "undecided" : Texts.format("± %.3f", deviation);
    }

    /** "prototype 2: 0.531 ± 0.035". */
    @Override
    public String toString() {
      return Texts.format("%s: %.3f %s", name(), weight, plusMinus()).strip();
    }
  }

  /** The prototypes by falling weight: the nearest comes first. */
  public List<Share> nearest() {
    double[] deviations = uncertainty();
    var shares = new ArrayList<Share>();
    double squares = 0;
    for (int k = 0; k < weights.length; k++) {
      int number = Explanation.voice(model(), k);
      if (number == Explanation.OWN) squares += weights[k] * weights[k];
      else shares.add(new Share(number, weights[k], deviations[k]));
    }
    if (squares > 0) shares.add(new Share(Explanation.OWN, Math.sqrt(squares), Double.NaN));
    shares.sort(Comparator.comparingDouble(Share::weight).reversed());
    return shares;
  }

  /**
   * KL(w || population) in nats: how far a mix is from what was believed before any answer; NaN
   * where weights are no mix.
   */
  public double divergence() {
    if (!mixes()) return Double.NaN;
    return Mixtures.divergence(mix(), space().mix(localizer.prior().center()));
  }

  /** exp(entropy of the weights): of how many prototypes a mix is made; NaN where it is none. */
  public double effectivePrototypes() {
    if (!mixes()) return Double.NaN;
    return Mixtures.effectivePrototypes(mix());
  }

  /** The same person after one answer more. */
  public Person withAnswer(Comparison answer) {
    return withAnswers(Preferences.of(List.of(answer)));
  }

  /** The same person after more answers, placed again by all of them. */
  public Person withAnswers(Preferences more) {
    if (evidence == null) throw trained();
    return localizer.place(id, Evidence.join(evidence, model().byWeight(localizer.told(more))));
  }

  InputException trained() {
    return new InputException(
        "training user '" + id + "'",
        "somebody placed by answers",
        "weights from training, whose answers are not kept",
        "Localizer.of(model).fit(answers) places them by all their answers.");
  }

  /** The model that knows them. */
  public PrototypeModel model() {
    return localizer.model();
  }

  @Override
  public String name() {
    String how = evidence == null ? "trained" : Texts.count(answers(), "answer");
    return id + " (" + model().name() + ", " + how + ")";
  }

  @Override
  public double[] margins(Preferences answers) {
    return model().byWeight(answers).at(weights);
  }

  @Override
  public double temperature() {
    return link().temperature();
  }

  /** The model's; of a training user at their own temperature, where the fit learned one. */
  @Override
  public Link link() {
    var link = model().link();
    return new Link(link.kind(), link.shape(), link.position(), link.temperature() / sharpness);
  }

  private boolean mixes() {
    return space().mixes();
  }

  private Space space() {
    return localizer.prior().space();
  }

  private double[] mix() {
    return space().mix(weights);
  }

  /** Its certificate, and how mixed it is. */
  @Override
  public List<String> sentences() {
    if (!mixes()) return List.of(certificate.toString());
    String facts = Texts.format("%s; made of %.2f prototypes", certificate, effectivePrototypes());
    double nats = divergence(); // infinite where the population is a prototype of its own
    if (Double.isInfinite(nats)) return List.of(facts);
    return List.of(facts + Texts.format(", %.3f nats from the population", nats));
  }

  @Override
  public Sheet sheet() {
    var rows =
        nearest().stream()
            .limit(SHOWN)
            .map(s -> List.of(s.name(), Texts.format("%.3f", s.weight()), s.plusMinus()))
            .toList();
    return new Sheet(name(), List.of("", "weight", ""), rows);
  }

  @Override
  public String toString() {
    return text();
  }
}
