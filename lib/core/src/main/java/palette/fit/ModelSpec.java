package palette.fit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import palette.data.Embedder;
import palette.data.Preferences;
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

  /** A saved model of this family. */
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
