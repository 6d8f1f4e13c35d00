package palette.evaluate;

import palette.support.Checks;
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
 * <p>The Lipschitz constant L is 1, as of the logistic loss and the hinge, zM = D bounds the norm
 * of the map, zv = sqrt(D) that of the prototypes, and delta is .05.
 *
 * <pre>{@code
 * Bounds.of(16, 3, 1000, 100).seenUsers();                  // 15.1
 * }</pre>
 *
 * @param dimension D, of the items
 * @param prototypes K
 * @param users N in training
 * @param answers m of each user; of a new user in C.2
 */
public record Bounds(int dimension, int prototypes, long users, long answers) implements Rendered {
  private static final double DELTA = 0.05;

  public Bounds {
    Checks.atLeast(1, "dimension", dimension);
    Checks.atLeast(1, "prototypes", prototypes);
    Checks.require(users >= 1, "users", "a whole number of at least 1", users);
    Checks.require(answers >= 1, "answers", "a whole number of at least 1", answers);
  }

  /** The bounds at these sizes. */
  public static Bounds of(int dimension, int prototypes, long users, long answers) {
    return new Bounds(dimension, prototypes, users, answers);
  }

  /** Theorem C.1, for the N users of training. */
  public double seenUsers() {
    double n = users;
    double perAnswer = 1 / (n * answers);
    double d = dimension;
    double size = d * d + (prototypes * n / d + prototypes) * d;
    return 12 * Math.sqrt(size * perAnswer) * Math.log(n + d)
        + Math.sqrt(2 * Math.log(2 / DELTA) * perAnswer);
  }

  /** Theorem C.2, for a new user with m answers. */
  public double newUsers() {
    double d = dimension;
    double k = prototypes;
    return 18 * Math.sqrt((d * d + k * k * d) / users)
        + 3 * Math.sqrt(k / answers)
        + Math.sqrt(8 * Math.log(4 / DELTA) / users);
  }

  private static String promise(double bound) {
    if (bound < 1) return Texts.format("%.3f", bound);
    return Texts.format(
        "%.3f (larger than 1, which promises nothing: only its slope speaks)", bound);
  }

  @Override
  public String toString() {
    return Texts.format(
        "Excess risk by theory at D=%d, K=%d, N=%,d, m=%,d: seen users at most %s; new users at"
            + " most %s.",
        dimension, prototypes, users, answers, promise(seenUsers()), promise(newUsers()));
  }
}
