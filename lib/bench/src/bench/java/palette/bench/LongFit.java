package palette.bench;

import ai.djl.Device;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.family.PalB;
import palette.fit.Objective;
import palette.fit.Plan;
import palette.fit.Task;
import palette.fit.TrainingSet;
import palette.support.Seeds;
import palette.support.Texts;

/** A small PAL-B that trains for many steps, to watch the memory of the process. */
final class LongFit {
  private static final int BATCH = 32;
  private static final int D = 16;

  private LongFit() {}

  /** How the resident memory grew between half of the steps and all of them. */
  static String report(int steps) {
    double growth = growth(true, steps);
    return Texts.format(
        "resident memory: %+.2f %% between step %,d and step %,d of one PAL-B fit (%,d MB)",
        100 * growth, steps / 2, steps, ResidentMemory.anonymousKilobytes() >> 10);
  }

  /** The growth as a share, by hand or through one graph; NaN where the system is not Linux. */
  static double growth(boolean byHand, int steps) {
    try (var objective = objective(study(7), byHand, 2, 7)) {
      run(objective, steps / 2);
      double half = ResidentMemory.anonymousKilobytes();
      run(objective, steps - steps / 2);
      return ResidentMemory.anonymousKilobytes() / half - 1;
    }
  }

  /** Trains for some steps; the parameters. */
  static Map<String, Tensor> train(TrainingSet study, long seed, int steps) {
    try (var objective = objective(study, true, 1, seed)) {
      run(objective, steps);
      return objective.parameters();
    }
  }

  private static void run(Objective objective, int steps) {
    int[] order = IntStream.range(0, BATCH * 8).toArray();
    for (int step = 0; step < steps; step++) {
      int from = step % 8 * BATCH;
      objective.step(order, from, from + BATCH);
    }
  }

  /** Answers to prompts, of random vectors. */
  static TrainingSet study(long seed) {
    var random = Seeds.stream(seed, "long fit");
    var builder = Preferences.builder();
    for (int i = 0; i < BATCH * 8; i++) {
      int left = random.nextInt(40);
      int right = (left + 1 + random.nextInt(39)) % 40;
      String user = "u" + random.nextInt(9);
      builder.add(new Comparison(user, "p" + random.nextInt(12), "i" + left, "i" + right));
    }
    var answers = builder.build();
    answers =
        answers
            .withItems(answers.items().withVectors(vectors(answers.items().size(), random)))
            .withPrompts(answers.prompts().withVectors(vectors(answers.prompts().size(), random)));
    return TrainingSet.of(answers, answers.first(0), false, false);
  }

  private static float[][] vectors(int n, SplittableRandom random) {
    float[][] rows = new float[n][];
    for (int i = 0; i < n; i++) rows[i] = Tensor.of(Seeds.normal(D, 1, random), D).values();
    return rows;
  }

  private static Objective objective(TrainingSet study, boolean byHand, int threads, long seed) {
    var spec = PalB.spec().prototypes(2).dimension(D).hidden(32).threads(threads).dropout(0.1);
    var task = Task.of(spec, study, Device.cpu());
    var start = Starts.of(spec, task, seed);
    var one = Plan.graph(task, "watched");
    return byHand ? Starts.open(task, start, seed) : one.opening().open(start, seed);
  }
}
