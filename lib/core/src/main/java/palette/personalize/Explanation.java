package palette.personalize;

import java.util.ArrayList;
import java.util.List;
import palette.numeric.Simplex;
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

  /**
   * What one prototype says.
   *
   * @param prototype its index from 0, -1 for the population's score
   * @param weight its weight in the person
   * @param margin by how much it prefers left to right, over the temperature
   */
  public record Voice(int prototype, double weight, double margin) {

    /** weight times margin; where margins are linear in the weights these sum to the whole. */
    public double contribution() {
      return weight * margin;
    }

    private List<String> cells() {
      return List.of(
          prototype < 0 ? "population" : "prototype " + (prototype + 1),
          Texts.format("%.3f", weight),
          Texts.format("%+.3f", margin),
          Texts.format("%+.3f", contribution()));
    }
  }

  static Explanation of(Person person, WeightMargins pair, String left, String right) {
    var model = person.model();
    double[] w = person.weights();
    var voices = new ArrayList<Voice>();
    for (int k = 0; k < w.length; k++) {
      double margin = pair.margin(0, Simplex.vertex(w.length, k), null) / person.temperature();
      voices.add(new Voice(k < model.prototypes() ? k : -1, w[k], margin));
    }
    double p = person.link().probability(pair.margin(0, w, null));
    return new Explanation(left, right, p, List.copyOf(voices));
  }

  private String caption() {
    return Texts.format("P('%s' preferred to '%s') = %.3f", left, right, probability);
  }

  private static List<String> header() {
    return List.of("", "weight", "its margin", "weight x margin");
  }

  @Override
  public Sheet sheet() {
    return new Sheet(caption(), header(), voices.stream().map(Voice::cells).toList());
  }

  @Override
  public String toString() {
    return text();
  }
}
