package palette.reward;

import java.util.Map;
import java.util.SplittableRandom;
import palette.support.Seeds;

/**
 * The users' weights and the way back from them to the logits, z = mean + offset of the user. As a
 * mixture w = softmax(z). As a partition everybody belongs to one prototype: forward the one-hot
 * argmax of z plus Gumbel noise, backward the softmax at a temperature (straight-through); a
 * settled user has no noise.
 */
final class Mixing {
  private final boolean partition;
  private final double temperature;
  private final int prototypes;
  private final SplittableRandom noise;
  private final double[] offset; // [users * K]
  private final double[] mean; // [K], null where there is none
  private final double[] offsetGradient;
  private final double[] meanGradient;
  private final double[][] weights;
  private final double[][] soft;
  private final double[][] gradient;
  private final int[] stamp;
  private final int[] active;
  private int count;
  private int batches;

  Mixing(
      Settings settings,
      Map<String, double[]> parameters,
      Map<String, double[]> gradients,
      int users,
      long seed) {
    partition = settings.flag("partition");
    temperature = settings.real("temperature");
    prototypes = settings.integer("prototypes");
    noise = Seeds.stream(seed, "gumbel");
    offset = parameters.get("users.offset");
    mean = parameters.get("users.mean");
    offsetGradient = gradients.get("users.offset");
    meanGradient = gradients.get("users.mean");
    weights = new double[users][prototypes];
    soft = partition ? new double[users][prototypes] : weights;
    gradient = new double[users][prototypes];
    stamp = new int[users];
    active = new int[users];
  }

  /** Works out the weights of the users in a batch, each once. */
  void begin(int[] user, int[] order, int from, int to) {
    batches++;
    count = 0;
    for (int b = from; b < to; b++) {
      int u = user[order[b]];
      if (stamp[u] == batches) continue;
      stamp[u] = batches;
      active[count++] = u;
      mix(u, partition);
    }
  }

  double[] weightsOf(int user) {
    return weights[user];
  }

  double[] gradientOf(int user) {
    return gradient[user];
  }

  /** The weights without noise. */
  double[] settled(int user) {
    mix(user, false);
    return weights[user];
  }

  private void mix(int user, boolean noisy) {
    double[] z = soft[user];
    for (int k = 0; k < prototypes; k++) {
      z[k] = offset[user * prototypes + k] + (mean == null ? 0 : mean[k]);
      if (noisy) z[k] -= Math.log(-Math.log(noise.nextDouble(Double.MIN_NORMAL, 1)));
    }
    int best = softmax(z, partition ? temperature : 1);
    if (!partition) return;
    java.util.Arrays.fill(weights[user], 0);
    weights[user][best] = 1;
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
      double[] w = soft[u];
      double[] dw = gradient[u];
      double inner = 0;
      for (int k = 0; k < prototypes; k++) inner += w[k] * dw[k];
      for (int k = 0; k < prototypes; k++) {
        double dz = w[k] * (dw[k] - inner) / (partition ? temperature : 1);
        offsetGradient[u * prototypes + k] += dz;
        if (mean != null) meanGradient[k] += dz;
        dw[k] = 0;
      }
    }
  }
}
