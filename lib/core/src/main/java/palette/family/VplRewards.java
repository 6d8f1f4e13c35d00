package palette.family;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import palette.engine.Inference;
import palette.fit.Fitted;
import palette.fit.ItemRewards;
import palette.fit.Parameter;
import palette.fit.Parameters;

/** Rewards of a fitted {@link Vpl} in plain numbers, as a function of z. */
final class VplRewards implements ItemRewards {
  private final VplBasis basis;
  private final Fitted fitted;
  private final ItemRewards.Scene scene;
  private final double[][] user; // [H][L]
  private final double[][] second; // [H][H]
  private final double[] bias;
  private final double[] out;
  private final Map<Integer, double[]> content = new HashMap<>();

  VplRewards(VplBasis basis, Fitted fitted, ItemRewards.Scene scene) {
    this.basis = basis;
    this.fitted = fitted;
    this.scene = scene;
    this.user = rows(VplBasis.REWARD1_USER);
    this.second = rows(VplBasis.REWARD2);
    this.bias = VplBasis.REWARD2_BIAS.of(fitted.parameters()).doubles();
    this.out = VplBasis.OUT.of(fitted.parameters()).doubles();
  }

  private double[][] rows(Parameter parameter) {
    return parameter.of(fitted.parameters()).rows();
  }

  @Override
  public void prepare(int[] items, int[] prompts) {
    int[] fresh = Arrays.stream(items).distinct().filter(i -> !content.containsKey(i)).toArray();
    if (fresh.length == 0) return;
    float[][] x = Arrays.stream(fresh).mapToObj(i -> scene.items()[i]).toArray(float[][]::new);
    double[][] made =
        Inference.run(
            fitted.startingWith("reward."),
            x,
            (p, rows) -> basis.content(new Parameters(p, fitted.settings()), rows));
    for (int i = 0; i < fresh.length; i++) content.put(fresh[i], made[i]);
  }

  /** There are no parts. */
  @Override
  public void rewards(int item, int prompt, double[] into) {
    throw new UnsupportedOperationException("Rewards of VPL have no parts.");
  }

  @Override
  public double reward(double[] z, int item, int prompt) {
    return reward(z, item, null, 0);
  }

  @Override
  public double margin(int chosen, int rejected, int prompt, double[] z, double[] gradient) {
    if (gradient != null) Arrays.fill(gradient, 0);
    return reward(z, chosen, gradient, 1) - reward(z, rejected, gradient, -1);
  }

  /** The reward; its slopes by z, times a sign, are added to the gradient. */
  private double reward(double[] z, int item, double[] gradient, double sign) {
    double[] first = content.get(item).clone();
    for (int h = 0; h < first.length; h++) first[h] += dot(user[h], z);
    double[] inside = bent(first);
    double[] back = new double[first.length];
    double reward = 0;
    for (int h = 0; h < out.length; h++) {
      double t = bias[h] + dot(second[h], inside);
      reward += out[h] * Math.max(t, t / 5);
      double pull = out[h] * (t > 0 ? 1 : 0.2);
      for (int i = 0; gradient != null && i < back.length; i++) back[i] += pull * second[h][i];
    }
    for (int h = 0; gradient != null && h < back.length; h++) {
      double pull = sign * back[h] * (first[h] > 0 ? 1 : 0.2);
      for (int l = 0; l < z.length; l++) gradient[l] += pull * user[h][l];
    }
    return reward;
  }

  private static double[] bent(double[] x) {
    double[] bent = new double[x.length];
    for (int i = 0; i < x.length; i++) bent[i] = Math.max(x[i], x[i] / 5);
    return bent;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
    return sum;
  }
}
