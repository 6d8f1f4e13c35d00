package palette.fit;

import java.util.HashSet;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.data.Split;
import palette.reward.Loss;
import palette.reward.Option;
import palette.reward.Settings;
import palette.support.Checks;

/**
 * How options chain, and those that every family has. Every option returns a new spec, so a cell
 * that runs again or a sweep never disturbs another.
 *
 * @param <S> the spec itself, so that options chain
 */
public abstract class ChainedSpec<S extends ChainedSpec<S>> extends ModelSpec {
  public static final Option<Double> VALIDATION = Option.of("validation", 0.1);
  public static final Option<Long> SEED = Option.of("seed", 0L);

  /** The parts; {@code loss} and {@code embedder} may be null. */
  protected ChainedSpec(Settings settings, Loss loss, Embedder embedder) {
    super(settings, loss, embedder);
  }

  @Override
  public abstract S like(Settings other, Loss otherLoss, Embedder otherEmbedder);

  /** Another value of an option, one of the family's own ones for example. */
  public <T> S with(Option<T> option, T value) {
    Checks.require(
        settings().has(option), "option", "one of " + settings().asMap().keySet(), option.name());
    return like(settings().with(option, value), loss(), embedder());
  }

  /** What turns texts into vectors, where the data bring none; null for nothing. */
  public S embedder(Embedder changed) {
    return like(settings(), loss(), changed);
  }

  /** The share of the training answers that is set aside to choose by; 0 for none. */
  public S validation(double share) {
    Checks.require(share >= 0 && share < 1, "validation", "a share in [0, 1)", share);
    return with(VALIDATION, share);
  }

  /** The seed of the validation answers and, where there are such things, of start and order. */
  @Override
  public S seed(long value) {
    return with(SEED, value);
  }

  @Override
  public BasisModel fit(Preferences train) {
    var parts = setAside(train);
    return fit(parts.train(), parts.test());
  }

  /** As many answers as {@link #validation} says, but for items that occur in no other. */
  private Split<Preferences> setAside(Preferences train) {
    Checks.present("train", train);
    double share = settings().get(VALIDATION);
    if (share == 0) return new Split<>(train, train.select(new int[0]), "none", 0);
    var parts = train.splitByAnswer(1 - share, settings().get(SEED));
    return train.items().hasVectors() || embedder() != null ? parts : learnable(train, parts);
  }

  /** An item that is known by its id only has to be trained on, or nothing is known of it. */
  private Split<Preferences> learnable(Preferences all, Split<Preferences> parts) {
    var trained = TrainingSet.items(told(parts.train()));
    var test = parts.test().about(trained::get);
    var kept = test.withTiedRows();
    if (kept.size() == parts.test().withTiedRows().size()) return parts;
    var held = new HashSet<>(kept.comparisons()); // what repeats is on one side already
    var rows = all.withTiedRows();
    var rest = rows.where(row -> !held.contains(rows.comparison(row))).withTiesApart();
    return new Split<>(rest, test, parts.rule(), parts.seed());
  }
}
