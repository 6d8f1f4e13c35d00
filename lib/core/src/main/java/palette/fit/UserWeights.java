package palette.fit;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import palette.engine.HeapParameters;
import palette.engine.Snapshot;
import palette.engine.Tensor;
import palette.numeric.VectorLoops;
import palette.reward.Settings;
import palette.reward.Space;
import palette.support.CountedRandom;

/**
 * The users' weights and the way back from them to the logits, z = mean + offset of the user. As a
 * mixture w = softmax(z). As a partition everybody belongs to one prototype: forward the one-hot
 * argmax of z plus Gumbel noise, backward the softmax at a temperature (straight-through); a
 * settled user has no noise. In a free space w = z, and at a point w = 1. Weights and their
 * gradients lie by prototype, one number a user.
 */
public final class UserWeights {
  /** A user's logits, less the mean. */
  public static final Parameter OFFSET = new Parameter("users.offset", Parameter.Kind.USER);

  /** The mean of the users' logits, learned where there is a prior. */
  public static final Parameter MEAN = new Parameter("users.mean", Parameter.Kind.USERS);

  /** What a user has beside a mix, in a space of both ({@link Space#mixAnd}). */
  public static final Parameter OWN = new Parameter("users.own", Parameter.Kind.USER);

  static final Set<String> NAMES = Set.of(OFFSET.name(), MEAN.name());

  private final Space space;
  private final boolean partition;
  private final double temperature;
  private final int prototypes;
  private final CountedRandom noise;
  private final double[] offset;
  private final double[] mean; // [K], null where there is none
  private final double[] offsetGradient;
  private final double[] meanGradient;
  private final int generic; // behind all users: who is nobody but the mean
  private final double[][] weights;
  private final double[][] soft;
  private final double[][] gradient;
  private final double[] z;
  private final int[] stamp;
  private final int[] active;
  private int count;
  private int batches;

  /** Those of so many users; {@code learned} has their logits. */
  public UserWeights(Space space, Settings settings, HeapParameters learned, int users, long seed) {
    this.space = space;
    partition = space == Space.SIMPLEX && settings.get(FitSpec.PARTITION);
    temperature = partition ? settings.get(FitSpec.TEMPERATURE) : 1;
    prototypes = space == Space.POINT ? 1 : settings.get(FitSpec.PROTOTYPES);
    noise = new CountedRandom(seed, "gumbel");
    offset = OFFSET.of(learned.values);
    mean = MEAN.of(learned.values);
    offsetGradient = OFFSET.of(learned.gradients);
    meanGradient = MEAN.of(learned.gradients);
    generic = users;
    weights = new double[prototypes][users + 1];
    soft = partition ? new double[prototypes][users + 1] : weights;
    gradient = new double[prototypes][users + 1];
    z = new double[prototypes];
    stamp = new int[users + 1];
    active = new int[users + 1];
    if (space == Space.POINT) Arrays.fill(weights[0], 1);
  }

  /** How far the noise is; the logits are {@link HeapParameters}'. */
  void state(Snapshot state) {
    state.random(noise);
  }

  /** What users begin with: logits around a mean, which is learned where there is a prior. */
  static List<Parameter.Start> start(Basis basis, FitSpec<?> spec, int users) {
    if (basis.space() == Space.POINT) return List.of();
    int k = spec.settings().get(FitSpec.PROTOTYPES);
    var offsets = OFFSET.normal(spec.userSpread(), users, k);
    boolean pulled = spec.settings().get(FitSpec.USER_PRIOR) > 0;
    return pulled ? List.of(offsets, MEAN.zeros(k)) : List.of(offsets);
  }

  /** The training users' weights, shape [users][K], with their own numbers behind them. */
  static double[][] of(Fitted fitted, Space space) {
    if (space == Space.POINT) return new double[0][];
    double[][] w = shared(fitted, space);
    Tensor own = OWN.of(fitted.parameters());
    for (int u = 0; own != null && u < w.length; u++) {
      int k = w[u].length;
      w[u] = Arrays.copyOf(w[u], k + space.beside());
      for (int i = k; i < w[u].length; i++) w[u][i] = own.values()[u * space.beside() + i - k];
    }
    return w;
  }

  private static double[][] shared(Fitted fitted, Space space) {
    double[][] w = OFFSET.of(fitted.parameters()).rows();
    Tensor mean = MEAN.of(fitted.parameters());
    boolean partition = fitted.settings().get(FitSpec.PARTITION);
    for (double[] z : w) {
      for (int k = 0; mean != null && k < z.length; k++) z[k] += mean.values()[k];
      if (space == Space.FREE) continue;
      int best = softmax(z, 1);
      if (!partition) continue;
      Arrays.fill(z, 0);
      z[best] = 1;
    }
    return w;
  }

  /** Works out the weights of the users in a batch, each once. */
  public void begin(int[] user, int rows) {
    mix(user, rows, partition);
  }

  /** The same without noise, and without a way back. */
  public void settle(int[] user, int rows) {
    mix(user, rows, false);
  }

  private void mix(int[] user, int rows, boolean noisy) {
    batches++;
    count = 0;
    for (int b = 0; b < rows; b++) {
      int u = user[b];
      if (stamp[u] == batches) continue;
      stamp[u] = batches;
      active[count++] = u;
      mix(u, noisy);
    }
  }

  /** The position of somebody of whom only the mean is known. */
  public int generic() {
    return generic;
  }

  /** The weights of a prototype; of users that are not in the batch, some earlier ones. */
  public double[] weights(int k) {
    return weights[k];
  }

  /** Where the gradients of the weights of a prototype are summed. */
  public double[] gradient(int k) {
    return gradient[k];
  }

  private void mix(int user, boolean noisy) {
    if (space == Space.POINT) return;
    for (int k = 0; k < prototypes; k++) {
      z[k] = user == generic ? 0 : offset[user * prototypes + k];
      if (mean != null) z[k] += mean[k];
      if (noisy) z[k] -= Math.log(-Math.log(noise.nextDouble(Double.MIN_NORMAL, 1)));
    }
    int best = space == Space.FREE ? -1 : softmax(z, temperature);
    for (int k = 0; k < prototypes; k++) {
      soft[k][user] = z[k];
      if (partition) weights[k][user] = k == best ? 1 : 0;
    }
  }

  /** In place; returns the position of the largest. */
  public static int softmax(double[] z, double temperature) {
    int best = VectorLoops.largest(z);
    double top = z[best];
    double sum = 0;
    for (int k = 0; k < z.length; k++) sum += z[k] = Math.exp((z[k] - top) / temperature);
    for (int k = 0; k < z.length; k++) z[k] /= sum;
    return best;
  }

  /** Passes the gradients of the batch's weights on to the logits and forgets them. */
  public void back() {
    for (int i = 0; i < count && space != Space.POINT; i++) {
      int u = active[i];
      double inner = 0;
      for (int k = 0; k < prototypes; k++) inner += soft[k][u] * gradient[k][u];
      for (int k = 0; k < prototypes; k++) {
        double dz =
            space == Space.FREE
                ? gradient[k][u]
                : soft[k][u] * (gradient[k][u] - inner) / temperature;
        if (u != generic) offsetGradient[u * prototypes + k] += dz;
        if (mean != null) meanGradient[k] += dz;
        gradient[k][u] = 0;
      }
    }
  }
}
