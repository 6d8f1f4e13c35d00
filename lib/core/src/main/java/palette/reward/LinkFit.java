package palette.reward;

import java.util.Arrays;
import palette.data.Preferences;
import palette.data.Presentation;
import palette.numeric.Lbfgs;
import palette.support.Interval;
import palette.support.Texts;

/**
 * A link's numbers of the greatest likelihood where the margins are given, by answers that those
 * were not learned from: the temperature, the link's own number, what standing first is worth. A 95
 * % interval holds the values at which twice the loss, with the other numbers at their best, is
 * less than 3.84 above the least (profile likelihood), times how much more the slopes of whole
 * users scatter than those of single answers, since a user's answers depend on each other. What the
 * answers say nothing of stays as it was, with an infinite interval.
 *
 * @param shape of a random strength its coefficient of variation, the index of heterogeneity: 0
 *     where everybody is equally decided; else of exp(z), the weight or the reach of ties
 * @param position of what standing first is worth, in the reward's unit
 */
public record LinkFit(Link link, Interval shape, Interval position) {
  private static final Interval ANYTHING =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  private static final double LIKELY = 3.84; // chi squared of one number, 95 %
  private static final double PULL = 0.01; // answers: keeps numbers finite where all are foretold
  private static final double FAR = 9; // temperatures, logarithms, squared variation
  private static final int HALVINGS = 14;

  /** The link of a loss, by the margins that a model gives these answers. */
  public static LinkFit of(Loss loss, Scorer model, Preferences answers) {
    return of(new Link(loss.kind(), loss.kind().start(), 0, 1), loss.position(), model, answers);
  }

  /** The same from where a link is; its temperature is found anew. */
  public static LinkFit of(Link from, boolean position, Scorer model, Preferences answers) {
    double temperature = Temperature.of(model.margins(answers), answers);
    var told = from.kind().ties() ? answers.withTiedRows() : answers;
    return new Search(from, position, temperature, told, model.margins(told)).fit();
  }

  private static final class Search {
    private final Link from;
    private final Preferences told;
    private final double[] margins;
    private final double[] start; // log T, the link's own number, position / T
    private final boolean[] free;
    private double[] best;
    private double least;

    Search(Link from, boolean position, double temperature, Preferences told, double[] margins) {
      this.from = from;
      this.told = told;
      this.margins = margins;
      boolean ties = false;
      boolean sides = false;
      for (int row = 0; row < told.size(); row++) {
        ties |= Presentation.isTie(told.shown().outcome(row));
        sides |= told.shown().place(row) != 0;
      }
      free = new boolean[] {true, from.kind().random() || from.kind().ties() && ties, position};
      free[2] &= sides;
      double shape = Double.isNaN(from.shape()) ? 0 : from.shape();
      start = new double[] {Math.log(temperature), shape, from.position() / temperature};
    }

    LinkFit fit() {
      var minimum = minimum(start);
      best = minimum.x();
      least = minimum.value();
      double t = Math.exp(best[0]);
      double shape = Double.isNaN(from.shape()) ? Double.NaN : best[1];
      var link = new Link(from.kind(), shape, best[2] * t, t);
      var position = interval(2);
      return new LinkFit(link, interval(1), new Interval(t * position.low(), t * position.high()));
    }

    private Lbfgs.Minimum minimum(double[] at) {
      return Lbfgs.minimize((x, gradient) -> loss(x, gradient, 0, null), at, 1e-6, 100);
    }

    /** -log P of all, its slopes, and those by one number summed for each user. */
    private double loss(double[] x, double[] gradient, int one, double[][] ofUsers) {
      var link = from.kind().with(x[1]);
      double temperature = Math.exp(x[0]);
      double[] out = new double[4];
      double sum = 0;
      for (int i = 0; i < 3; i++) {
        gradient[i] = free[i] ? PULL * (x[i] - start[i]) : 0;
        if (free[i]) sum += PULL / 2 * (x[i] - start[i]) * (x[i] - start[i]);
      }
      for (int row = 0; row < margins.length; row++) {
        int outcome = told.shown().outcome(row);
        int side = Link.side(outcome);
        double margin = margins[row] / temperature;
        double weight = told.weight(row);
        link.at(margin + side * x[2], Presentation.isTie(outcome), out);
        sum += weight * out[0];
        if (free[0]) gradient[0] -= weight * out[1] * margin;
        if (free[1]) gradient[1] += weight * out[3];
        if (free[2]) gradient[2] += weight * side * out[1];
        if (ofUsers == null) continue;
        double slope = weight * (one == 1 ? out[3] : side * out[1]);
        ofUsers[told.user(row)][0] += slope;
        ofUsers[told.user(row)][1] += slope * slope;
      }
      return sum;
    }

    private Interval interval(int i) {
      if (!free[i]) return ANYTHING;
      double[][] ofUsers = new double[told.users().size()][2];
      loss(best, new double[3], i, ofUsers);
      double together = Arrays.stream(ofUsers).mapToDouble(u -> u[0] * u[0]).sum();
      double alone = Arrays.stream(ofUsers).mapToDouble(u -> u[1]).sum();
      double may = LIKELY * Math.max(1, told.answering().size() < 2 ? 1 : together / alone);
      double low = end(i, squared(i) ? 0 : best[i] - FAR, may);
      double high = end(i, squared(i) ? FAR : best[i] + FAR, may);
      if (squared(i)) return new Interval(Math.sqrt(low), Math.sqrt(high));
      return i == 1 ? new Interval(Math.exp(low), Math.exp(high)) : new Interval(low, high);
    }

    // A random strength is looked for by its square, in which the loss is smooth at 0 too.
    private boolean squared(int i) {
      return i == 1 && from.kind().random();
    }

    /** Where, on the way out, twice the loss has risen by so much, by halving. */
    private double end(int i, double out, double may) {
      double in = squared(i) ? best[i] * best[i] : best[i];
      double at = out;
      free[i] = false;
      double[] x = best.clone();
      for (int n = 0; n <= HALVINGS; n++) {
        x[i] = squared(i) ? Math.sqrt(at) : at;
        boolean within = 2 * (minimum(x).value() - least) < may;
        if (within && at == out) break;
        if (within) in = at;
        else out = at;
        at = (in + out) / 2;
      }
      free[i] = true;
      return at;
    }
  }

  /** "Gamma strength link, ...; 95 % interval 0.610 to 0.980". */
  @Override
  public String toString() {
    String text = link.toString();
    if (!shape.equals(ANYTHING)) text += "; 95 % interval " + shape;
    return link.position() == 0 ? text : text + Texts.format("; of standing first %s", position);
  }
}
