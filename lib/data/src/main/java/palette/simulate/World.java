package palette.simulate;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Seeds;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * Users whose tastes are known, because they were drawn (PAL, arXiv 2406.08469, App. C.2): a linear
 * map f, K* prototypes p_k, weights w_i on the simplex, a_i = sum_k w_ik p_k, reward(x) = -|f(x) -
 * f(a_i)|^2. An answer prefers l to r with probability sigmoid(margin / noise), margin = |f(r) -
 * f(a_i)|^2 - |f(l) - f(a_i)|^2, and is then turned round with probability flip. Immutable: the
 * same spec gives the same users and the same answers.
 */
public final class World implements Tabled {
  private static final int DRAWS = 20_000;

  private final WorldSpec spec;
  private final Catalog pool; // null: fresh items
  private final RealMatrix map;
  private final RealMatrix prototypes;
  private final RealMatrix prototypePoints;
  private final Catalog users;
  private final double[][] weights;

  private World(WorldSpec spec, Catalog pool, RealMatrix map, double[][] prototypes) {
    this.spec = spec;
    this.pool = pool;
    this.map = map;
    this.prototypes = new Array2DRowRealMatrix(prototypes, false);
    this.prototypePoints = this.prototypes.multiply(map.transpose());
    this.users = Catalog.of(IntStream.range(0, spec.users()).mapToObj(u -> "user-" + u).toList());
    this.weights = Planting.weights(spec);
  }

  /** The papers' world, to be changed option by option. */
  public static WorldSpec spec() {
    return WorldSpec.standard();
  }

  /**
   * A world whose questions are about these items, which have vectors: texts with embeddings,
   * images. The prototypes are items drawn at random, apart in latent space; f maps the vectors
   * linearly to {@link WorldSpec#dimension} numbers, at a scale where the items lie about 1 from
   * their mean, so that noise and distances mean the same as in a world of its own items.
   */
  public static WorldSpec overItems(Catalog items) {
    return spec().pool(Checks.present("items", items));
  }

  static World of(WorldSpec spec) {
    int d = spec.dimension();
    if (spec.pool() != null) {
      Catalog items = spec.pool();
      var map = Planting.map(d, items.dimension(), Planting.scale(items), spec.seed());
      return new World(spec, items, map, Planting.prototypesAmong(spec, map));
    }
    Catalog own = spec.items() == 0 ? null : Planting.items(spec.items(), d, spec.seed());
    return new World(spec, own, Planting.map(d, d, 1, spec.seed()), Planting.prototypes(spec));
  }

  /**
   * n answers of every user, in the order of the users. Without a pool each pair is of two fresh
   * items. The first answers do not depend on n: {@code askEveryone(20)} begins {@code
   * askEveryone(40)}.
   */
  public Preferences askEveryone(int n) {
    return ask(users.ids(), n);
  }

  /** The first n answers of the newcomers 0, 1, 2 and so on. */
  public Preferences askNewcomers(int newcomers, int n) {
    return ask(IntStream.range(0, newcomers).mapToObj(i -> "newcomer-" + i).toList(), n);
  }

  private Preferences ask(List<String> ids, int n) {
    var notes = new Interview.Notes(this);
    for (var id : ids) new Interview(this, id).ask(n, notes);
    return notes.all();
  }

  /** Somebody new, "newcomer-99", drawn like the users; the same number is the same person. */
  public Newcomer newcomer(long number) {
    return new Newcomer(this, "newcomer-" + number);
  }

  /** What the world was made of. */
  public WorldSpec settings() {
    return spec;
  }

  /** The users' ids, "user-0" and so on. */
  public List<String> users() {
    return users.ids();
  }

  /** The items asked about; null where every pair is of fresh ones. */
  public Catalog pool() {
    return pool;
  }

  /** The true prototypes in the space of the items' vectors, shape [K][D]. */
  public double[][] prototypes() {
    return prototypes.getData();
  }

  /** The true prototypes in latent space, f(p_k), shape [K][d]. */
  public double[][] prototypePoints() {
    return prototypePoints.getData();
  }

  /** The true f, shape [d][D]: f(x) = map x. */
  public double[][] map() {
    return map.getData();
  }

  /** The true weights of a user or newcomer, K numbers on the simplex. */
  public double[] weights(String user) {
    int u = users.indexOf(user);
    if (u >= 0) return weights[u].clone();
    if (!user.matches("newcomer--?\\d{1,19}")) {
      String last = "'user-" + (users.size() - 1) + "'";
      throw new InputException(
          "world",
          "a user from 'user-0' to " + last + " or a newcomer, 'newcomer-99'",
          "'" + user + "'",
          "world.users() lists the users.");
    }
    return Planting.weights(spec, Seeds.stream(spec.seed(), "weights of " + user));
  }

  /** The true ideal point of a user or newcomer in latent space, f(a_i), d numbers. */
  public double[] idealPoint(String user) {
    return prototypePoints.preMultiply(weights(user));
  }

  /** Where items truly lie in latent space, f(x), shape [n][d]. */
  public double[][] itemPoints(Catalog items) {
    Checks.require(items.hasVectors() || items.size() == 0, "items", "vectors", "none");
    var rows = IntStream.range(0, items.size()).mapToObj(items::vector);
    return rows.map(this::point).toArray(double[][]::new);
  }

  /** By how much each answer's user truly prefers its chosen item; noise makes some negative. */
  public double[] margins(Preferences answers) {
    double[][] points = itemPoints(answers.items());
    double[][] ideals = new double[answers.users().size()][];
    double[] margins = new double[answers.size()];
    for (int row = 0; row < margins.length; row++) {
      int u = answers.user(row);
      if (ideals[u] == null) ideals[u] = idealPoint(answers.users().id(u));
      margins[row] =
          Planting.squaredDistance(points[answers.rejected(row)], ideals[u])
              - Planting.squaredDistance(points[answers.chosen(row)], ideals[u]);
    }
    return margins;
  }

  double margin(double[] ideal, float[] left, float[] right) {
    return Planting.squaredDistance(point(right), ideal)
        - Planting.squaredDistance(point(left), ideal);
  }

  private double[] point(float[] x) {
    return map.operate(Planting.doubles(x));
  }

  /** P(left is chosen) at a true margin. */
  double probability(double margin) {
    double clear = spec.noise() == 0 ? (margin > 0 ? 1 : 0) : sigmoid(margin / spec.noise());
    return clear * (1 - spec.flip()) + (1 - clear) * spec.flip();
  }

  private static double sigmoid(double m) {
    return 1 / (1 + Math.exp(-m));
  }

  /**
   * The accuracy of somebody who knows the truth, mean of max(p, 1 - p) over users and pairs: no
   * model does better on average. Exactly 1 - flip without noise; else from 20,000 seeded draws of
   * a user and a pair, with a standard error of about .001.
   */
  public double bestAccuracy() {
    if (spec.noise() == 0) return 1 - spec.flip();
    var random = Seeds.stream(spec.seed(), "best accuracy");
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      double[] ideal = prototypePoints.preMultiply(weights[random.nextInt(weights.length)]);
      int a = pool == null ? 0 : random.nextInt(pool.size());
      int b = pool == null ? 0 : (a + 1 + random.nextInt(pool.size() - 1)) % pool.size();
      float[] left = pool == null ? Planting.item(spec.dimension(), random) : pool.vector(a);
      float[] right = pool == null ? Planting.item(spec.dimension(), random) : pool.vector(b);
      double p = probability(margin(ideal, left, right));
      sum += Math.max(p, 1 - p);
    }
    return sum / DRAWS;
  }

  @Override
  public Sheet sheet() {
    String of = Texts.count(spec.prototypes(), "prototype");
    String tastes = spec.shares().isEmpty() ? "mixtures of " + of : "one of " + of + " each";
    String items = pool == null ? "fresh in every pair" : Texts.format("%,d", pool.size());
    return new Sheet(
        List.of("world", ""),
        List.of(
            List.of("users", Texts.format("%,d", spec.users())),
            List.of("tastes", tastes),
            List.of("dimension", "" + spec.dimension()),
            List.of("items", items),
            List.of("noise (temperature)", Texts.format("%.3g", spec.noise())),
            List.of("flipped answers", Texts.format("%.3g", spec.flip())),
            List.of("best reachable accuracy", Texts.format("%.3f", bestAccuracy())),
            List.of("seed", "" + spec.seed())));
  }

  @Override
  public String toString() {
    return "World[" + spec + "]";
  }
}
