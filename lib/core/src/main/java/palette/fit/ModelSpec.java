package palette.fit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.encode.Encoder;
import palette.encode.Tuning;
import palette.engine.Tensor;
import palette.reward.Loss;
import palette.reward.Option;
import palette.reward.RewardSpec;
import palette.reward.Settings;
import palette.support.Checks;
import palette.support.Sheet;
import palette.support.Tabled;

/** What describes a model over a basis: its options, its loss, what turns texts into vectors. */
public abstract class ModelSpec implements RewardSpec, Tabled {
  private static final Option<String> LOSS = Option.of("loss", "logistic");
  private static final Option<String> EMBEDDER = Option.of("embedder", "none");
  private static final int ENOUGH_COMPARISONS = 20;

  // Options of a spec whose encoder learns; others do not have them.
  static final Option<String> TUNING = Option.of("encoderLearns", "all");
  static final Option<Double> ENCODER_RATE = Option.of("encoderRate", 5e-5);
  static final Option<Double> ENCODER_DECAY = Option.of("encoderDecay", 0.01);
  static final Option<Integer> TEXT_LENGTH = Option.of("textLength", 128);
  private static final double NARROW = 20; // LoRA's matrices learn so much faster than all layers
  private static final double FEW = 3; // and so do the last layers alone

  private final Settings settings;
  private final Loss loss; // null where there is no choice
  private final Embedder embedder; // null: vectors come with the data

  /** The parts; {@code loss} and {@code embedder} may be null. */
  protected ModelSpec(Settings settings, Loss loss, Embedder embedder) {
    this.settings = settings;
    this.loss = loss;
    this.embedder = embedder;
  }

  /** The options. */
  public final Settings settings() {
    return settings;
  }

  /** The loss; null where there is no choice. */
  public final Loss loss() {
    return loss;
  }

  /** What turns texts into vectors; null where vectors come with the data. */
  public final Embedder embedder() {
    return embedder;
  }

  /** The family, as these options have it. */
  public abstract Basis basis();

  /** All that a model of these sizes learns, in order: shapes and first numbers. */
  public List<Parameter.Start> start(Sizes sizes) {
    return basis().start(sizes);
  }

  /** A model of what was learned. */
  public abstract BasisModel model(Fitted fitted);

  /** The same description with other parts. */
  public abstract ModelSpec like(Settings other, Loss otherLoss, Embedder otherEmbedder);

  /** Describes the one score for everybody that a mix may fall back to; null for none. */
  public abstract ModelSpec everybody();

  @Override
  public abstract BasisModel fit(Preferences train);

  @Override
  public abstract BasisModel fit(Preferences train, Preferences validation);

  /**
   * A saved model of this family. One trained with MiniLM or on vectors of its own is whole again
   * by itself; one with an embedder of one's own wants the same one.
   *
   * @throws palette.support.InputException if a file is missing, damaged or of another kind
   */
  public BasisModel load(Path dir) {
    return SavedBasis.load(dir, this, null);
  }

  /** A saved model that was trained with an embedder of one's own: the same one. */
  public BasisModel load(Path dir, Embedder own) {
    return SavedBasis.load(dir, this, Checks.present("embedder", own));
  }

  /**
   * Whether items carry something learned of their own beside their vectors, where a family has
   * such a thing: where they take part in twenty comparisons or more on average, as what is learned
   * from fewer remembers rather than learns. Items known by id only always do.
   */
  public boolean carriesIdentities(TrainingSet data) {
    if (data.entries.dimension() == 0) return true;
    double comparisonsAnItem = 2.0 * data.train.size() / data.items.size();
    return comparisonsAnItem >= ENOUGH_COMPARISONS;
  }

  /** With ties among the rows where the loss knows such. */
  final Preferences told(Preferences answers) {
    return loss != null && loss.kind().ties() ? answers.withTiedRows() : answers;
  }

  // ----------------------------------------------------------------- an encoder that learns

  /** Settings with the options of an encoder that learns. */
  static Settings learning(Settings others, Tuning tuning) {
    double faster = tuning.rank() > 0 ? NARROW : tuning.last() > 0 ? FEW : 1;
    return others
        .with(TUNING, tuning.toString())
        .with(ENCODER_RATE, faster * ENCODER_RATE.initial())
        .with(ENCODER_DECAY, ENCODER_DECAY.initial())
        .with(TEXT_LENGTH, TEXT_LENGTH.initial());
  }

  /** The encoder that learns in a fit, as it begins; null where vectors stay as they are. */
  final Encoder encoder() {
    boolean learns = settings.has(TUNING);
    return learns && embedder instanceof Encoder encoder ? encoder.origin() : null;
  }

  private Map<String, long[]> encoderShapes() {
    if (encoder() == null) return Map.of();
    return Tuning.of(settings.get(TUNING)).shapes(encoder().backbone());
  }

  /** What an encoder that learns begins with, from its own numbers. */
  final List<Parameter.Start> encoderStart() {
    var start = new ArrayList<Parameter.Start>();
    encoderShapes().forEach((name, shape) -> start.add(encoderStart(name, shape)));
    return start;
  }

  private Parameter.Start encoderStart(String name, long[] shape) {
    var parameter = new Parameter(name, Parameter.Kind.ENCODER);
    var own = encoder().backbone().weights().get(name);
    if (own != null) return new Parameter.Start(parameter, shape, (n, random) -> own.doubles());
    if (name.endsWith(Tuning.B)) return parameter.zeros(shape);
    return parameter.normal(1 / Math.sqrt(shape[1]), shape);
  }

  /** The same with what its encoder has become as embedder; itself where none learns. */
  final ModelSpec learned(Map<String, Tensor> parameters) {
    if (encoder() == null) return this;
    var changes = new HashMap<>(parameters);
    changes.keySet().retainAll(encoderShapes().keySet());
    return like(settings, loss, encoder().learned(changes, settings.get(TEXT_LENGTH)));
  }

  private Settings all() {
    var all = loss == null ? settings : settings.with(LOSS, loss.name());
    return embedder == null ? all : all.with(EMBEDDER, embedder.fingerprint());
  }

  /** The options of a spec by a class and a family, the family's own ones behind the others. */
  protected static Settings defaults(List<Option<?>> common, Basis basis) {
    var options = new ArrayList<>(common);
    options.addAll(basis.options());
    return Settings.of(options);
  }

  @Override
  public Sheet sheet() {
    return all().sheet(basis().name());
  }

  @Override
  public String text() {
    return toString();
  }

  @Override
  public String toString() {
    return basis().name() + " " + all();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelSpec that
        && getClass() == that.getClass()
        && settings.equals(that.settings)
        && (loss == null ? that.loss == null : loss.equals(that.loss))
        && embedder == that.embedder;
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }
}
