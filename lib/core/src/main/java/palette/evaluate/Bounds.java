package palette.evaluate;

import palette.support.Checks;
import palette.support.Html;
import palette.support.Rendered;
import palette.support.Texts;

/**
 * What theory promises about the excess risk of PAL-A, with probability {@code 1 - delta} (PAL,
 * Theorems C.1 and C.2), for items in D dimensions, K prototypes, N users and m answers of each:
 *
 * <pre>
 * seen users (C.1): 12 L sqrt((zM^2 + (K N / D + K) zv^2) / (N m)) log(N + D) + sqrt(2 log(2 / delta) / (N m))
 * new users  (C.2): 18 L sqrt((zM^2 + K^2 zv^2) / N) + 3 L sqrt(K zv^2 / (D m)) + sqrt(8 log(4 / delta) / N)
 * </pre>
 *
 * <b>Both are larger than 1 at practical sizes</b>, where they promise nothing: no share of wrong
 * answers is above 1. Only their slopes speak, how the risk should fall as N and m grow and rise
 * with K and D; compare them with measured slopes ({@link Slope}), never their height.
 *
 * <pre>{@code
 * var bounds = Bounds.of(16, 3, 1000, 100);
 * bounds.seenUsers();                  // 15.1
 * bounds.users(100_000).newUsers();
 * }</pre>
 *
 * @param dimension D, of the items
 * @param prototypes K
 * @param users N in training
 * @param answers m of each user; of a new user in C.2
 * @param mapNorm zM, a bound on the norm of the map; 0: D
 * @param prototypeNorm zv, a bound on the norm of the prototypes; 0: sqrt(D)
 * @param lipschitz L, the greatest slope of the loss; 1 for the logistic and the hinge
 * @param delta with what probability they may fail
 */
public record Bounds(
    int dimension,
    int prototypes,
    long users,
    long answers,
    double mapNorm,
    double prototypeNorm,
    double lipschitz,
    double delta)
    implements Rendered {

  /** Checks the ranges. */
  public Bounds {
    Checks.atLeast(1, "dimension", dimension);
    Checks.atLeast(1, "prototypes", prototypes);
    Checks.require(users >= 1, "users", "a whole number of at least 1", users);
    Checks.require(answers >= 1, "answers", "a whole number of at least 1", answers);
    Checks.notNegative("mapNorm", mapNorm);
    Checks.notNegative("prototypeNorm", prototypeNorm);
    Checks.positive("lipschitz", lipschitz);
    Checks.fraction("delta", delta);
  }

  /** With {@code zM = D}, {@code zv = sqrt(D)}, {@code L = 1}, {@code delta = .05}. */
  public static Bounds of(int dimension, int prototypes, long users, long answers) {
    return new Bounds(dimension, prototypes, users, answers, 0, 0, 1, 0.05);
  }

  /** Theorem C.1, for the N users of training. */
  public double seenUsers() {
    double n = users;
    double perAnswer = 1 / (n * answers);
    double size = square(zM()) + (prototypes * n / dimension + prototypes) * square(zV());
    return 12 * lipschitz * Math.sqrt(size * perAnswer) * Math.log(n + dimension)
        + Math.sqrt(2 * Math.log(2 / delta) * perAnswer);
  }

  /** Theorem C.2, for a new user with m answers. */
  public double newUsers() {
    double common = square(zM()) + square(prototypes * zV());
    double own = prototypes * square(zV()) / ((double) dimension * answers);
    return 18 * lipschitz * Math.sqrt(common / users)
        + 3 * lipschitz * Math.sqrt(own)
        + Math.sqrt(8 * Math.log(4 / delta) / users);
  }

  private double zM() {
    return mapNorm == 0 ? dimension : mapNorm;
  }

  private double zV() {
    return prototypeNorm == 0 ? Math.sqrt(dimension) : prototypeNorm;
  }

  private static double square(double x) {
    return x * x;
  }

  /** Another D. */
  public Bounds dimension(int d) {
    return new Bounds(d, prototypes, users, answers, mapNorm, prototypeNorm, lipschitz, delta);
  }

  /** Another K. */
  public Bounds prototypes(int k) {
    return new Bounds(dimension, k, users, answers, mapNorm, prototypeNorm, lipschitz, delta);
  }

  /** Another N. */
  public Bounds users(long n) {
    return new Bounds(dimension, prototypes, n, answers, mapNorm, prototypeNorm, lipschitz, delta);
  }

  /** Another m. */
  public Bounds answers(long m) {
    return new Bounds(dimension, prototypes, users, m, mapNorm, prototypeNorm, lipschitz, delta);
  }

  /** Other norms, as measured on a model; 0: D and sqrt(D). */
  public Bounds norms(double map, double prototype) {
    return new Bounds(dimension, prototypes, users, answers, map, prototype, lipschitz, delta);
  }

  /** Another L. */
  public Bounds lipschitz(double slope) {
    return new Bounds(dimension, prototypes, users, answers, mapNorm, prototypeNorm, slope, delta);
  }

  /** Another probability of failure. */
  public Bounds delta(double probability) {
    return new Bounds(
        dimension, prototypes, users, answers, mapNorm, prototypeNorm, lipschitz, probability);
  }

  private static String promise(double bound) {
    if (bound < 1) return Texts.format("%.3f", bound);
    return Texts.format(
        "%.3f (larger than 1, which promises nothing: only its slope speaks)", bound);
  }

  @Override
  public String text() {
    return Texts.format(
        "Excess risk by theory at D=%d, K=%d, N=%,d, m=%,d: seen users at most %s; new users at"
            + " most %s.",
        dimension, prototypes, users, answers, promise(seenUsers()), promise(newUsers()));
  }

  @Override
  public String html() {
    return "<p>" + Html.escape(text()) + "</p>";
  }

  @Override
  public String toString() {
    return text();
  }
}
