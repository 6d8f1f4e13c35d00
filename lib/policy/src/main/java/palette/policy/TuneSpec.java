package palette.policy;

import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import palette.engine.AdamGroup;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.fit.ChainedSpec;
import palette.fit.FitSpec;
import palette.fit.Trainer;
import palette.reward.CheckpointPlan;
import palette.reward.History;
import palette.reward.Option;
import palette.reward.Settings;
import palette.store.Checkpoint;
import palette.store.SafeTensors;
import palette.support.Checks;

/**
 * How a policy is trained, by the one loop of all models ({@link Trainer}). Every option returns a
 * new spec.
 *
 * @param <S> the spec itself, so that options chain
 */
public abstract class TuneSpec<S extends TuneSpec<S>> {
  static final Option<Double> RATE = Option.of("rate", 1e-3);

  final Settings settings;

  TuneSpec(Settings settings) {
    this.settings = settings;
  }

  /** The options of every training at these defaults, and others. */
  static Settings settings(int epochs, int batch, double rate, Option<?>... more) {
    var all = new ArrayList<Option<?>>(List.of(more));
    all.addAll(List.of(FitSpec.EPOCHS, FitSpec.BATCH, RATE, ChainedSpec.SEED));
    all.addAll(List.of(FitSpec.THREADS, FitSpec.DEVICE));
    // Set, not options anew: an option of another default is another option.
    var initial = Settings.of(all).with(FitSpec.EPOCHS, epochs);
    return initial.with(FitSpec.BATCH, batch).with(RATE, rate);
  }

  abstract S with(Settings other);

  final <T> S with(Option<T> option, T value) {
    return with(settings.with(option, value));
  }

  final <T> T get(Option<T> option) {
    return settings.get(option);
  }

  /** Passes over the rows. */
  public S epochs(int count) {
    return with(FitSpec.EPOCHS, Checks.atLeast(1, "epochs", count));
  }

  /** Rows a step: texts, or pairs of answers. */
  public S batch(int rows) {
    return with(FitSpec.BATCH, Checks.atLeast(1, "batch", rows));
  }

  /** Adam's learning rate. */
  public S rate(double value) {
    return with(RATE, Checks.positive("rate", value));
  }

  /** The seed of first numbers and order. */
  public S seed(long value) {
    return with(ChainedSpec.SEED, value);
  }

  /** Threads that share a step; all cores unless it is said here. */
  public S threads(int count) {
    return with(FitSpec.THREADS, Checks.atLeast(1, "threads", count));
  }

  /** {@code cpu}, {@code gpu}, or {@code auto}, a GPU where there is one. */
  public S device(String name) {
    return with(FitSpec.DEVICE, FitSpec.deviceName(name));
  }

  /**
   * Keeps in a file, every minute, how far the training is; one that was killed goes on there, and
   * ends with the same bits ({@link FitSpec#checkpoint(Path)}). Pretraining and what is tuned after
   * it need a file each.
   */
  public S checkpoint(Path file) {
    return checkpoint(file, 0);
  }

  /** The same after every so many steps. */
  public S checkpoint(Path file, int steps) {
    return with(settings.checkpoint(new CheckpointPlan(file, steps)));
  }

  /** What was learned, the goal's own numbers, and the way there. */
  record Learned(Map<String, Tensor> weights, double[] own, History history) {}

  /**
   * Trains all parameters towards a goal; {@code only}: what makes users differ, and no more, which
   * is done in a moment and keeps no checkpoint.
   */
  final Learned learn(
      String task, Gpt shape, Voices voices, Map<String, Tensor> start, Goal goal, boolean only) {
    var device = Torch.device(get(FitSpec.DEVICE));
    int asked = get(FitSpec.THREADS);
    int all = asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
    int threads = device.isGpu() ? 1 : all;
    Function<String, AdamGroup> groups = name -> group(name, voices, only);
    try (var objective =
        new PolicyObjective(
            device, shape, voices, start, goal, groups, threads, DataType.FLOAT32)) {
      var trainer = new Trainer(task, goal.rows(), settings, get(ChainedSpec.SEED));
      var plan = only ? null : settings.checkpoint();
      var what = plan == null ? Map.<String, String>of() : what(task, start, goal, threads);
      var result = trainer.run(objective, new Checkpoint(plan, what));
      var weights = result.parameters();
      var own = weights.remove(PolicyObjective.OWN);
      return new Learned(weights, own == null ? new double[0] : own.doubles(), result.history());
    }
  }

  private Map<String, String> what(String task, Map<String, Tensor> start, Goal goal, int threads) {
    return Map.of(
        "task", task,
        "spec", toString(),
        "start", SafeTensors.sha256(start),
        "rows", goal.fingerprint(),
        "threads", "" + threads,
        "versions", Torch.version());
  }

  private AdamGroup group(String name, Voices voices, boolean only) {
    double rate = get(RATE);
    boolean replaced = voices == Voices.CLUSTER && name.equals(Gpt.VOICE);
    if (replaced || only && !Voices.ofUsers(name)) return null;
    return AdamGroup.of(rate * Voices.haste(name));
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
