package palette.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import palette.reward.History;
import palette.reward.Settings;
import palette.store.Checkpoint;
import palette.support.InputException;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * How small maps, prototypes and the items' own numbers are believed to be, and whether items have
 * such numbers, chosen on validation answers: a fit at the usual strengths is gone on with at three
 * times these as long as the validation loss falls, or a third if that did not help; then at others
 * of the items' own alone; then without these. Whatever was set by hand stays.
 */
final class Beliefs {
  private static final double FACTOR = 3;
  private static final double SHARE = 1.5;
  private static final int PATIENCE = 3;
  private static final int STEPS = 64;

  private final FitSpec<?> spec;
  private final long seed;
  private final Checkpoint checkpoint;
  private final boolean maps; // whether their strength is open
  private final boolean own; // the same of the items' own numbers
  private int left; // epochs
  private int trials;
  private Chosen best;

  /** A task with the strengths that are in force, the way it went, and where that led. */
  record Chosen(Task task, Plan plan, Trainer.Result result) {

    /** What is believed, in words. */
    String words() {
      String maps = Texts.format("maps %.4f", strength(task.settings(), true));
      if (!task.sizes().identities()) return maps + ", nothing of items' own";
      return maps + Texts.format(", items' own %.4f", strength(task.settings(), false));
    }
  }

  private Beliefs(FitSpec<?> spec, Chosen first, long seed, Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
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
  static Chosen of(FitSpec<?> spec, Chosen first, long seed, Checkpoint checkpoint) {
    boolean ended = first.result.history().epochs().size() < spec.settings().get(FitSpec.EPOCHS);
    if (first.task.data().validation.size() == 0 || !ended)
      return first; // longer may be all it was
    return new Beliefs(spec, first, seed, checkpoint).chosen();
  }

  private Chosen chosen() {
    if (maps || own) climb(maps, own);
    if (maps && own) climb(false, true);
    boolean vectors = best.task.data().entries.dimension() > 0;
    if (own && vectors && spec.identitiesAreOpen()) tried(1, 1, false);
    return best;
  }

  private void climb(boolean moveMaps, boolean moveOwn) {
    boolean up = false;
    while (tried(moveMaps ? FACTOR : 1, moveOwn ? FACTOR : 1, true)) up = true;
    if (!up) tried(moveMaps ? 1 / FACTOR : 1, moveOwn ? 1 / FACTOR : 1, true);
  }

  /** Goes on with other strengths; whether that was better, and so is kept. */
  private boolean tried(double ofMaps, double ofOwn, boolean identities) {
    if (left < 1 || Thread.currentThread().isInterrupted()) return false;
    var settings = best.task.settings();
    settings =
        settings
            .with(FitSpec.MAP_PRIOR, ofMaps * strength(settings, true))
            .with(FitSpec.IDENTITY_PRIOR, ofOwn * strength(settings, false))
            .with(FitSpec.EPOCHS, left)
            .with(FitSpec.PATIENCE, patience());
    var other = spec.like(settings, spec.loss(), spec.embedder());
    var task = Task.of(other, best.task.data(), best.task.device(), identities);
    var plan = task.plan();
    var start = new LinkedHashMap<>(best.result.parameters());
    if (!identities) start.remove(Parameter.IDENTITY.name());
    long its = Seeds.derive(seed, "beliefs " + ++trials);
    try (var objective = plan.opening().open(start, its)) {
      var trainer = new Trainer("Beliefs " + trials, task.data(), settings, its, false);
      var result = trainer.run(objective, checkpoint.part("beliefs-" + trials));
      left -= result.history().epochs().size();
      if (!(result.loss() < best.result.loss())) return false;
      best = new Chosen(task, plan, after(best.result, result));
      return true;
    } catch (InputException diverged) { // in its first epoch; the fit before it stands
      left--;
      return false;
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
