package palette.reward;

import palette.data.Presentation;
import palette.numeric.LinkKind;
import palette.numeric.Links;
import palette.numeric.MarginLoss;
import palette.support.Texts;

/**
 * From margins to probabilities, as a fit left it. With the margin m = reward(chosen) -
 * reward(rejected) the kind's P is taken at
 *
 * <pre>t = (m + position) / temperature where the chosen item stood first,
 *     (m - position) / temperature where it stood second, m / temperature where nobody knows</pre>
 *
 * An outcome is that of {@link Presentation#outcome}.
 *
 * @param shape the kind's own number; of no meaning where it has none
 * @param position what standing first is worth, in the reward's unit
 */
public record Link(LinkKind kind, double shape, double position, double temperature) {

  /** P(chosen) = sigmoid(m / temperature). */
  public static Link logistic(double temperature) {
    return new Link(LinkKind.LOGISTIC, Double.NaN, 0, temperature);
  }

  /** 1 where the chosen item stood first, -1 where second, 0 where nobody knows. */
  static int side(int outcome) {
    return (outcome & 1) - (outcome >> 1 & 1);
  }

  private double at(double margin, int outcome) {
    return (margin + side(outcome) * position) / temperature;
  }

  /** -log P of such an answer about two items that are this far apart. */
  public double loss(double margin, int outcome) {
    double t = at(margin, outcome);
    if (kind == LinkKind.LOGISTIC) return Links.logLoss(t); // without an array
    return kind.with(shape).loss(t, Presentation.isTie(outcome));
  }

  /** P that the item that is better by this margin is chosen, the sides unknown. */
  public double probability(double margin) {
    return Math.exp(-kind.with(shape).loss(margin / temperature, false));
  }

  /** P that neither is; 0 where the kind knows no ties. */
  public double tie(double margin, int outcome) {
    return kind.ties() ? Math.exp(-kind.with(shape).loss(at(margin, outcome), true)) : 0;
  }

  /** log P(chosen) - log P(rejected), where one of them was chosen. */
  public double logOdds(double margin, int outcome) {
    double t = at(margin, outcome);
    if (kind == LinkKind.LOGISTIC || kind == LinkKind.DAVIDSON) return t;
    var link = kind.with(shape);
    return link.loss(-t, false) - link.loss(t, false);
  }

  /** The loss of margins over the temperature, for answers of these outcomes, one each. */
  public MarginLoss over(int[] outcomes) {
    if (kind == LinkKind.LOGISTIC && position == 0) return MarginLoss.LOGISTIC;
    return (m, weights, n, slopes, bends) -> sum(m, weights, outcomes, n, slopes, bends, null);
  }

  /**
   * The weighted sum of -log P over the first n of margins over the temperature. Fills in each
   * one's slope and, where they are wanted, curvature of at least 0, without its weight; adds to
   * {@code own}, unless it is null, the sum's slopes by shape and by position / temperature.
   */
  public double sum(
      double[] margins,
      double[] weights,
      int[] outcomes,
      int n,
      double[] slopes,
      double[] curvatures,
      double[] own) {
    double first = position / temperature;
    double low = 0;
    double high = 0;
    for (int j = 0; j < n; j++) {
      low = Math.min(low, margins[j]);
      high = Math.max(high, margins[j]);
    }
    var link = kind.with(shape, low - Math.abs(first), high + Math.abs(first));
    double[] out = new double[4];
    double sum = 0;
    double byShape = 0;
    double byPosition = 0;
    for (int j = 0; j < n; j++) {
      int side = side(outcomes[j]);
      link.at(margins[j] + side * first, Presentation.isTie(outcomes[j]), out);
      sum += weights[j] * out[0];
      slopes[j] = out[1];
      if (curvatures != null) curvatures[j] = Math.max(0, out[2]);
      byShape += weights[j] * out[3];
      byPosition += weights[j] * side * out[1];
    }
    if (own != null) own[0] += byShape;
    if (own != null) own[1] += byPosition;
    return sum;
  }

  /** "Davidson link, temperature 1.2, ties at 0.52". */
  @Override
  public String toString() {
    String text = Texts.format("%s link, temperature %.3f", kind.label(), temperature);
    if (kind.random()) text += Texts.format(", coefficient of variation %.3f", Math.abs(shape));
    if (kind.ties()) text += Texts.format(", ties at %.3f", Math.exp(shape));
    return position == 0 ? text : text + Texts.format(", standing first at %.3f", position);
  }
}
