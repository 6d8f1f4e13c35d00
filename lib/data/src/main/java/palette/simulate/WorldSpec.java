package palette.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import palette.data.Catalog;
import palette.support.Checks;

/**
 * Describes a {@link World}; every option returns a new spec. The defaults are the papers' (PAL,
 * arXiv 2406.08469, App. C.2): 100 users, 2 dimensions, 3 prototypes at least 1 apart, mixtures, a
 * linear map, fresh items in every pair, answers without noise.
 *
 * @param users how many users {@link World#askEveryone} asks
 * @param dimension d, the size of the latent space; of the items too unless they are given
 * @param prototypes K*, the true number of prototypes
 * @param noise temperature of the logistic answers, P(chosen) = sigmoid(margin / noise); 0: none
 * @param flip the share of answers that are turned round after that
 * @param shares empty: users are mixtures; else each follows one prototype, in these shares
 * @param apart the least distance between two prototypes
 * @param items 0: every pair is of two fresh items; else they are drawn from a pool of so many
 * @param pool the items to ask about, null where the world makes its own
 * @param seed of everything that is drawn
 */
public record WorldSpec(
    int users,
    int dimension,
    int prototypes,
    double noise,
    double flip,
    List<Double> shares,
    double apart,
    int items,
    Catalog pool,
    long seed) {

  public WorldSpec {
    Checks.atLeast(1, "users", users);
    Checks.atLeast(1, "dimension", dimension);
    Checks.atLeast(1, "prototypes", prototypes);
    Checks.notNegative("noise", noise);
    Checks.within(0, 0.5, "flip", flip);
    Checks.notNegative("apart", apart);
    Checks.require(items == 0 || items > 1, "items", "0 (fresh ones) or at least 2", items);
    shares = List.copyOf(shares);
  }

  static WorldSpec standard() {
    return new WorldSpec(100, 2, 3, 0, 0, List.of(), 1, 0, null, 0);
  }

  /** How many users there are. */
  public WorldSpec users(int n) {
    return new WorldSpec(n, dimension, prototypes, noise, flip, shares, apart, items, pool, seed);
  }

  /** The size of the latent space. */
  public WorldSpec dimension(int d) {
    return new WorldSpec(users, d, prototypes, noise, flip, shares, apart, items, pool, seed);
  }

  /** How many prototypes there really are. */
  public WorldSpec prototypes(int k) {
    return new WorldSpec(users, dimension, k, noise, flip, shares, apart, items, pool, seed);
  }

  /** The temperature of the answers: P(chosen) = sigmoid(margin / temperature); 0 for no noise. */
  public WorldSpec noise(double temperature) {
    return new WorldSpec(
        users, dimension, prototypes, temperature, flip, shares, apart, items, pool, seed);
  }

  /** Turns this share of the answers round, however clear they are; at most .5. */
  public WorldSpec flip(double rate) {
    return new WorldSpec(
        users, dimension, prototypes, noise, rate, shares, apart, items, pool, seed);
  }

  /** Every user follows one prototype, equally many each. */
  public WorldSpec partition() {
    double[] equal = new double[prototypes];
    Arrays.fill(equal, 1.0);
    return shares(equal);
  }

  /** Every user follows one prototype, in these shares: {@code shares(0.9, 0.1)}. */
  public WorldSpec shares(double... parts) {
    var given = Arrays.stream(parts).boxed().toList();
    return new WorldSpec(
        users, dimension, prototypes, noise, flip, given, apart, items, pool, seed);
  }

  /** Every user is a mixture, softmax(N(0, I)); the default. */
  public WorldSpec mixture() {
    return shares(new double[0]);
  }

  /** The least distance between two prototypes (the papers' delta). */
  public WorldSpec apart(double distance) {
    return new WorldSpec(
        users, dimension, prototypes, noise, flip, shares, distance, items, pool, seed);
  }

  /** Asks about a pool of n items, "item-0" and so on, instead of fresh ones in every pair. */
  public WorldSpec items(int n) {
    return new WorldSpec(users, dimension, prototypes, noise, flip, shares, apart, n, null, seed);
  }

  /** Asks about these items, which have vectors; see {@link World#overItems}. */
  WorldSpec pool(Catalog catalog) {
    Checks.require(catalog.hasVectors(), "items", "items with vectors", "none");
    Checks.atLeast(2, "items", catalog.size());
    return new WorldSpec(
        users, dimension, prototypes, noise, flip, shares, apart, 0, catalog, seed);
  }

  /** The seed of everything that is drawn. */
  public WorldSpec seed(long s) {
    return new WorldSpec(users, dimension, prototypes, noise, flip, shares, apart, items, pool, s);
  }

  /** Draws the world. */
  public World create() {
    checkShares();
    return World.of(this);
  }

  private void checkShares() {
    if (shares.isEmpty()) return;
    Checks.require(shares.size() == prototypes, "shares", prototypes + " of them", shares);
    double sum = 0;
    for (double share : shares) sum += Checks.notNegative("share", share);
    Checks.positive("sum of shares", sum);
  }

  @Override
  public String toString() {
    var of = new StringJoiner(", ", ".shares(", ")");
    shares.forEach(share -> of.add("" + share));
    var options = new StringBuilder("World.spec()");
    if (pool != null) options.append(" over " + pool.size() + " items");
    options.append(".users(" + users + ").dimension(" + dimension + ")");
    options.append(".prototypes(" + prototypes + ").noise(" + noise + ").flip(" + flip + ")");
    options.append(shares.isEmpty() ? ".mixture()" : of).append(".apart(" + apart + ")");
    if (items > 0) options.append(".items(" + items + ")");
    return options.append(".seed(" + seed + ")").toString();
  }
}
