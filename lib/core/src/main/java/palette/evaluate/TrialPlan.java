package palette.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import palette.reward.RewardModel;
import palette.reward.RewardSpec;
import palette.support.Checks;
import palette.support.Daemons;
import palette.support.Progress;
import palette.support.Texts;

/**
 * What {@link Trials} will do; every option returns a new plan.
 *
 * @param data what people said, in words
 * @param source parts it
 * @param seeds of the splits, which are the seeds of the fits too
 * @param counts after how many answers new users are looked at
 * @param cap at most so many pairs a user, in each part
 * @param workers how many fits run at once; the results do not depend on it
 */
public record TrialPlan(
    String data,
    Study.Source source,
    List<Long> seeds,
    List<Integer> counts,
    int cap,
    int workers) {

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
    return new TrialPlan(data, source, first, counts, cap, workers);
  }

  /** Looks at new users after so many answers; 0, 2, 5, 10 and 20 unless set. */
  public TrialPlan answers(Integer... ofNewUsers) {
    return new TrialPlan(data, source, seeds, List.of(ofNewUsers), cap, workers);
  }

  /** At most so many pairs a user, in each part; 200 unless set. */
  public TrialPlan cap(int pairs) {
    return new TrialPlan(data, source, seeds, counts, pairs, workers);
  }

  /** How many fits run at once; as many as there are cores unless set. */
  public TrialPlan workers(int n) {
    return new TrialPlan(data, source, seeds, counts, cap, n);
  }

  /** Fits each spec on each split, and evaluates it on what was held out. */
  public Trials run(RewardSpec... specs) {
    Checks.require(specs.length > 0, "specs", "at least one", "none");
    return new Trials(run(Stream.of(specs).map(Family::of).toList(), false), counts);
  }

  /**
   * The same of whole families, each of which chooses its size on every split by validation
   * answers, and once more with a fifth of the items hidden. Families that need vectors are left
   * out where items have none.
   */
  public FamilyTrials run(List<Family> families) {
    Checks.notEmpty("families", families);
    boolean vectors = source.part(seeds.get(0), cap).train().items().hasVectors();
    var fitting = families.stream().filter(family -> vectors || !family.vectors()).toList();
    var others = families.stream().filter(family -> !fitting.contains(family)).toList();
    var trials = new Trials(run(fitting, true), counts);
    return new FamilyTrials(trials, others.stream().map(Family::name).toList());
  }

  private List<Trials.Trial> run(List<Family> families, boolean unseenItems) {
    var tasks = new ArrayList<Callable<Trials.Trial>>();
    for (long seed : seeds) {
      var parts = source.part(seed, cap);
      for (var family : families) {
        String task = "Trial " + (tasks.size() + 1) + " of " + seeds.size() * families.size();
        var its = family.part("trial-" + (tasks.size() + 1));
        tasks.add(() -> trial(task, parts, its, unseenItems));
      }
    }
    var pool = Executors.newFixedThreadPool(workers, Daemons.named("palette-sweep"));
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
    } finally {
      pool.shutdownNow();
    }
  }

  private Trials.Trial trial(String task, Study parts, Family family, boolean unseenItems) {
    var work = Progress.start(task, 1);
    var trial = Progress.quietly(() -> trial(parts, family, unseenItems));
    work.finish(trial.line() + Texts.format(", %.1f s", trial.seconds()));
    return trial;
  }

  private Trials.Trial trial(Study parts, Family family, boolean unseenItems) {
    long began = System.nanoTime();
    var taken = family.fit(parts.train(), parts.validation(), parts.seed());
    double seconds = (System.nanoTime() - began) / 1e9;
    var model = taken.model();
    int[] after = counts.stream().mapToInt(n -> n).toArray();
    return new Trials.Trial(
        family.name() == null ? model.name() : family.name(),
        taken.size(),
        parts.seed(),
        parts,
        model,
        parts.validation().size() > 0 ? Evaluation.of(model, parts.validation()) : null,
        Evaluation.of(model, parts.test()),
        LocalizationCurve.of(model, parts.asked(), parts.heldOut(), after),
        unseenItems && parts.hiding() != null ? hiding(parts.hiding(), family, taken.size()) : null,
        seconds);
  }

  /** Of the size that was taken, with a fifth of the items hidden. */
  private static Evaluation hiding(Study parts, Family family, int size) {
    var its = family.part("hidden");
    RewardModel model = its.fit(size, parts.train(), parts.validation(), parts.seed()).model();
    return Evaluation.of(model, parts.test());
  }

  @Override
  public String toString() {
    String at = counts.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "Trials of " + data + ", seeds " + seeds + ", new users after " + at;
  }
}
