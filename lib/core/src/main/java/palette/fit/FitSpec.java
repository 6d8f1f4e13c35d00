package palette.fit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.encode.Encoder;
import palette.encode.Tuning;
import palette.engine.Torch;
import palette.reward.CheckpointPlan;
import palette.reward.Loss;
import palette.reward.Option;
import palette.reward.Settings;
import palette.support.Checks;

/**
 * The options of every model that is trained by gradient steps. {@code toString} prints all
 * settings.
 *
 * @param <S> the spec itself, so that options chain
 */
public abstract class FitSpec<S extends FitSpec<S>> extends ChainedSpec<S> {
  /** K, the number of prototypes. */
  public static final Option<Integer> PROTOTYPES = Option.of("prototypes", 2);

  public static final Option<Boolean> PARTITION = Option.of("partition", false);
  public static final Option<Double> TEMPERATURE = Option.of("temperature", 1.0);
  public static final Option<Boolean> BALANCED = Option.of("balanced", false);
  public static final Option<Double> MAP_PRIOR = Option.of("mapPrior", -1.0);
  public static final Option<Double> IDENTITY_PRIOR = Option.of("identityPrior", -1.0);
  public static final Option<Double> USER_PRIOR = Option.of("userPrior", 0.1);
  public static final Option<Double> MAP_DECAY = Option.of("mapDecay", 0.0);
  public static final Option<Double> USER_DECAY = Option.of("userDecay", 0.0);
  public static final Option<Double> MAP_RATE = Option.of("mapRate", 1e-2);
  public static final Option<Double> PROTOTYPE_RATE = Option.of("prototypeRate", 1e-2);
  public static final Option<Double> USER_RATE = Option.of("userRate", 3e-2);
  public static final Option<Integer> EPOCHS = Option.of("epochs", 60);
  public static final Option<Integer> BATCH = Option.of("batch", 0);
  public static final Option<Integer> PATIENCE = Option.of("patience", 10);
  public static final Option<Integer> RESTARTS = Option.of("restarts", 1);
  public static final Option<Integer> THREADS = Option.of("threads", 0);

  /** What share of the loss a generic user has, who gave all answers; for families that say so. */
  public static final Option<Double> GENERIC_SHARE = Option.of("genericShare", 0.0);

  public static final Option<String> DEVICE = Option.of("device", "auto");
  public static final Option<String> PRECISION = Option.of("precision", "float32");

  /** Where {@code mapPrior} or {@code identityPrior} begin, and stay without validation answers. */
  static final double USUAL_PRIOR = 2e-3;

  /** All of these, in the order in which a spec prints them. */
  public static final List<Option<?>> COMMON =
      List.of(
          PROTOTYPES,
          PARTITION,
          TEMPERATURE,
          BALANCED,
          MAP_PRIOR,
          IDENTITY_PRIOR,
          USER_PRIOR,
          MAP_DECAY,
          USER_DECAY,
          MAP_RATE,
          PROTOTYPE_RATE,
          USER_RATE,
          EPOCHS,
          BATCH,
          PATIENCE,
          VALIDATION,
          RESTARTS,
          SEED,
          THREADS,
          DEVICE,
          PRECISION);

  /** The parts; {@code embedder} may be null. */
  protected FitSpec(Settings settings, Loss loss, Embedder embedder) {
    super(settings, loss, embedder);
  }

  // ------------------------------------------------------------------------------------- people

  /** K, the number of prototypes; 1 is the homogeneous model. */
  public S prototypes(int k) {
    return with(PROTOTYPES, Checks.atLeast(1, "prototypes", k));
  }

  /** Every user a convex mix of the prototypes: w = softmax(logits). The default. */
  public S mixture() {
    return with(PARTITION, false);
  }

  /**
   * Every user on one prototype, learned by straight-through Gumbel softmax at this temperature.
   * For families of mixes only.
   */
  public S partition(double temperature) {
    Checks.require(
        basis().space().mixes(),
        "partition",
        "a family whose users mix prototypes",
        basis().name() + ", whose weights are no mix");
    return with(PARTITION, true).with(TEMPERATURE, Checks.positive("temperature", temperature));
  }

  /** Everybody counts alike, however many answers they gave (inverse counts, even in a batch). */
  public S balanced() {
    return with(BALANCED, true);
  }

  // ------------------------------------------------------------------------------------- priors

  /**
   * A Gaussian prior on maps and prototypes: {@code strength / 2 |parameters|^2} beside the mean
   * loss of an answer. Unless it is said here, it is chosen on the validation answers, from .002
   * on; the model's provenance says what was chosen.
   */
  public S mapPrior(double strength) {
    return with(MAP_PRIOR, Checks.notNegative("mapPrior", strength));
  }

  /** The same on the items' own offsets. */
  public S identityPrior(double strength) {
    return with(IDENTITY_PRIOR, Checks.notNegative("identityPrior", strength));
  }

  /**
   * A Gaussian prior that pulls each user's logits to a learned population mean: {@code strength /
   * 2 |logits - mean|^2} beside the mean loss of an answer, averaged over users. 0: no prior, and
   * no mean is learned. In a free space the weights themselves stand for the logits.
   */
  public S userPrior(double strength) {
    return with(USER_PRIOR, Checks.notNegative("userPrior", strength));
  }

  /** Learning rates of maps, prototypes and user logits. */
  public S rates(double maps, double prototypes, double users) {
    return with(MAP_RATE, Checks.positive("maps", maps))
        .with(PROTOTYPE_RATE, Checks.positive("prototypes", prototypes))
        .with(USER_RATE, Checks.positive("users", users));
  }

  /** Decoupled weight decay (AdamW) of maps and of user logits. */
  public S decay(double maps, double users) {
    return with(MAP_DECAY, Checks.notNegative("maps", maps))
        .with(USER_DECAY, Checks.notNegative("users", users));
  }

  /**
   * The loss; {@link Loss#LOGISTIC} by default. What it learns itself is learned at {@code
   * mapRate}, without a prior.
   */
  public S loss(Loss changed) {
    return like(settings(), Checks.present("loss", changed), embedder());
  }

  /** A loss of one's own: margins of shape [n] to losses of shape [n]. */
  public S loss(String name, UnaryOperator<ai.djl.ndarray.NDArray> lossOfMargins) {
    return loss(Loss.of(name, lossOfMargins));
  }

  // ----------------------------------------------------------------------------------- training

  /**
   * At most this many passes over the training answers. A fit that ends earlier may take one and a
   * half times as many again to choose what is believed ({@link #mapPrior}).
   */
  public S epochs(int count) {
    return with(EPOCHS, Checks.atLeast(1, "epochs", count));
  }

  /** Pairs a step; 0 asks for about fifty steps an epoch. */
  public S batch(int pairs) {
    return with(BATCH, Checks.atLeast(0, "batch", pairs));
  }

  /** Ends when the validation loss has not fallen for this many epochs. */
  public S patience(int count) {
    return with(PATIENCE, Checks.atLeast(1, "patience", count));
  }

  /**
   * Trains from this many starts and keeps the fit of the lowest validation loss; of the lowest
   * training loss where no answers are set aside.
   */
  public S restarts(int count) {
    return with(RESTARTS, Checks.atLeast(1, "restarts", count));
  }

  /** Threads that share the tensor work of a fit; all cores unless it is said here. */
  @Override
  public S threads(int count) {
    return with(THREADS, Checks.atLeast(1, "threads", count));
  }

  /** {@code auto} (a GPU where there is one), {@code cpu} or {@code gpu}. */
  public S device(String name) {
    return with(DEVICE, deviceName(name));
  }

  /**
   * {@code float32}, or {@code bfloat16} for the products of maps in the steps of a fit that is one
   * graph, as it is on a GPU: all else, and what a fit without such a graph does, stays in single
   * precision. An option that a GPU's tensor cores are made for; a CPU is slower by it.
   */
  public S precision(String name) {
    boolean known = "float32".equals(name) || "bfloat16".equals(name);
    Checks.require(known, "precision", "float32 or bfloat16", name);
    return with(PRECISION, name);
  }

  /** A device's name, if it is one of the three. */
  public static String deviceName(String name) {
    boolean known = "auto".equals(name) || "cpu".equals(name) || "gpu".equals(name);
    Checks.require(known, "device", "auto, cpu or gpu", name);
    return name;
  }

  /**
   * Keeps in a file, every minute, how far the fit is: parameters, Adam's moments, order, the best
   * so far. A fit of the same spec on the same answers that was killed goes on there, and ends with
   * the same bits as one that was not. Sweeps, choices and trials keep a file a fit beside it. What
   * has ended stays, so that it is not done again; the files may be deleted at any time. A file
   * that somebody else could have written is no place for it: its numbers are believed.
   */
  public S checkpoint(Path file) {
    return checkpoint(file, 0);
  }

  /** The same after every so many steps. */
  public S checkpoint(Path file, int steps) {
    return like(settings().checkpoint(new CheckpointPlan(file, steps)), loss(), embedder());
  }

  @Override
  public S part(String name) {
    var plan = settings().checkpoint();
    var its = plan == null ? null : plan.part(name);
    return like(settings().checkpoint(its), loss(), embedder());
  }

  /**
   * The encoder of the texts learns together with the maps, on the CPU: the paper's Large, where an
   * encoder that stays as it is gives its Tiny. Items and prompts come as texts, without vectors.
   * It begins with few pairs a step and few epochs ({@code batch(16)}, {@code epochs(6)}, {@code
   * patience(2)}), and {@link #mapPrior} stays where it is; what is said after it holds.
   *
   * @param encoder where it begins
   * @param tuning which of its numbers learn
   */
  public S encoder(Encoder encoder, Tuning tuning) {
    Checks.present("encoder", encoder);
    var settings = settings().with(EPOCHS, 6).with(BATCH, 16).with(PATIENCE, 2);
    return like(learning(settings, tuning), loss(), encoder.origin());
  }

  /**
   * The learning rate of the encoder's numbers and their decoupled weight decay (AdamW): 5e-5 for
   * all layers, three times that for the last alone, twenty times for LoRA, and .01, unless it is
   * said here.
   */
  public S encoderRate(double rate, double decay) {
    return with(ENCODER_RATE, Checks.positive("encoderRate", rate))
        .with(ENCODER_DECAY, Checks.notNegative("encoderDecay", decay));
  }

  /** An encoder that learns reads at most so many tokens of a text; 128 unless it is said here. */
  public S textLength(int tokens) {
    return with(TEXT_LENGTH, Checks.atLeast(3, "textLength", tokens));
  }

  /** How far users' logits begin from each other, as a standard deviation. */
  public double userSpread() {
    return 0.25;
  }

  /** The users' numbers, then the family's, the loss's, and those of an encoder that learns. */
  @Override
  public List<Parameter.Start> start(Sizes sizes) {
    var start = new ArrayList<>(UserWeights.start(basis(), this, sizes.users()));
    start.addAll(basis().start(sizes));
    start.addAll(LearnedLoss.start(loss(), sizes.users()));
    start.addAll(encoderStart());
    return start;
  }

  // ---------------------------------------------------------------------------------------- fit

  @Override
  public BasisModel fit(Preferences train, Preferences validation) {
    return new Fit(this).fit(train, validation);
  }

  /** Whether the data may choose that items carry nothing of their own. */
  protected boolean identitiesAreOpen() {
    return true;
  }

  /** The device that the spec asks for, by DJL's name. */
  final ai.djl.Device chosenDevice() {
    return Torch.device(settings().get(DEVICE));
  }
}
