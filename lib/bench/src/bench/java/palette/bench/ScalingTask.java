package palette.bench;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Map;
import java.util.SplittableRandom;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.family.PalA;
import palette.family.PalB;
import palette.family.PalSpec;
import palette.fit.FitSpec;
import palette.fit.Objective;
import palette.fit.Task;
import palette.fit.Trainer;
import palette.fit.TrainingSet;
import palette.support.Seeds;

/**
 * Training of any size on random answers, for its cost only. Sizes by name: K, batch, users, D, d,
 * pairs, and items, where 0 stands for items and prompts of its own for every pair.
 */
final class ScalingTask {
  static final int HIDDEN = 256;
  private static final long SEED = 7;

  /** What is trained; two layers have {@link #HIDDEN} hidden units. */
  enum Model {
    PAL_A_LINEAR,
    PAL_A_MLP,
    PAL_B
  }

  private final Model model;
  private final Map<String, Integer> sizes;
  private final TrainingSet study;
  private final FitSpec<?> spec;

  /** A task of this size. */
  ScalingTask(Model model, Map<String, Integer> sizes) {
    this.model = model;
    this.sizes = sizes;
    this.spec = spec();
    int pairs = sizes.get("pairs");
    var all = answers(pairs + pairs / 9); // a tenth validates, the default
    var train = all.where(row -> row < pairs);
    var validation = all.where(row -> row >= pairs);
    this.study = TrainingSet.of(train, validation, model != Model.PAL_B, false);
  }

  private FitSpec<?> spec() {
    return switch (model) {
      case PAL_A_LINEAR -> sized(PalA.spec().linear());
      case PAL_A_MLP -> sized(PalA.spec().mlp(HIDDEN));
      case PAL_B -> sized(PalB.spec().mlp(HIDDEN));
    };
  }

  private <S extends PalSpec<S>> S sized(S spec) {
    return spec.prototypes(sizes.get("K"))
        .dimension(sizes.get("d"))
        .batch(sizes.get("batch"))
        .identity(false);
  }

  // -------------------------------------------------------------------------------------- data

  private Preferences answers(int pairs) {
    var random = Seeds.stream(SEED, "answers");
    int items = sizes.get("items");
    var builder = Preferences.builder();
    for (int i = 0; i < pairs; i++) {
      int left = items == 0 ? 2 * i : random.nextInt(items);
      int right = items == 0 ? 2 * i + 1 : (left + 1 + random.nextInt(items - 1)) % items;
      String user = "u" + i % sizes.get("users");
      String prompt = model == Model.PAL_B ? "p" + (items == 0 ? i : random.nextInt(items)) : null;
      builder.add(new Comparison(user, prompt, "i" + left, "i" + right));
    }
    var answers = builder.build();
    answers = answers.withItems(described(answers.items(), random));
    return model == Model.PAL_B
        ? answers.withPrompts(described(answers.prompts(), random))
        : answers;
  }

  private Catalog described(Catalog catalog, SplittableRandom random) {
    float[][] rows = new float[catalog.size()][sizes.get("D")];
    for (float[] row : rows) {
      for (int c = 0; c < row.length; c++) row[c] = random.nextFloat() - 0.5f;
    }
    return catalog.withVectors(rows);
  }

  // ---------------------------------------------------------------------------------- training

  /**
   * Median seconds of an epoch's steps and of a look at the validation answers, and how many epochs
   * share a look.
   */
  record Epoch(double steps, double look, int every) {}

  /**
   * An epoch on all cores: steps for a moment that do not count, then epochs, at least one, until
   * {@code enough} seconds are over.
   */
  Epoch epoch(double enough) {
    int[] order = order();
    try (var objective = open()) {
      long began = System.nanoTime();
      for (int from = 0; since(began) < enough / 2; ) from = step(objective, order, from);
      objective.measure(study.validation);
      began = System.nanoTime();
      var steps = new ArrayList<Double>();
      var looks = new ArrayList<Double>();
      while (steps.isEmpty() || since(began) < enough) {
        long start = System.nanoTime();
        for (int from = step(objective, order, 0); from > 0; ) from = step(objective, order, from);
        steps.add(since(start));
        start = System.nanoTime();
        objective.measure(study.validation);
        looks.add(since(start));
      }
      int every = Trainer.every(study, order, sizes.get("batch"));
      return new Epoch(Peers.median(steps), Peers.median(looks), every);
    }
  }

  /** How many distinct items and prompts a batch has on average. */
  double[] distinct() {
    return PeerTask.distinct(study, order(), sizes.get("batch"));
  }

  private int[] order() {
    return Seeds.permutation(study.train.size(), Seeds.stream(SEED, "order"));
  }

  /** One step; where the next begins, 0 after the last of an epoch. */
  private int step(Objective objective, int[] order, int from) {
    int to = Math.min(order.length, from + sizes.get("batch"));
    objective.step(order, from, to);
    return to == order.length ? 0 : to;
  }

  private static double since(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private Objective open() {
    var task = Task.of(spec, study, Device.cpu());
    return Starts.open(task, Starts.of(spec, task, SEED), SEED);
  }
}
