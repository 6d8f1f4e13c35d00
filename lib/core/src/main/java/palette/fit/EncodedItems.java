package palette.fit;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.numeric.VectorLoops;
import palette.reward.WeightMargins;
import palette.support.InputException;

/** The K rewards of items before prompts, and the population's score where a prior has it. */
final class EncodedItems {
  private static final int WIDE =
      256; // columns whose rows would take gigabytes where answers are many

  private final BasisModel model;
  private final Catalog items;
  private final ItemRewards rewards;
  private final boolean linear;
  private final double[] fallback; // the population's score of each item, null without a column
  private final int columns;

  /** {@code wanted} and {@code asked} say which items and prompts will be looked at. */
  private EncodedItems(
      BasisModel model, Catalog items, IntPredicate wanted, Catalog prompts, IntPredicate asked) {
    var fitted = model.fitted();
    this.model = model;
    this.items = items;
    float[][] itemVectors = fitted.features(items, wanted, fitted.items(), "item");
    boolean ignored = fitted.prompts().size() == 0; // trained without prompts
    float[][] promptVectors =
        ignored ? new float[0][] : fitted.features(prompts, asked, fitted.prompts(), "prompt");
    var scene =
        new ItemRewards.Scene(
            itemVectors,
            fitted.identities(items, wanted),
            promptVectors,
            fitted.prompts().dimension());
    this.rewards = model.basis().at(fitted, scene);
    this.linear = model.basis().linear();
    this.columns = fitted.prior().center().length;
    this.fallback = fitted.prior().populationColumn() ? fallback(model, items, itemVectors) : null;
  }

  /** All of some items before one prompt or none. */
  static EncodedItems of(BasisModel model, Catalog items, Catalog prompts) {
    return new EncodedItems(model, items, i -> true, prompts, i -> true);
  }

  /** What these answers are about. */
  static EncodedItems of(BasisModel model, Preferences answers) {
    var wanted = TrainingSet.items(answers);
    var asked = TrainingSet.prompts(answers);
    return new EncodedItems(model, answers.items(), wanted::get, answers.prompts(), asked::get);
  }

  // In the model's own units, so that one temperature serves all columns.
  private static double[] fallback(BasisModel model, Catalog items, float[][] vectors) {
    var everybody = model.fitted().fallback();
    double[] scores = scores(everybody, items, vectors);
    double unit = model.temperature() / everybody.temperature();
    for (int i = 0; i < scores.length; i++) scores[i] *= unit;
    return scores;
  }

  /** The one reward that everybody has of each item. */
  private static double[] scores(BasisModel everybody, Catalog items, float[][] vectors) {
    var fitted = everybody.fitted();
    var scene = new ItemRewards.Scene(vectors, fitted.identities(items), new float[0][], 0);
    var rewards = everybody.basis().at(fitted, scene);
    int[] every = IntStream.range(0, items.size()).toArray();
    int[] nothing = new int[every.length];
    Arrays.fill(nothing, -1);
    rewards.prepare(every, nothing);
    double[] scores = new double[every.length];
    double[] one = new double[1];
    for (int i = 0; i < scores.length; i++) {
      rewards.rewards(i, -1, one);
      scores[i] = one[0];
    }
    return scores;
  }

  double reward(double[] w, int item, int prompt) {
    rewards.prepare(new int[] {item}, new int[] {prompt});
    return finite(item, mixed(w, item, prompt));
  }

  // Weights may each be a number, and what they come to none: 1e38 squared, and one less another.
  private double finite(int item, double reward) {
    if (Double.isFinite(reward)) return reward;
    throw new InputException(
        "item '" + items.id(item) + "'",
        "a finite reward by " + model.name(),
        "" + reward,
        "The model's weights, or the item's vector, are too large: train it again, or mend them.");
  }

  private double mixed(double[] w, int item, int prompt) {
    if (fallback == null || w.length < columns) return rewards.reward(w, item, prompt);
    // With a fallback the other weights sum to less than 1, so rewards are mixed one by one.
    double[] r = new double[columns];
    rewards.rewards(item, prompt, r);
    double reward = w[columns - 1] * fallback[item];
    for (int k = 0; k < columns - 1; k++) reward += w[k] * r[k];
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
    rewards.prepare(items, prompts);
    if (!linear || columns > WIDE) return asked(answers);
    double[] weights = new double[n];
    int[] outcomes = new int[n];
    double[][] rows = new double[n][columns];
    for (int row = 0; row < n; row++) {
      row(answers, row, rows[row]);
      finite(answers.chosen(row), Arrays.stream(rows[row]).sum());
      weights[row] = answers.weight(row);
      outcomes[row] = answers.shown().outcome(row);
    }
    return new WeightMargins.Linear(rows, weights, outcomes, columns);
  }

  private WeightMargins asked(Preferences answers) {
    var margins = new AskedMargins(this, answers, columns, linear);
    double[] anybody = model.prior().center();
    for (int j = 0; j < margins.size(); j++) {
      finite(answers.chosen(j), margins.margin(j, anybody, null));
    }
    return margins;
  }

  /** The margin of each column where margins are linear in the weights. */
  private void row(Preferences answers, int row, double[] into) {
    rewards.margins(answers.chosen(row), answers.rejected(row), answers.prompt(row), into);
    if (fallback == null) return;
    into[columns - 1] = fallback[answers.chosen(row)] - fallback[answers.rejected(row)];
  }

  /** Margins that are worked out when they are asked for. */
  private record AskedMargins(EncodedItems of, Preferences answers, int columns, boolean linear)
      implements WeightMargins {

    @Override
    public int size() {
      return answers.size();
    }

    @Override
    public double margin(int j, double[] w, double[] gradient) {
      if (linear && (gradient != null || of.fallback != null)) {
        double[] row = gradient == null ? new double[columns] : gradient;
        of.row(answers, j, row);
        return VectorLoops.inner(row, w);
      }
      int prompt = answers.prompt(j);
      return of.rewards.margin(answers.chosen(j), answers.rejected(j), prompt, w, gradient);
    }

    @Override
    public double weight(int j) {
      return answers.weight(j);
    }

    @Override
    public int outcome(int j) {
      return answers.shown().outcome(j);
    }
  }
}
