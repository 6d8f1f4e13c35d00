package palette.policy;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import palette.engine.AdamGroup;
import palette.engine.Tensor;
import palette.fit.ChainedSpec;
import palette.fit.FitSpec;
import palette.fit.Trainer;
import palette.reward.History;
import palette.reward.Option;
import palette.reward.Settings;
import palette.store.Checkpoint;
import palette.support.Checks;

/**
 * How a policy is trained, by the one loop of all models ({@link Trainer}). Every option returns a
 * new spec.
 *
 * @param <S> the spec itself, so that options chain
 */
public abstract class TuneSpec<S extends TuneSpec<S>> {
  static final Option<Double> RATE = Option.of("rate", 1e-3);

  private final Settings settings;

  TuneSpec(Settings settings) {
    this.settings = settings;
  }

  /** The options of every training at these defaults, and others. */
  static Settings settings(int epochs, int batch, double rate, Option<?>... more) {
    var all = new ArrayList<Option<?>>(List.of(more));
    all.add(Option.of(FitSpec.EPOCHS.name(), epochs));
    all.add(Option.of(FitSpec.BATCH.name(), batch));
    all.add(Option.of(RATE.name(), rate));
    all.addAll(List.of(ChainedSpec.SEED, FitSpec.THREADS));
    return Settings.of(all);
  }

  abstract S with(Settings other);

  final Settings settings() {
    return settings;
  }

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

  /** What was learned, and the way there. */
  record Learned(Map<String, Tensor> weights, History history) {}

  /** Trains all parameters towards a goal; {@code only}: what makes users differ, and no more. */
  final Learned learn(
      String task, Gpt shape, Voices voices, Map<String, Tensor> start, Goal goal, boolean only) {
    int asked = get(FitSpec.THREADS);
    int threads = asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
    try (var objective =
        new PolicyObjective(
            shape, voices, start, goal, name -> group(name, voices, only), threads, FLOAT)) {
      var trainer = new Trainer(task, goal.rows(), settings, get(ChainedSpec.SEED));
      var result = trainer.run(objective, new Checkpoint(null, Map.of()));
      return new Learned(result.parameters(), result.history());
    }
  }

  private static final DataType FLOAT = DataType.FLOAT32;

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
