package palette.personalize;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.reward.PrototypeModel;
import palette.reward.Scorer;
import palette.reward.WeightMargins;
import palette.simulate.World;
import palette.support.InputException;
import palette.support.Provenance;

/** A model that knows a world's map and prototypes; squared distance, or plain (not convex). */
final class TrueModel implements PrototypeModel {
  private final World world;
  private final Prior prior;
  private final boolean squared;
  private final double[][] points;

  TrueModel(World world, Prior prior, boolean squared) {
    this.world = world;
    this.prior = prior;
    this.squared = squared;
    this.points = world.prototypePoints();
  }

  static TrueModel of(World world, double strength) {
    return new TrueModel(world, even(world, strength), true);
  }

  static TrueModel bent(World world, double strength) {
    return new TrueModel(world, even(world, strength), false);
  }

  private static Prior even(World world, double strength) {
    double[] center = new double[world.prototypes().length];
    Arrays.fill(center, 1.0 / center.length);
    return new Prior(center, strength, false);
  }

  @Override
  public String name() {
    return "the truth, K=" + prototypes();
  }

  @Override
  public int prototypes() {
    return points.length;
  }

  @Override
  public List<String> users() {
    return world.users();
  }

  @Override
  public boolean knows(String user) {
    return world.users().contains(user);
  }

  @Override
  public double[] weights(String user) {
    return world.weights(user);
  }

  @Override
  public Prior prior() {
    return prior;
  }

  @Override
  public WeightMargins byWeight(Preferences answers) {
    double[][] items = world.itemPoints(described(answers.items()));
    return squared ? linear(answers, items) : bent(answers, items);
  }

  private Catalog described(Catalog items) {
    if (items.hasVectors() || items.size() == 0) return items;
    var pool = world.pool();
    return pool.select(items.ids().stream().mapToInt(pool::indexOf).toArray());
  }

  private WeightMargins linear(Preferences answers, double[][] items) {
    int columns = prior.center().length;
    double[][] rows = new double[answers.size()][columns];
    double[] weights = new double[answers.size()];
    for (int j = 0; j < rows.length; j++) {
      for (int k = 0; k < points.length; k++) {
        rows[j][k] =
            Math.pow(distance(items[answers.rejected(j)], points[k]), 2)
                - Math.pow(distance(items[answers.chosen(j)], points[k]), 2);
      }
      weights[j] = answers.weight(j);
    }
    return WeightMargins.linear(rows, weights, columns);
  }

  private WeightMargins bent(Preferences answers, double[][] items) {
    return new WeightMargins() {
      @Override
      public int size() {
        return answers.size();
      }

      @Override
      public int columns() {
        return points.length;
      }

      @Override
      public boolean linear() {
        return false;
      }

      @Override
      public double margin(int j, double[] w, double[] gradient) {
        double[] a = mix(w);
        double[] r = items[answers.rejected(j)];
        double[] c = items[answers.chosen(j)];
        for (int k = 0; gradient != null && k < points.length; k++) {
          gradient[k] = slope(a, r, points[k]) - slope(a, c, points[k]);
        }
        return distance(a, r) - distance(a, c);
      }

      @Override
      public double weight(int j) {
        return answers.weight(j);
      }
    };
  }

  private static double slope(double[] a, double[] x, double[] direction) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) sum += (a[c] - x[c]) * direction[c];
    return sum / distance(a, x);
  }

  private double[] mix(double[] w) {
    double[] a = new double[points[0].length];
    for (int k = 0; k < points.length; k++) {
      for (int c = 0; c < a.length; c++) a[c] += w[k] * points[k][c];
    }
    return a;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) sum += (a[c] - b[c]) * (a[c] - b[c]);
    return Math.sqrt(sum);
  }

  @Override
  public double[] rewards(double[] weights, String prompt, List<String> items) {
    double[][] x = world.itemPoints(described(Catalog.of(items)));
    double[] a = mix(weights);
    return Arrays.stream(x)
        .mapToDouble(p -> squared ? -Math.pow(distance(p, a), 2) : -distance(p, a))
        .toArray();
  }

  @Override
  public double[] rewards(String user, String prompt, List<String> items) {
    if (!knows(user)) throw new InputException(name(), "a user", user, "");
    return rewards(weights(user), prompt, items);
  }

  @Override
  public double[] margins(Preferences answers) {
    return world.margins(answers);
  }

  @Override
  public double temperature() {
    return Math.max(world.settings().noise(), 0.05);
  }

  @Override
  public Scorer place(Preferences answersOfOne) {
    return Localizer.of(this).fit(answersOfOne);
  }

  @Override
  public Scorer population() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Provenance provenance() {
    return new Provenance(Map.of(), Map.of());
  }

  @Override
  public String text() {
    return name();
  }

  @Override
  public String html() {
    return name();
  }
}
