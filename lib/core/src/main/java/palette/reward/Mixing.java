package palette.reward;

import java.util.SplittableRandom;
import palette.support.Seeds;

/**
 * The users' weights and the way back from them to the logits, z = mean + offset of the user. As a
 * mixture w = softmax(z). As a partition everybody belongs to one prototype: forward the one-hot
 * argmax of z plus Gumbel noise, backward the softmax at a temperature (straight-through); a
 * settled user has no noise. Weights and their gradients lie by prototype, one number a user.
 */
final class Mixing {
  private final boolean partition;
  private final double temperature;
  private final int prototypes;
  private final SplittableRandom noise;
  private final double[] offset;
  private final double[] mean; // [K], null where there is none
  private final double[] offsetGradient;
  private final double[] meanGradient;
  private final double[][] weights;
  private final double[][] soft;
  private final double[][] gradient;
  private final double[] z;
  private final int[] stamp;
  private final int[] active;
  private int count;
  private int batches;

  Mixing(Settings settings, Learned learned, int users, long seed) {
    partition = settings.flag("partition");
    temperature = partition ? settings.real("temperature") : 1;
    prototypes = settings.integer("prototypes");
    noise = Seeds.stream(seed, "gumbel");
    offset = learned.values.get("users.offset");
    mean = learned.values.get("users.mean");
    offsetGradient = learned.gradients.get("users.offset");
    meanGradient = learned.gradients.get("users.mean");
    weights = new double[prototypes][users];
    soft = partition ? new double[prototypes][users] : weights;
    gradient = new double[prototypes][users];
    z = new double[prototypes];
    stamp = new int[users];
    active = new int[users];
  }

  /** Works out the weights of the users in a batch, each once. */
  void begin(int[] user, int rows) {
    mix(user, rows, partition);
  }

  /** The same without noise, and without a way back. */
  void settle(int[] user, int rows) {
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

  /** The weights of a prototype; of users that are not in the batch, some earlier ones. */
  double[] weights(int k) {
    return weights[k];
  }

  /** Where the gradients of the weights of a prototype are summed. */
  double[] gradient(int k) {
    return gradient[k];
  }

  private void mix(int user, boolean noisy) {
    for (int k = 0; k < prototypes; k++) {
      z[k] = offset[user * prototypes + k] + (mean == null ? 0 : mean[k]);
      if (noisy) z[k] -= Math.log(-Math.log(noise.nextDouble(Double.MIN_NORMAL, 1)));
    }
    int best = softmax(z, temperature);
    for (int k = 0; k < prototypes; k++) {
      soft[k][user] = z[k];
      if (partition) weights[k][user] = k == best ? 1 : 0;
    }
  }

  /** In place; returns the position of the largest. */
  static int softmax(double[] z, double temperature) {
    int best = 0;
    for (int k = 1; k < z.length; k++) if (z[k] > z[best]) best = k;
    double top = z[best];
    double sum = 0;
    for (int k = 0; k < z.length; k++) sum += z[k] = Math.exp((z[k] - top) / temperature);
    for (int k = 0; k < z.length; k++) z[k] /= sum;
    return best;
  }

  /** Passes the gradients of the batch's weights on to the logits and forgets them. */
  void back() {
    for (int i = 0; i < count; i++) {
      int u = active[i];
      double inner = 0;
      for (int k = 0; k < prototypes; k++) inner += soft[k][u] * gradient[k][u];
      for (int k = 0; k < prototypes; k++) {
        double dz = soft[k][u] * (gradient[k][u] - inner) / temperature;
        offsetGradient[u * prototypes + k] += dz;
        if (mean != null) meanGradient[k] += dz;
        gradient[k][u] = 0;
      }
    }
  }
}
