package palette.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.engine.Tensor;
import palette.reward.History;
import palette.reward.Option;
import palette.reward.Settings;
import palette.store.Checkpoint;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * How small maps, prototypes and the items' own numbers are believed to be, and whether items have
 * such numbers, chosen on validation answers: a fit at the usual strengths is gone on with at three
 * times these as long as the validation loss falls, or a third if that did not help; then at others
 * of the items' own alone; then without these. Whatever was set by hand stays.
 *
 * <p>Where there are validation answers enough to tell, it is first fitted anew with prototypes
 * that are believed a tenth as strongly, so that a wide hull costs less and the same pull on users
 * holds them less; at half the epochs, and taken only if it is clearly better.
 */
final class Beliefs {
  private static final double FACTOR = 3;
  private static final double SHARE = 1.5;
  private static final int PATIENCE = 3;
  private static final int STEPS = 64;
  private static final double WIDE = 0.1;
  private static final int TELLING = 10_000; // validation answers

  private final FitSpec<?> spec;
  private final long seed;
  private final Checkpoint checkpoint;
  private final Judge judge;
  private final boolean maps; // whether their strength is open
  private final boolean own; // the same of the items' own numbers
  private int left; // epochs
  private int trials;
  private Chosen best;

  /** How strongly prototypes are believed, of the strength of maps. */
  static final Option<Double> SHARE_OF_PROTOTYPES = Option.of("prototypeShare", 1.0);

  /** What the fit knows of starts, and of who foresees validation answers better. */
  interface Judge {
    Map<String, Tensor> start(Task task, long seed);

    boolean clearlyBetter(Chosen one, Chosen other);
  }

  /** A task with the strengths that are in force, the way it went, and where that led. */
  record Chosen(Task task, Plan plan, Trainer.Result result) {

    /** What is believed, in words. */
    String words() {
      double strength = strength(task.settings(), true);
      double share = task.settings().get(SHARE_OF_PROTOTYPES);
      String maps = Texts.format("maps %.4f", strength);
      if (share < 1) maps += Texts.format(", prototypes %.4f", share * strength);
      if (!task.sizes().identities()) return maps + ", nothing of items' own";
      return maps + Texts.format(", items' own %.4f", strength(task.settings(), false));
    }
  }

  private Beliefs(FitSpec<?> spec, Chosen first, long seed, Checkpoint checkpoint, Judge judge) {
    this.checkpoint = checkpoint;
    this.judge = judge;
    this.spec = spec;
    this.seed = seed;
    this.best = first;
    this.maps = spec.settings().get(FitSpec.MAP_PRIOR) < 0;
    this.own = spec.settings().get(FitSpec.IDENTITY_PRIOR) < 0 && carried(first.task);
    this.left = (int) (SHARE * first.result.history().epochs().size());
  }

  /** The strength in force: what was set, or the usual one. */
  static double strength(Settings settings, boolean maps) {
    double set = settings.get(maps ? FitSpec.MAP_PRIOR : FitSpec.IDENTITY_PRIOR);
    return set < 0 ? FitSpec.USUAL_PRIOR : set;
  }

  private static boolean carried(Task task) {
    return task.sizes().identities() && task.groups().kinds().containsValue(Parameter.Kind.ITEM);
  }

  /** The best of a fit and what follows from it. */
  static Chosen of(FitSpec<?> spec, Chosen first, long seed, Checkpoint checkpoint, Judge judge) {
    boolean ended = first.result.history().epochs().size() < spec.settings().get(FitSpec.EPOCHS);
    if (first.task.data().validation.size() == 0 || !ended)
      return first; // longer may be all it was
    return new Beliefs(spec, first, seed, checkpoint, judge).chosen();
  }

  private Chosen chosen() {
    if (maps && telling()) widen();
    if (maps || own) climb(maps, own);
    if (maps && own) climb(false, true);
    boolean vectors = best.task.data().entries.dimension() > 0;
    if (own && vectors && spec.identitiesAreOpen()) tried(1, 1, false);
    return best;
  }

  private boolean telling() {
    return Agreement.leads(best.task)
        && !spec.settings().get(FitSpec.PARTITION)
        && best.task.groups().kinds().containsValue(Parameter.Kind.PROTOTYPE)
        && best.task.data().validation.size() >= TELLING;
  }

  /** From the start anew with prototypes that may lie further out; its own climb is that of all. */
  private void widen() {
    var settings = spec.settings().with(SHARE_OF_PROTOTYPES, WIDE).with(FitSpec.EPOCHS, left / 3);
    var wide = fitted(settings, best.task.sizes().identities(), null);
    if (wide == null || !judge.clearlyBetter(wide, best)) return;
    best = wide;
    tried(1, 1, wide.task.sizes().identities()); // it was cut at half
  }

  private void climb(boolean moveMaps, boolean moveOwn) {
    boolean identities = best.task.sizes().identities();
    boolean up = false;
    while (tried(moveMaps ? FACTOR : 1, moveOwn ? FACTOR : 1, identities)) up = true;
    if (!up) tried(moveMaps ? 1 / FACTOR : 1, moveOwn ? 1 / FACTOR : 1, identities);
  }

  /** Goes on with other strengths; whether that was better, and so is kept. */
  private boolean tried(double ofMaps, double ofOwn, boolean identities) {
    var settings = best.task.settings();
    settings =
        settings
            .with(FitSpec.MAP_PRIOR, ofMaps * strength(settings, true))
            .with(FitSpec.IDENTITY_PRIOR, ofOwn * strength(settings, false))
            .with(FitSpec.EPOCHS, left)
            .with(FitSpec.PATIENCE, patience());
    var start = new LinkedHashMap<>(best.result.parameters());
    if (!identities) start.remove(Parameter.IDENTITY.name());
    var tried = fitted(settings, identities, start);
    if (tried == null || !(tried.result.loss() < best.result.loss())) return false;
    best = new Chosen(tried.task, tried.plan, after(best.result, tried.result));
    return true;
  }

  /** A fit with other settings from some numbers, or anew from null; null where none came of it. */
  private Chosen fitted(Settings settings, boolean identities, Map<String, Tensor> from) {
    if (settings.get(FitSpec.EPOCHS) < 1 || Thread.currentThread().isInterrupted()) return null;
    var other = spec.like(settings, spec.loss(), spec.embedder());
    var task = Task.of(other, best.task.data(), best.task.device(), identities);
    var plan = task.plan();
    long its = Seeds.derive(seed, "beliefs " + ++trials);
    var start = from == null ? judge.start(task, its) : from;
    try (var objective = plan.opening().open(start, its)) {
      var trainer = new Trainer("Beliefs " + trials, task.data(), settings, its, from == null);
      var result = trainer.run(objective, checkpoint.part("beliefs-" + trials));
      left -= result.history().epochs().size();
      return new Chosen(task, plan, result);
    } catch (Trainer.Diverged e) { // the fit before it stands
      left--;
      return null;
    }
  }

  private int patience() {
    double steps = Math.ceil((double) best.task.data().train.size() / best.task.batch());
    int enough = Math.max(PATIENCE, (int) (STEPS / steps));
    return Math.min(enough, spec.settings().get(FitSpec.PATIENCE));
  }

  /** One history of both, as the second began where the first was best. */
  private static Trainer.Result after(Trainer.Result first, Trainer.Result second) {
    int before = first.history().best();
    List<History.Epoch> epochs = new ArrayList<>(first.history().epochs().subList(0, before));
    for (var epoch : second.history().epochs()) epochs.add(epoch.later(before));
    var history = new History(epochs, before + second.history().best());
    return new Trainer.Result(second.parameters(), history, second.loss());
  }
}
