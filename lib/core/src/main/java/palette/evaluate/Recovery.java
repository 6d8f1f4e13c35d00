package palette.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import palette.numeric.Matching;
import palette.reward.IdealPoints;
import palette.simulate.World;
import palette.support.Checks;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * A model held against the truth of the world that its answers came from, as far as answers can
 * tell. A margin is {@code |f(x') - a|^2 - |f(x) - a|^2}. It stays what it is when all of latent
 * space is turned or mirrored, and every decision stays what it is when latent space is stretched
 * (the temperature takes that up). So a learned space is known up to a {@link Alignment
 * similarity}, which is fitted here to the users' ideal points before anything is compared. More
 * precisely:
 *
 * <ul>
 *   <li>Moving all points alike changes no margin either, but a linear f without bias cannot move
 *       the items. There {@link #shift} should be near 0; with a bias or an MLP it means nothing.
 *   <li>Ideal points are identified. Prototypes are so only as far as users stand on them
 *       (partition): any larger simplex around a cloud of mixtures explains it as well, with other
 *       weights. Prototype and weight errors of mixtures measure that freedom, too.
 *   <li>The order of the prototypes is free: they are matched by the cheapest permutation.
 * </ul>
 *
 * <p>Lengths are in units of the spread of the true users (root mean square distance from their
 * mean): an error of 1 is what placing everybody at the mean would give.
 *
 * <pre>{@code
 * var recovery = Recovery.of(model, world);
 * recovery.userCorrelation();      // .998
 * }</pre>
 */
public final class Recovery implements Tabled {
  private final List<String> users;
  private final Alignment alignment;
  private final double[][] ideals; // learned, aligned
  private final double[][] trueIdeals;
  private final double[][] prototypes; // learned, aligned
  private final double[][] truePrototypes;
  private final double[][] weights;
  private final double[][] trueWeights;
  private final int[] match; // of each true prototype, or -1
  private final double spread;

  private Recovery(IdealPoints model, World world, List<String> users) {
    this.users = users;
    double[][] learned = of(users, model::idealPoint);
    trueIdeals = of(users, world::idealPoint);
    truePrototypes = world.prototypePoints();
    weights = of(users, model::mix);
    trueWeights = of(users, world::weights);
    alignment = Alignment.of(learned, trueIdeals);
    ideals = alignment.apply(learned);
    prototypes = alignment.apply(model.prototypePoints());
    spread = Math.sqrt(scatter(trueIdeals));
    Checks.require(spread > 0, "world", "users who differ", "all alike");
    match = cheapest();
  }

  private static double[][] of(List<String> users, Function<String, double[]> numbers) {
    return users.stream().map(numbers).toArray(double[][]::new);
  }

  /** Compares the users that both know. */
  public static Recovery of(IdealPoints model, World world) {
    var users = new ArrayList<>(model.users());
    users.retainAll(world.users());
    Checks.require(!users.isEmpty(), "model", "users of the world", "none of them");
    return new Recovery(model, world, List.copyOf(users));
  }

  private int[] cheapest() {
    double[][] cost = new double[truePrototypes.length][prototypes.length];
    for (int t = 0; t < cost.length; t++) {
      for (int k = 0; k < prototypes.length; k++) {
        cost[t][k] = squared(truePrototypes[t], prototypes[k]);
      }
    }
    return Matching.cheapest(cost);
  }

  /** The users compared. */
  public List<String> users() {
    return users;
  }

  /** What brings the model's latent space onto the world's. */
  public Alignment alignment() {
    return alignment;
  }

  /** The learned prototypes in the world's space, in the model's order. */
  public double[][] prototypes() {
    return Arrays.stream(prototypes).map(double[]::clone).toArray(double[][]::new);
  }

  /** The learned ideal points in the world's space, in the order of {@link #users}. */
  public double[][] idealPoints() {
    return Arrays.stream(ideals).map(double[]::clone).toArray(double[][]::new);
  }

  /** For each true prototype the learned one that stands for it; -1 where there are too few. */
  public int[] match() {
    return match.clone();
  }

  /** Root mean square distance of learned to true ideal points, in spreads. */
  public double userError() {
    double sum = 0;
    for (int u = 0; u < ideals.length; u++) sum += squared(trueIdeals[u], ideals[u]);
    return Math.sqrt(sum / ideals.length) / spread;
  }

  /** Correlation of learned and true ideal points, over all users and coordinates: 1 is perfect. */
  public double userCorrelation() {
    int d = alignment.shift().length;
    double[] mean = Alignment.mean(trueIdeals, d);
    double[] learnedMean = Alignment.mean(ideals, d);
    double product = 0;
    for (int u = 0; u < ideals.length; u++) {
      double[] truth = Alignment.minus(trueIdeals[u], mean);
      double[] learned = Alignment.minus(ideals[u], learnedMean);
      for (int a = 0; a < d; a++) product += truth[a] * learned[a];
    }
    double size = scatter(ideals);
    return size == 0 ? 0 : product / ideals.length / (spread * Math.sqrt(size));
  }

  /** Distance of each true prototype to its match, in spreads; NaN where it has none. */
  public double[] prototypeErrors() {
    double[] errors = new double[match.length];
    for (int t = 0; t < errors.length; t++) {
      errors[t] =
          match[t] < 0
              ? Double.NaN
              : Math.sqrt(squared(truePrototypes[t], prototypes[match[t]])) / spread;
    }
    return errors;
  }

  /** Mean of {@link #prototypeErrors} over the matched ones. */
  public double prototypeError() {
    return Arrays.stream(prototypeErrors())
        .filter(e -> !Double.isNaN(e))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Mean over users of {@code sum_k |w_k - w*_k| / 2} after matching: the share of a user's weight
   * that lies on wrong prototypes, 0 to 1. An unmatched prototype's weight is wrong.
   */
  public double weightError() {
    double sum = 0;
    for (int u = 0; u < weights.length; u++) {
      double shared = 0;
      for (int t = 0; t < match.length; t++) {
        if (match[t] >= 0) shared += Math.min(trueWeights[u][t], weights[u][match[t]]);
      }
      sum += 1 - shared;
    }
    return sum / weights.length;
  }

  /** How far the learned users had to be moved after turning and stretching, in spreads. */
  public double shift() {
    return Math.sqrt(squared(alignment.shift(), new double[0])) / spread;
  }

  @Override
  public Sheet sheet() {
    String learned = Texts.count(prototypes.length, "prototype") + " learned of ";
    String caption = "Recovery: " + Texts.count(users.size(), "user") + ", " + learned;
    var rows =
        List.of(
            row("ideal points: correlation", userCorrelation(), "1"),
            row("ideal points: error, in spreads of the true users", userError(), "0"),
            row("prototypes: mean error, in spreads", prototypeError(), "0"),
            row("weights: share on wrong prototypes", weightError(), "0"),
            row("shift left after turning and scaling", shift(), "0 if f is linear"));
    return new Sheet(
        caption + truePrototypes.length + " true", List.of("", "value", "perfect"), rows);
  }

  @Override
  public String toString() {
    return text();
  }

  private static List<String> row(String label, double value, String perfect) {
    return List.of(label, Texts.format("%.3f", value), perfect);
  }

  /** Mean squared distance from the mean. */
  private static double scatter(double[][] points) {
    double[] mean = Alignment.mean(points, points[0].length);
    return Arrays.stream(points).mapToDouble(p -> squared(mean, p)).average().orElse(0);
  }

  /** Squared distance; the shorter point is filled up with zeros. */
  private static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < Math.max(a.length, b.length); c++) {
      double difference = (c < a.length ? a[c] : 0) - (c < b.length ? b[c] : 0);
      sum += difference * difference;
    }
    return sum;
  }
}
