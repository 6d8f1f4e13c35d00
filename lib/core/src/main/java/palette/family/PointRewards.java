package palette.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import palette.fit.ItemRewards;
import palette.fit.TrainingSet;

/** {@link ItemRewards} of PAL: similarities of items' points to prototypes, or to a user's. */
final class PointRewards implements ItemRewards {
  private static final double STEP = 1e-5;

  private final LatentModel model;
  private final ItemRewards.Scene scene;
  private final HashMap<Long, Integer> index = new HashMap<>();
  private final boolean joint; // f sees an item together with its prompt
  private final double[][][] prototypes;
  private double[][] points = {};

  PointRewards(LatentModel model, ItemRewards.Scene scene) {
    this.model = model;
    this.scene = scene;
    this.joint = model.fitted.spec().basis().joint() && model.fitted.prompts().size() > 0;
    this.prototypes = model.prototypes(scene.prompts());
  }

  @Override
  public void prepare(int[] items, int[] prompts) {
    var features = new ArrayList<float[]>();
    var known = new ArrayList<Integer>();
    for (int i = 0; i < items.length; i++) {
      if (index.putIfAbsent(key(items[i], prompts[i]), index.size()) != null) continue;
      features.add(feature(items[i], prompts[i]));
      known.add(scene.known()[items[i]]);
    }
    if (features.isEmpty()) return;
    int[] identity = known.stream().mapToInt(k -> k).toArray();
    points = concat(points, model.points(features.toArray(new float[0][]), identity));
  }

  private long key(int item, int prompt) {
    return ((long) item << 32) | (joint ? prompt + 1 : 0);
  }

  private float[] feature(int item, int prompt) {
    float[] x = scene.items()[item];
    return joint ? TrainingSet.concat(x, scene.prompt(prompt)) : x;
  }

  private static double[][] concat(double[][] a, double[][] b) {
    double[][] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private double[] point(int item, int prompt) {
    return points[index.get(key(item, prompt))];
  }

  private double[][] prototypesBefore(int prompt) {
    return prototypes[prototypes.length == 1 ? 0 : prompt + 1];
  }

  @Override
  public void rewards(int item, int prompt, double[] into) {
    double[] u = point(item, prompt);
    double[][] q = prototypesBefore(prompt);
    for (int k = 0; k < q.length; k++) {
      into[k] = model.scale * model.similarity.at(u, q[k], null);
    }
    Arrays.fill(into, q.length, into.length, 0);
    model.alongAxes(u, 1, into, q.length);
  }

  /** That of the user's own point, which for PAL-A is less by what all items have in common. */
  @Override
  public double reward(double[] w, int item, int prompt) {
    double[] a = model.point(w, prototypesBefore(prompt));
    return model.scale * model.similarity.at(point(item, prompt), a, null);
  }

  @Override
  public void margins(int chosen, int rejected, int prompt, double[] into) {
    double[][] q = prototypesBefore(prompt);
    double[] left = point(chosen, prompt);
    double[] right = point(rejected, prompt);
    for (int k = 0; k < q.length; k++) {
      double better = model.similarity.at(left, q[k], null);
      into[k] = model.scale * (better - model.similarity.at(right, q[k], null));
    }
    Arrays.fill(into, q.length, into.length, 0);
    model.alongAxes(left, 1, into, q.length);
    model.alongAxes(right, -1, into, q.length);
  }

  // ------------------------------------------- the reference forms, not linear in the weights

  @Override
  public double margin(int chosen, int rejected, int prompt, double[] w, double[] gradient) {
    double[][] q = prototypesBefore(prompt);
    double[] left = point(chosen, prompt);
    double[] right = point(rejected, prompt);
    double[] a = model.point(w, q);
    double[] slope = gradient == null ? null : new double[a.length];
    double[] other = gradient == null ? null : new double[a.length];
    double better = model.similarity.at(left, a, slope);
    double margin = better - model.similarity.at(right, a, other);
    if (gradient == null) return model.scale * margin;
    for (int l = 0; l < a.length; l++) slope[l] -= other[l];
    for (int k = 0; k < w.length; k++) {
      gradient[k] = model.scale * Similarity.DOT.at(slope, moved(w, q, k), null);
    }
    return model.scale * margin;
  }

  /** da/dw_k: the prototype itself where a is the mix, a central difference otherwise. */
  private double[] moved(double[] w, double[][] q, int k) {
    if (model.mixesLinearly()) return q[k];
    double[] up = w.clone();
    double[] down = w.clone();
    up[k] += STEP;
    down[k] -= STEP;
    double[] slope = model.point(up, q);
    double[] low = model.point(down, q);
    for (int l = 0; l < slope.length; l++) slope[l] = (slope[l] - low[l]) / (2 * STEP);
    return slope;
  }
}
