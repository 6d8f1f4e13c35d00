package palette.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import palette.data.Catalog;
import palette.data.Preferences;

/**
 * Some items and prompts as a fitted model sees them: latent points of the items, the prototypes
 * before each prompt. Everything is worked out once, when it is first needed.
 */
final class Sight {
  private final PalModel model;
  private final float[][] itemFeatures;
  private final int[] identity;
  private final float[][] promptFeatures;
  private final HashMap<Long, Integer> index = new HashMap<>();
  private final double[] fallback; // the population's score of each item, null without a column
  private final int columns;
  private double[][] points;
  private final double[][][] prototypes;

  /** {@code wanted} and {@code asked} say which items and prompts will be looked at. */
  Sight(PalModel model, Catalog items, boolean[] wanted, Catalog prompts, boolean[] asked) {
    this.model = model;
    this.itemFeatures = model.fitted.features(items, wanted, model.fitted.items(), "item");
    this.identity = model.fitted.identities(items);
    boolean ignored = model.fitted.prompts().size() == 0; // trained without prompts
    this.promptFeatures =
        ignored
            ? new float[0][]
            : model.fitted.features(prompts, asked, model.fitted.prompts(), "prompt");
    this.columns = model.fitted.prior().center().length;
    boolean fallsBack = model.fitted.prior().populationColumn();
    this.fallback = fallsBack ? fallback(items) : null;
    this.prototypes = model.prototypes(promptFeatures);
  }

  /** All of some items before one prompt or none. */
  static Sight of(PalModel model, Catalog items, Catalog prompts) {
    return new Sight(model, items, all(items.size()), prompts, all(prompts.size()));
  }

  /** What these answers are about. */
  static Sight of(PalModel model, Preferences answers) {
    boolean[] wanted = new boolean[answers.items().size()];
    boolean[] asked = new boolean[answers.prompts().size()];
    for (int row = 0; row < answers.size(); row++) {
      wanted[answers.chosen(row)] = true;
      wanted[answers.rejected(row)] = true;
      if (answers.prompt(row) >= 0) asked[answers.prompt(row)] = true;
    }
    return new Sight(model, answers.items(), wanted, answers.prompts(), asked);
  }

  private static boolean[] all(int n) {
    boolean[] flags = new boolean[n];
    Arrays.fill(flags, true);
    return flags;
  }

  // In the model's own units, so that one temperature serves all columns.
  private double[] fallback(Catalog items) {
    var everybody = model.fitted.fallback();
    double[] scores = everybody.scores(items, itemFeatures);
    double unit = model.temperature() / everybody.temperature();
    for (int i = 0; i < scores.length; i++) scores[i] *= unit;
    return scores;
  }

  double reward(double[] w, int item, int prompt) {
    encode(new int[] {item}, new int[] {prompt});
    double[] u = points[index.get(key(item, prompt))];
    double[][] q = prototypesBefore(prompt);
    double reward = model.scale() * model.closeness().at(u, model.point(w, q), null);
    if (fallback == null || w.length < columns) return reward;
    return mixWithFallback(w, u, q, item);
  }

  // With a fallback the prototypes' weights sum to less than 1, so rewards are mixed one by one.
  private double mixWithFallback(double[] w, double[] u, double[][] q, int item) {
    double reward = w[columns - 1] * fallback[item];
    for (int k = 0; k < columns - 1; k++) {
      reward += w[k] * model.scale() * model.closeness().at(u, q[k], null);
    }
    return reward;
  }

  WeightMargins margins(Preferences answers) {
    int n = answers.size();
    int[] items = new int[2 * n];
    int[] prompts = new int[2 * n];
    for (int row = 0; row < n; row++) {
      items[row] = answers.chosen(row);
      items[n + row] = answers.rejected(row);
      prompts[row] = prompts[n + row] = answers.prompt(row);
    }
    encode(items, prompts);
    if (!model.localizesConvexly()) return new Bent(answers);
    double[] weights = new double[answers.size()];
    double[][] rows = new double[answers.size()][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = linearRow(answers, row);
      weights[row] = answers.weight(row);
    }
    return WeightMargins.linear(rows, weights, columns);
  }

  private double[] linearRow(Preferences answers, int row) {
    double[][] q = prototypesBefore(answers.prompt(row));
    double[] left = points[index.get(key(answers.chosen(row), answers.prompt(row)))];
    double[] right = points[index.get(key(answers.rejected(row), answers.prompt(row)))];
    double[] margins = new double[columns];
    for (int k = 0; k < q.length; k++) {
      double better = model.closeness().at(left, q[k], null);
      margins[k] = model.scale() * (better - model.closeness().at(right, q[k], null));
    }
    if (fallback != null) {
      margins[columns - 1] = fallback[answers.chosen(row)] - fallback[answers.rejected(row)];
    }
    return margins;
  }

  private long key(int item, int prompt) {
    return ((long) item << 32) | (model.joint() ? prompt + 1 : 0);
  }

  private double[][] prototypesBefore(int prompt) {
    return prototypes[prototypes.length == 1 ? 0 : prompt + 1];
  }

  /** Works out the points of all (item, prompt) pairs that are new, in one go. */
  private void encode(int[] items, int[] prompts) {
    var features = new ArrayList<float[]>();
    var known = new ArrayList<Integer>();
    for (int i = 0; i < items.length; i++) {
      if (index.putIfAbsent(key(items[i], prompts[i]), index.size()) != null) continue;
      features.add(feature(items[i], prompts[i]));
      known.add(identity[items[i]]);
    }
    if (features.isEmpty()) return;
    double[][] more =
        model.points(features.toArray(new float[0][]), known.stream().mapToInt(k -> k).toArray());
    points = points == null ? more : concat(points, more);
  }

  private float[] feature(int item, int prompt) {
    if (!model.joint()) return itemFeatures[item];
    float[] asked =
        prompt < 0 ? new float[model.fitted.prompts().dimension()] : promptFeatures[prompt];
    return Study.concat(itemFeatures[item], asked);
  }

  private static double[][] concat(double[][] a, double[][] b) {
    double[][] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  /** Margins that are not linear in the weights. */
  private final class Bent implements WeightMargins {
    private static final double STEP = 1e-5;
    private final Preferences answers;

    Bent(Preferences answers) {
      this.answers = answers;
    }

    @Override
    public int size() {
      return answers.size();
    }

    @Override
    public int columns() {
      return columns;
    }

    @Override
    public boolean linear() {
      return false;
    }

    @Override
    public double weight(int j) {
      return answers.weight(j);
    }

    @Override
    public double margin(int j, double[] w, double[] gradient) {
      double[][] q = prototypesBefore(answers.prompt(j));
      double[] left = points[index.get(key(answers.chosen(j), answers.prompt(j)))];
      double[] right = points[index.get(key(answers.rejected(j), answers.prompt(j)))];
      double[] a = model.point(w, q);
      if (gradient == null) return model.scale() * between(left, right, a, null);
      double[] slope = new double[a.length];
      double margin = model.scale() * between(left, right, a, slope);
      for (int k = 0; k < columns; k++) {
        gradient[k] = model.scale() * Closeness.DOT.at(slope, moved(w, q, k), null);
      }
      return margin;
    }

    private double between(double[] left, double[] right, double[] a, double[] slope) {
      if (slope == null) {
        return model.closeness().at(left, a, null) - model.closeness().at(right, a, null);
      }
      double[] other = new double[a.length];
      double better = model.closeness().at(left, a, slope);
      double margin = better - model.closeness().at(right, a, other);
      for (int l = 0; l < a.length; l++) slope[l] -= other[l];
      return margin;
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
}
