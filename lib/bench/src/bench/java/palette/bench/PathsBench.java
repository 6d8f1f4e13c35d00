package palette.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import palette.engine.HeapParameters;
import palette.family.fast.LinearRewards;
import palette.fit.BasisObjective;
import palette.fit.Plan;
import palette.fit.Task;
import palette.support.Texts;

/**
 * What a fast path saves: it and the plainer way to the same numbers in turns, from one start. Who
 * asks whether a path is worth its lines finds the answer here.
 */
final class PathsBench {
  private final Path data;

  private PathsBench(Path data) {
    this.data = data;
  }

  /** Prints a table; the folder is that of the peers' data. */
  static void of(Path data) {
    System.out.println("\n| path | plainer, ms an epoch | fast | time saved (range) |");
    System.out.println("|---|---|---|---|");
    var bench = new PathsBench(data);
    bench.metric();
  }

  /** A^T A against f by itself. */
  private void metric() {
    var task = PeerTask.palA(data);
    row(
        "metric form, PAL-A toy, full batch",
        way -> task.train(600, 0, 1, way),
        PathsBench::linear);
    row(
        "metric form, PAL-A toy, batch 1024",
        way -> task.train(200, 1024, 1, way),
        PathsBench::linear);
  }

  private static Plan linear(Task task) {
    int dimension = task.sizes().inputs(); // the toy's f keeps it
    BasisObjective.Opening loops =
        (t, start, seed) ->
            new LinearRewards(t, dimension, new HeapParameters(start, t.groups()::of));
    return new Plan(
        "linear map by hand",
        "measured",
        (start, seed) -> BasisObjective.of(task, false, start, seed, loops));
  }

  private static void row(
      String name,
      Function<Function<Task, Plan>, PeerTask.Run> train,
      Function<Task, Plan> plainer) {
    Function<Task, Plan> fast = task -> task.basis().plan(task);
    for (int i = 0; i < 3; i++) { // the JVM compiles both
      train.apply(plainer);
      train.apply(fast);
    }
    double[] before = new double[Turns.COUNT];
    double[] after = new double[Turns.COUNT];
    double[] saved = new double[Turns.COUNT];
    for (int turn = 0; turn < saved.length; turn++) {
      before[turn] = train.apply(plainer).seconds();
      after[turn] = train.apply(fast).seconds();
      saved[turn] = 100 * (1 - after[turn] / before[turn]);
    }
    System.out.println(
        Texts.format(
            "| %s | %.2f | %.2f | %.0f %% (%.0f to %.0f) |",
            name,
            1e3 * Peers.median(before),
            1e3 * Peers.median(after),
            Peers.median(saved),
            Arrays.stream(saved).min().orElseThrow(),
            Arrays.stream(saved).max().orElseThrow()));
  }
}
