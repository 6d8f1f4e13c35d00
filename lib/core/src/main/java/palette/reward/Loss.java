package palette.reward;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import palette.engine.Torch;
import palette.numeric.LinkKind;
import palette.support.Checks;
import palette.support.InputException;

/**
 * What a margin m = reward(chosen) - reward(rejected) costs. Built in: {@link #LOGISTIC} -log
 * sigmoid(m), {@link #HINGE} max(0, 1-m), {@link #smoothHinge}. A loss of one's own is a lambda
 * from an NDArray of margins, shape [n], to an NDArray of as many losses, each by its own margin;
 * the training loop weighs and averages them. Its slope is the difference quotient in double
 * precision, (l(m + h) - l(m - h)) / 2h with h = 1e-5 max(1, |m|). It is saved by its name only.
 *
 * <p>{@link #of(LinkKind)} is -log P of a link that may have a number of its own. To any link
 * {@link #withPosition} adds what standing first is worth, and to any loss {@link
 * #withUserTemperatures} how decided each user is; all of these are learned with the rewards.
 */
public final class Loss {
  /** Fills the slope of each of n margins, if asked to; returns the weighted sum of the values. */
  private interface Formula {
    double at(double[] margins, double[] weights, int n, double[] slopes);
  }

  /** -log sigmoid(m): the negative log likelihood of the Bradley-Terry link. */
  public static final Loss LOGISTIC = new Loss("logistic", Loss::logistic, true);

  /** max(0, 1 - m). */
  public static final Loss HINGE = smooth("hinge", 0);

  /**
   * Whole rankings by Plackett and Luce: all pairs in which somebody prefers the same item are one
   * choice among several ({@link Choices}), and count as one answer, whatever they weigh. For
   * answers that are all pairs of rankings; elsewhere a choice is made of questions that were put
   * one by one. A pair by itself costs what it costs by {@link #LOGISTIC}, and so do a newcomer's.
   */
  public static final Loss PLACKETT_LUCE = new Loss("Plackett-Luce", Loss::logistic, true);

  private static final double STEP = 1e-5;
  private static final String POSITION = " + position";
  private static final String USERS = " + user temperatures";

  private final String name;
  private final Formula formula;
  private final boolean builtIn;
  private final LinkKind kind;

  private Loss(String name, Formula formula, boolean builtIn) {
    this(name, formula, builtIn, LinkKind.LOGISTIC);
  }

  private Loss(String name, Formula formula, boolean builtIn, LinkKind kind) {
    this.name = Checks.named("loss", name);
    this.formula = formula;
    this.builtIn = builtIn;
    this.kind = kind;
  }

  /**
   * -log P of a link; its own number is learned with the rewards, and ties are where it has such.
   */
  public static Loss of(LinkKind kind) {
    var start = new Link(kind, kind.start(), 0, 1);
    Formula formula =
        (m, weights, n, slopes) -> {
          double[] into = slopes == null ? new double[n] : slopes;
          return start.sum(m, weights, new int[n], n, into, null, null);
        };
    return kind == LinkKind.LOGISTIC ? LOGISTIC : new Loss(kind.label(), formula, true, kind);
  }

  /** The same with a bias for the item that stood first, where the answers say which did. */
  public Loss withPosition() {
    boolean likely = builtIn && name.startsWith(kind.label());
    Checks.require(likely, "position", "a loss that is -log P of a link, as LOGISTIC is", name);
    return new Loss(name + POSITION, formula, builtIn, kind);
  }

  /** The same with a temperature for each user, pulled to all others' by {@code userPrior}. */
  public Loss withUserTemperatures() {
    return new Loss(name + USERS, formula, builtIn, kind);
  }

  /** 0 for m >= 1, (1-m)^2 / (2 gamma) for m >= 1-gamma, 1 - gamma/2 - m below. */
  public static Loss smoothHinge(double gamma) {
    return smooth("smooth hinge " + Checks.positive("gamma", gamma), gamma);
  }

  /** A loss of one's own: one value a margin, which falls as the margin grows. */
  public static Loss of(String name, UnaryOperator<NDArray> loss) {
    Checks.present("loss", loss);
    boolean free = name == null || !name.contains(USERS);
    Checks.require(free, "loss", "a name without '" + USERS + "': .withUserTemperatures()", name);
    return own(name, loss);
  }

  private static Loss own(String name, UnaryOperator<NDArray> loss) {
    return new Loss(name, new Own(name, loss), false);
  }

  /** The built-in loss of a name; a loss of one's own comes back as a name that cannot train. */
  public static Loss named(String name) {
    if (name.endsWith(USERS)) return named(without(USERS, name)).withUserTemperatures();
    if (name.endsWith(POSITION)) return named(without(POSITION, name)).withPosition();
    for (var kind : LinkKind.values()) if (name.equals(kind.label())) return of(kind);
    if (name.equals(HINGE.name)) return HINGE;
    if (name.equals(PLACKETT_LUCE.name)) return PLACKETT_LUCE;
    if (name.startsWith("smooth hinge ")) {
      return smoothHinge(Double.parseDouble(name.substring("smooth hinge ".length())));
    }
    return forgotten(name);
  }

  private static String without(String ending, String name) {
    return name.substring(0, name.length() - ending.length());
  }

  /** A loss of one's own of which only the name is left. */
  public static Loss forgotten(String name) {
    return own(
        name,
        margins -> {
          throw new InputException(
              "loss '" + name + "'",
              "its lambda",
              "its name only, as saved",
              "Give it again with .loss(\"" + name + "\", m -> ...) before fitting.");
        });
  }

  /** The name, with its parameter. */
  public String name() {
    return name;
  }

  /** Whether the name says all of it. */
  public boolean builtIn() {
    return builtIn;
  }

  /** What makes probabilities of margins: logistic where the loss is no link's. */
  public LinkKind kind() {
    return kind;
  }

  /** Whether its link has a number of its own, which is learned. */
  public boolean shape() {
    return !Double.isNaN(kind.start());
  }

  /** Whether rows that are one choice cost something together. */
  public boolean choices() {
    return builtIn && name.startsWith(PLACKETT_LUCE.name);
  }

  /** Whether it learns what standing first is worth. */
  public boolean position() {
    return builtIn && name.contains(POSITION);
  }

  /** Whether it learns a temperature for each user. */
  public boolean userTemperatures() {
    return name.contains(USERS);
  }

  /** The loss of one margin, in nats for the logistic loss. */
  public double value(double margin) {
    return mean(new double[] {margin}, new double[] {1}, 1, null);
  }

  /** The derivative of the loss by the margin. */
  public double slope(double margin) {
    double[] slope = new double[1];
    mean(new double[] {margin}, new double[] {1}, 1, slope);
    return slope[0];
  }

  /** The mean loss of the first n margins by weights that sum to 1; fills in slopes if asked to. */
  public double mean(double[] margins, double[] weights, int n, double[] slopes) {
    return formula.at(margins, weights, n, slopes);
  }

  /**
   * Refuses a loss that falls at none of some margins of either sign: from it the opposite is
   * learned, or nothing. One that is no number somewhere is left to the training.
   */
  public void requireFalling() {
    var some = DoubleStream.of(0.13, 0.37, 0.71, 1.3, 2.9, 7.1);
    double[] m = some.flatMap(at -> DoubleStream.of(-at, at)).toArray(); // no corners there
    double[] slopes = new double[m.length];
    mean(m, m, m.length, slopes);
    if (!Arrays.stream(slopes).allMatch(slope -> slope >= 0)) return;
    throw new InputException(
        "loss '" + name + "'",
        "one that falls as the chosen item's lead grows",
        Arrays.stream(slopes).anyMatch(s -> s > 0) ? "one that rises" : "one that is flat",
        "A margin is reward(chosen) - reward(rejected), and a pair that is right costs little.");
  }

  /**
   * One loss for a text of L tokens from the losses of its tokens, later ones weighing more: sum_i
   * i * l_i / (L (L + 1) / 2), i = 1 .. L. The cumulative loss of the PAL paper's TL;DR runs.
   */
  public static double cumulative(double[] tokenLosses) {
    double sum = 0;
    for (int i = 0; i < tokenLosses.length; i++) sum += (i + 1) * tokenLosses[i];
    return sum / (tokenLosses.length * (tokenLosses.length + 1) / 2.0);
  }

  /** Built-in losses of one name are one; lambdas are equal only to themselves. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Loss that && builtIn && that.builtIn && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }

  // While weights stay equal, a sum of logarithms is the logarithm of a product, and one logarithm
  // does for a thousand margins: the factors lie in (1, 2].
  private static double logistic(double[] margins, double[] weights, int n, double[] slopes) {
    double sum = 0;
    double product = 0; // of all 1 + e, less 1
    for (int i = 0, from = 0; i < n; i++) {
      double e = Math.exp(-Math.abs(margins[i]));
      if (slopes != null) slopes[i] = -(margins[i] >= 0 ? e : 1) / (1 + e);
      sum += weights[i] * Math.max(-margins[i], 0);
      product += e * (1 + product);
      if (i + 1 < n && i - from < 1000 && weights[i + 1] == weights[i]) continue;
      sum += weights[i] * Math.log1p(product);
      product = 0;
      from = i + 1;
    }
    return sum;
  }

  // gamma = 0 is the hinge itself. A margin that is no number falls through to the square, so that
  // its loss is none either and training ends.
  private static Loss smooth(String name, double gamma) {
    Formula formula =
        (margins, weights, n, slopes) -> {
          double sum = 0;
          for (int i = 0; i < n; i++) {
            double short1 = 1 - margins[i];
            boolean linear = short1 > gamma;
            double square = short1 * short1 / (2 * gamma);
            sum += weights[i] * (short1 <= 0 ? 0 : linear ? short1 - gamma / 2 : square);
            if (slopes != null) slopes[i] = short1 <= 0 ? 0 : linear ? -1 : -short1 / gamma;
          }
          return sum;
        };
    return new Loss(name, formula, true);
  }

  // Slopes not by the engine's gradients: DJL frees the numbers of an expression such as m.mul(2)
  // before they are asked for.
  private record Own(String name, UnaryOperator<NDArray> loss) implements Formula {

    @Override
    public double at(double[] margins, double[] weights, int n, double[] slopes) {
      double[] here = values(Arrays.copyOf(margins, n));
      double sum = 0;
      for (int i = 0; i < n; i++) sum += weights[i] * here[i];
      if (slopes == null) return sum;
      double[] less = new double[n];
      double[] more = new double[n];
      for (int i = 0; i < n; i++) {
        double step = STEP * Math.max(1, Math.abs(margins[i]));
        less[i] = margins[i] - step;
        more[i] = margins[i] + step;
      }
      double[] before = values(less);
      double[] after = values(more);
      for (int i = 0; i < n; i++) slopes[i] = (after[i] - before[i]) / (more[i] - less[i]);
      return sum;
    }

    private double[] values(double[] margins) {
      try (var scope = Torch.scope()) {
        NDArray m = scope.manager(Device.cpu()).create(margins);
        NDArray losses = loss.apply(m);
        Checks.require(
            losses != null && losses.getShape().equals(m.getShape()),
            "loss '" + name + "'",
            "one value a pair, shape " + m.getShape(),
            losses == null ? null : "shape " + losses.getShape());
        return losses.toType(DataType.FLOAT64, false).toDoubleArray();
      }
    }
  }
}
