package palette.personalize;

import java.util.ArrayList;
import java.util.List;
import palette.numeric.Simplex;
import palette.reward.PrototypeModel;
import palette.reward.WeightMargins;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * Why somebody is believed to prefer {@code left} to {@code right}: what each prototype would say,
 * and how much of it counts.
 *
 * @param probability P(left is preferred to right)
 * @param voices one a weight, in the order of the prototypes
 */
public record Explanation(String left, String right, double probability, List<Voice> voices)
    implements Tabled {

  static final int OWN = -2;

  /** Whose voice a column is. */
  static int voice(PrototypeModel model, int column) {
    var space = model.prior().space();
    if (space.mixes() && space.isFree(column)) return OWN;
    return column < model.prototypes() ? column : -1;
  }

  /**
   * What one prototype says.
   *
   * @param prototype its index from 0, -1 for the population's score, -2 for the person's own taste
   * @param weight its weight in the person
   * @param margin by how much it prefers left to right, over the temperature
   */
  public record Voice(int prototype, double weight, double margin) {

    /** weight times margin; where margins are linear in the weights these sum to the whole. */
    public double contribution() {
      return weight * margin;
    }

    static String name(int prototype) {
      if (prototype == OWN) return "own taste";
      return prototype < 0 ? "population" : "prototype " + (prototype + 1);
    }

    private List<String> cells() {
      return List.of(
          name(prototype),
          Texts.format("%.3f", weight),
          Texts.format("%+.3f", margin),
          Texts.format("%+.3f", contribution()));
    }
  }

  static Explanation of(Person person, WeightMargins pair, String left, String right) {
    var model = person.model();
    double[] w = person.weights();
    var voices = new ArrayList<Voice>();
    double own = 0;
    for (int k = 0; k < w.length; k++) {
      double margin = pair.margin(0, Simplex.vertex(w.length, k), null) / person.temperature();
      if (voice(model, k) == OWN) own += w[k] * margin;
      else voices.add(new Voice(voice(model, k), w[k], margin));
    }
    if (model.prior().space().beside() > 0) voices.add(new Voice(OWN, 1, own));
    double p = person.link().probability(pair.margin(0, w, null));
    return new Explanation(left, right, p, List.copyOf(voices));
  }

  @Override
  public Sheet sheet() {
    String caption = Texts.format("P('%s' preferred to '%s') = %.3f", left, right, probability);
    var header = List.of("", "weight", "its margin", "weight x margin");
    return new Sheet(caption, header, voices.stream().map(Voice::cells).toList());
  }

  @Override
  public String toString() {
    return text();
  }
}
