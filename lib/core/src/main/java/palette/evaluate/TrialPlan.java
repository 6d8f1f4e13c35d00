package palette.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import palette.data.Holdout;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.reward.PersonalModel;
import palette.reward.RewardModel;
import palette.reward.RewardSpec;
import palette.reward.Scorer;
import palette.support.Checks;
import palette.support.Daemons;
import palette.support.Progress;
import palette.support.Texts;

/**
 * What {@link Trials} will do; every option returns a new plan.
 *
 * @param voices what people said
 * @param seeds of the splits, which are the seeds of the fits too
 * @param counts after how many answers new users are looked at
 * @param cap at most so many pairs a user, in each part
 * @param workers how many fits run at once; the results do not depend on it
 */
public record TrialPlan(
    Judgements voices, List<Long> seeds, List<Integer> counts, int cap, int workers) {

  /** Checks the options. */
  public TrialPlan {
    seeds = List.copyOf(Checks.notEmpty("seeds", seeds));
    counts = List.copyOf(Checks.notEmpty("counts", counts));
    Checks.atLeast(1, "cap", cap);
    Checks.atLeast(1, "workers", workers);
  }

  /** Splits with the seeds 1 to n; three unless set. */
  public TrialPlan seeds(int n) {
    var first = new ArrayList<Long>();
    for (long seed = 1; seed <= Checks.atLeast(1, "seeds", n); seed++) first.add(seed);
    return new TrialPlan(voices, first, counts, cap, workers);
  }

  /** Looks at new users after so many answers; 0, 5, 10 and 20 unless set. */
  public TrialPlan answers(Integer... ofNewUsers) {
    return new TrialPlan(voices, seeds, List.of(ofNewUsers), cap, workers);
  }

  /** At most so many pairs a user, in each part; 200 unless set. */
  public TrialPlan cap(int pairs) {
    return new TrialPlan(voices, seeds, counts, pairs, workers);
  }

  /** How many fits run at once; as many as there are cores unless set. */
  public TrialPlan workers(int n) {
    return new TrialPlan(voices, seeds, counts, cap, n);
  }

  /** Fits each spec on each split, and evaluates it on what was held out. */
  public Trials run(RewardSpec... specs) {
    Checks.require(specs.length > 0, "specs", "at least one", "none");
    var tasks = new ArrayList<Callable<Trials.Trial>>();
    for (long seed : seeds) {
      var parts = voices.holdOut(seed);
      for (var spec : specs) {
        String task = "Trial " + (tasks.size() + 1) + " of " + seeds.size() * specs.length;
        var its = spec.seed(seed).threads(1).part("trial-" + (tasks.size() + 1));
        tasks.add(() -> trial(task, parts, its));
      }
    }
    var pool = Executors.newFixedThreadPool(workers, Daemons.named("palette-sweep"));
    try {
      return new Trials(finished(tasks, pool), counts);
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<Trials.Trial> finished(
      List<Callable<Trials.Trial>> tasks, ExecutorService pool) {
    try {
      var trials = new ArrayList<Trials.Trial>();
      for (var future : pool.invokeAll(tasks)) trials.add(future.get());
      return trials;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The trials were interrupted.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "A fit of the trials failed. " + e.getCause().getMessage(), e.getCause());
    }
  }

  private Trials.Trial trial(String task, Holdout parts, RewardSpec spec) {
    var work = Progress.start(task, 1);
    long began = System.nanoTime();
    var trial = Progress.quietly(() -> fit(parts, spec));
    double seconds = (System.nanoTime() - began) / 1e9;
    work.finish(trial.line() + Texts.format(", %.1f s", seconds));
    return trial;
  }

  private Trials.Trial fit(Holdout parts, RewardSpec spec) {
    long seed = parts.seed();
    var train = parts.train().pairs(cap, seed);
    var model = spec.fit(train, parts.validation().pairs(cap, seed));
    var seen = Evaluation.of(model, parts.test().pairs(cap, seed));
    return new Trials.Trial(seed, parts, model, seen, newcomers(parts, model));
  }

  /** No points where nobody new said enough. */
  private LocalizationCurve newcomers(Holdout parts, RewardModel model) {
    var heldOut = parts.heldOut().pairs(cap, parts.seed());
    if (heldOut.size() == 0) return new LocalizationCurve(model.name(), List.of());
    int[] after = counts.stream().mapToInt(n -> n).toArray();
    if (model instanceof PersonalModel personal) {
      return LocalizationCurve.of(personal, parts.asked(), heldOut, cap, parts.seed(), after);
    }
    Function<Preferences, Scorer> everybody = answers -> model;
    return LocalizationCurve.of(everybody, parts.asked(), heldOut, cap, parts.seed(), after);
  }

  @Override
  public String toString() {
    String at = counts.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "Trials of " + voices + ", seeds " + seeds + ", new users after " + at;
  }
}
