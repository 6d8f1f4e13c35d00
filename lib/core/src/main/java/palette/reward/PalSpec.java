package palette.reward;

import palette.data.Embedder;
import palette.data.Preferences;
import palette.engine.Torch;
import palette.support.Checks;
import palette.support.Rendered;

/**
 * The options that PAL-A and PAL-B share. Every option returns a new spec, so a cell that runs
 * again or a sweep never disturbs another. {@code toString} prints all settings.
 *
 * @param <S> the spec itself, so that options chain
 */
public abstract class PalSpec<S extends PalSpec<S>> implements RewardSpec, Rendered {
  final Settings settings;
  final Loss loss;
  final Embedder embedder; // null: vectors come with the data

  PalSpec(Settings settings, Loss loss, Embedder embedder) {
    this.settings = settings;
    this.loss = loss;
    this.embedder = embedder;
  }

  /** Defaults of the shared options; a subclass changes and adds. */
  static Settings defaults() {
    return Settings.none()
        .with("prototypes", 2)
        .with("dimension", 16)
        .with("map", MapKind.LINEAR)
        .with("hidden", 256)
        .with("activation", Activation.GELU)
        .with("dropout", 0.0)
        .with("partition", false)
        .with("temperature", 1.0)
        .with("identity", "auto")
        .with("balanced", false)
        .with("prototypeBound", 0.0)
        .with("boundStrength", 0.0)
        .with("mapPrior", 2e-3)
        .with("identityPrior", 2e-3)
        .with("userPrior", 0.1)
        .with("mapDecay", 0.0)
        .with("userDecay", 0.0)
        .with("mapRate", 1e-2)
        .with("prototypeRate", 1e-2)
        .with("userRate", 3e-2)
        .with("epochs", 60)
        .with("batch", 0)
        .with("patience", 10)
        .with("validation", 0.1)
        .with("restarts", 1)
        .with("seed", 0L)
        .with("threads", 0)
        .with("device", "auto");
  }

  abstract S with(Settings changed, Loss newLoss, Embedder newEmbedder);

  final S with(String name, Object value) {
    return with(settings.with(name, value), loss, embedder);
  }

  /** K, the number of prototypes; 1 is the homogeneous model. */
  public S prototypes(int k) {
    return with("prototypes", Checks.atLeast(1, "prototypes", k));
  }

  /** d, the size of the latent space. */
  public S dimension(int d) {
    return with("dimension", Checks.atLeast(1, "dimension", d));
  }

  /** f (and every g_k) linear, without bias. */
  public S linear() {
    return with("map", MapKind.LINEAR);
  }

  /** f (and every g_k) a two-layer MLP with this many hidden units. */
  public S mlp(int hidden) {
    return with("map", MapKind.MLP).with("hidden", Checks.atLeast(1, "hidden", hidden));
  }

  /** The same as {@link #mlp}. */
  public S hidden(int units) {
    return mlp(units);
  }

  /** The activation of MLPs. */
  public S activation(Activation activation) {
    return with("activation", Checks.present("activation", activation));
  }

  /** The share of hidden units silenced at random in each training step. */
  public S dropout(double share) {
    Checks.require(share >= 0 && share < 1, "dropout", "a share in [0, 1)", share);
    return with("dropout", share);
  }

  /** Every user a convex mix of the prototypes: w = softmax(logits). The default. */
  public S mixture() {
    return with("partition", false);
  }

  /**
   * Every user on one prototype, learned by straight-through Gumbel softmax at this temperature.
   */
  public S partition(double temperature) {
    return with("partition", true).with("temperature", Checks.positive("temperature", temperature));
  }

  /**
   * Whether training items carry a learned, shrunk offset beside their text or vector. Unless it is
   * said here, they do where an item takes part in twenty comparisons or more on average: an offset
   * learned from fewer remembers rather than learns. Items known by id only always do.
   */
  public S identity(boolean carried) {
    return with("identity", carried ? "yes" : "no");
  }

  /** Everybody counts alike, however many answers they gave (inverse counts, even in a batch). */
  public S balanced() {
    return with("balanced", true);
  }

  /**
   * Adds {@code strength * sum_k max(0, |p_k| - norm)} to the loss. PAL-B's prototypes are maps
   * where there are prompts and have no norm; the fit says so.
   */
  public S prototypeBound(double norm, double strength) {
    return with("prototypeBound", Checks.positive("norm", norm))
        .with("boundStrength", Checks.notNegative("strength", strength));
  }

  /**
   * A Gaussian prior on maps and prototypes: {@code strength / 2 |parameters|^2} beside the mean
   * loss of an answer.
   */
  public S mapPrior(double strength) {
    return with("mapPrior", Checks.notNegative("mapPrior", strength));
  }

  /** The same on the items' own offsets. */
  public S identityPrior(double strength) {
    return with("identityPrior", Checks.notNegative("identityPrior", strength));
  }

  /**
   * A Gaussian prior that pulls each user's logits to a learned population mean: {@code strength /
   * 2 |logits - mean|^2} beside the mean loss of an answer, averaged over users. 0: no prior, and
   * no mean is learned.
   */
  public S userPrior(double strength) {
    return with("userPrior", Checks.notNegative("userPrior", strength));
  }

  /** Learning rates of maps, prototypes and user logits. */
  public S rates(double maps, double prototypes, double users) {
    return with("mapRate", Checks.positive("maps", maps))
        .with("prototypeRate", Checks.positive("prototypes", prototypes))
        .with("userRate", Checks.positive("users", users));
  }

  /** Decoupled weight decay (AdamW) of maps and of user logits. */
  public S decay(double maps, double users) {
    return with("mapDecay", Checks.notNegative("maps", maps))
        .with("userDecay", Checks.notNegative("users", users));
  }

  /** The loss; {@link Loss#LOGISTIC} by default. */
  public S loss(Loss changed) {
    return with(settings, Checks.present("loss", changed), embedder);
  }

  /** A loss of one's own: margins of shape [n] to losses of shape [n]. */
  public S loss(
      String name, java.util.function.UnaryOperator<ai.djl.ndarray.NDArray> lossOfMargins) {
    return loss(Loss.of(name, lossOfMargins));
  }

  /** What turns texts into vectors, where the data bring none; null for nothing. */
  public S embedder(Embedder changed) {
    return with(settings, loss, changed);
  }

  /** At most this many passes over the training answers. */
  public S epochs(int count) {
    return with("epochs", Checks.atLeast(1, "epochs", count));
  }

  /** Pairs a step; 0 asks for about fifty steps an epoch. */
  public S batch(int pairs) {
    return with("batch", Checks.atLeast(0, "batch", pairs));
  }

  /** Ends when the validation loss has not fallen for this many epochs. */
  public S patience(int count) {
    return with("patience", Checks.atLeast(1, "patience", count));
  }

  /** The share of the training answers that is set aside to choose by; 0 for none. */
  public S validation(double share) {
    Checks.require(share >= 0 && share < 1, "validation", "a share in [0, 1)", share);
    return with("validation", share);
  }

  /** Trains from this many starts and keeps the fit of the lowest validation loss. */
  public S restarts(int count) {
    return with("restarts", Checks.atLeast(1, "restarts", count));
  }

  /** The seed of start, order and noise. */
  @Override
  public S seed(long value) {
    return with("seed", value);
  }

  /** Threads that share the tensor work of a fit; all cores unless it is said here. */
  @Override
  public S threads(int count) {
    return with("threads", Checks.atLeast(1, "threads", count));
  }

  /** {@code auto} (a GPU where there is one), {@code cpu} or {@code gpu}. */
  public S device(String name) {
    boolean known = "auto".equals(name) || "cpu".equals(name) || "gpu".equals(name);
    Checks.require(known, "device", "auto, cpu or gpu", name);
    return with("device", name);
  }

  /** How many answers are set aside is said by {@link #validation}. */
  final palette.data.Split<Preferences> setAside(Preferences train) {
    Checks.present("train", train);
    double share = settings.real("validation");
    if (share == 0) return new palette.data.Split<>(train, train.select(new int[0]), "none", 0);
    return train.splitByAnswer(1 - share, settings.number("seed"));
  }

  /** The device that the spec asks for, by DJL's name. */
  final ai.djl.Device chosenDevice() {
    return Torch.device(settings.option("device", String.class));
  }

  /** The name of what this describes. */
  abstract String model();

  private Settings all() {
    return settings.with("loss", loss).naming(embedder);
  }

  @Override
  public String text() {
    return model() + " " + all();
  }

  @Override
  public String html() {
    return all().sheet(model()).html();
  }

  @Override
  public String toString() {
    return text();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PalSpec<?> that
        && getClass() == that.getClass()
        && settings.equals(that.settings)
        && loss.equals(that.loss)
        && embedder == that.embedder;
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }
}
