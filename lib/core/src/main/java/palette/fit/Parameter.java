package palette.fit;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import palette.engine.AdamGroup;
import palette.engine.Tensor;
import palette.reward.Settings;
import palette.support.Checks;
import palette.support.Seeds;

/**
 * The name of something that a family learns, as it stands in saved models, and what kind of thing
 * it is: the kind says its learning rate and its prior ({@link Groups}).
 */
public record Parameter(String name, Kind kind) {

  /** What a parameter is. */
  public enum Kind {
    /** Part of a map that all share: {@code mapRate}, {@code mapPrior}, {@code mapDecay}. */
    MAP,
    /** A prototype: {@code prototypeRate}, {@code mapPrior}. */
    PROTOTYPE,
    /** A known item's own: {@code mapRate}, {@code identityPrior}. */
    ITEM,
    /** A scale: {@code mapRate}, no prior. */
    SCALE,
    /** A user's own: {@code userRate}, {@code userPrior}, {@code userDecay}. */
    USER,
    /** What users have in common: {@code userRate}, no prior. */
    USERS,
    /** Part of an encoder that learns: {@code encoderRate}, {@code encoderDecay}. */
    ENCODER
  }

  /** The learned offsets of known items, beside what their vectors say. */
  public static final Parameter IDENTITY = new Parameter("items.identity", Kind.ITEM);

  public Parameter {
    Checks.named("parameter", name);
    Checks.present("kind", kind);
  }

  /** Part of a map that all share. */
  public static Parameter map(String name) {
    return new Parameter(name, Kind.MAP);
  }

  /** A prototype. */
  public static Parameter prototype(String name) {
    return new Parameter(name, Kind.PROTOTYPE);
  }

  /** A known item's own. */
  public static Parameter item(String name) {
    return new Parameter(name, Kind.ITEM);
  }

  /** A scale. */
  public static Parameter scale(String name) {
    return new Parameter(name, Kind.SCALE);
  }

  /** Its numbers among others; null where there are none. */
  public <T> T of(Map<String, T> all) {
    return all.get(name);
  }

  // ------------------------------------------------------------------------------------- start

  /** How a parameter begins: its shape, and numbers that are drawn when they are wanted. */
  public record Start(Parameter parameter, long[] shape, Draw draw) {

    /** The numbers. */
    public Tensor tensor(SplittableRandom random) {
      return Tensor.of(draw.numbers(size(), random), shape);
    }

    private int size() {
      long size = 1;
      for (long s : shape) size = Math.multiplyExact(size, s);
      return Math.toIntExact(size);
    }
  }

  /** Draws so many numbers. */
  public interface Draw {
    double[] numbers(int n, SplittableRandom random);
  }

  /** Begins at N(0, deviation^2). */
  public Start normal(double deviation, long... shape) {
    return new Start(this, shape, (n, random) -> Seeds.normal(n, deviation, random));
  }

  /** Begins at U(-bound, bound). */
  public Start uniform(double bound, long... shape) {
    return new Start(this, shape, (n, random) -> uniform(bound, n, random));
  }

  private static double[] uniform(double bound, int n, SplittableRandom random) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) values[i] = random.nextDouble(-bound, bound);
    return values;
  }

  /** Begins at 0. */
  public Start zeros(long... shape) {
    return new Start(this, shape, (n, random) -> new double[n]);
  }

  /** One number. */
  public Start value(double value) {
    return new Start(this, new long[] {1}, (n, random) -> new double[] {value});
  }

  // ------------------------------------------------------------------------------ rates, priors

  /**
   * How Adam treats each parameter, by its kind. Priors are stated for a mean over answers, so that
   * they mean the same for fifty users and for fifty thousand: the loss is
   *
   * <pre>
   * mean over answers + mapPrior / 2 |maps|^2 + mean over users of userPrior / 2 |logits - mean|^2
   * </pre>
   */
  public record Groups(Settings settings, int users, Map<String, Kind> kinds) {

    /** Those of all that a model learns. */
    static Groups of(ModelSpec spec, Sizes sizes) {
      var kinds = new HashMap<String, Kind>();
      for (var start : spec.start(sizes)) {
        kinds.put(start.parameter().name(), start.parameter().kind());
      }
      return new Groups(spec.settings(), sizes.users(), kinds);
    }

    /** The rates and priors of a parameter by its name. */
    public AdamGroup of(String name) {
      double maps = settings.get(FitSpec.MAP_RATE);
      double users = settings.get(FitSpec.USER_RATE);
      double prior = Beliefs.strength(settings, true);
      double pull = settings.get(FitSpec.USER_PRIOR) / this.users;
      return switch (kinds.get(name)) {
        case MAP -> new AdamGroup(maps, prior, settings.get(FitSpec.MAP_DECAY));
        case PROTOTYPE -> {
          double share = settings.get(Beliefs.SHARE_OF_PROTOTYPES);
          yield new AdamGroup(settings.get(FitSpec.PROTOTYPE_RATE), share * prior, 0);
        }
        case ITEM -> new AdamGroup(maps, Beliefs.strength(settings, false), 0);
        case SCALE -> AdamGroup.of(maps);
        case USER -> new AdamGroup(users, pull, settings.get(FitSpec.USER_DECAY));
        case USERS -> AdamGroup.of(users);
        case ENCODER ->
            new AdamGroup(
                settings.get(ModelSpec.ENCODER_RATE), 0, settings.get(ModelSpec.ENCODER_DECAY));
      };
    }
  }
}
