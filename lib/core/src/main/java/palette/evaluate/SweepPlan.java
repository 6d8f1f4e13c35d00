package palette.evaluate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongFunction;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.data.Split;
import palette.reward.RewardModel;
import palette.reward.RewardSpec;
import palette.support.Checks;
import palette.support.Daemons;
import palette.support.Progress;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * What a {@link Sweep} will do; every option returns a new plan.
 *
 * @param option the name for tables and axes
 * @param values what the option is set to, each once
 * @param specs makes a spec of a value
 * @param repeats fits of each value
 * @param seed the seeds of the repeats are derived from it; the specs' own seeds are replaced
 * @param workers how many fits run at once; the results do not depend on it
 */
public record SweepPlan<T>(
    String option,
    List<T> values,
    Function<? super T, ? extends RewardSpec> specs,
    int repeats,
    long seed,
    int workers) {

  public SweepPlan {
    values = List.copyOf(Checks.notEmpty("values of " + option, values));
    Checks.require(
        new HashSet<>(values).size() == values.size(), "values of " + option, "each once", values);
    Checks.atLeast(1, "repeat", repeats);
    Checks.atLeast(1, "workers", workers);
  }

  static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** How a value becomes a spec. */
  public SweepPlan<T> specs(Function<? super T, ? extends RewardSpec> newSpecs) {
    return new SweepPlan<>(option, values, newSpecs, repeats, seed, workers);
  }

  /** Fits every value n times, with seeds that all values share. */
  public SweepPlan<T> repeat(int n) {
    return new SweepPlan<>(option, values, specs, n, seed, workers);
  }

  /** The seed that the repeats' seeds are derived from. */
  public SweepPlan<T> seed(long newSeed) {
    return new SweepPlan<>(option, values, specs, repeats, newSeed, workers);
  }

  /** How many fits run at once; as many as there are cores unless set. */
  public SweepPlan<T> workers(int n) {
    return new SweepPlan<>(option, values, specs, repeats, seed, n);
  }

  /** The seed of a repeat, counted from 1. */
  public long seedOf(int repeat) {
    return Math.floorMod(Seeds.derive(seed, "repeat " + repeat), 1_000_000_000L);
  }

  /**
   * Fits on the training part and evaluates on the test part. When the thread is interrupted, the
   * fits at work stop, and the sweep holds the finished ones.
   */
  public Sweep<T> run(Split<Preferences> split) {
    return run(spec -> spec.fit(split.train()), split.test());
  }

  /**
   * Chooses a value by training answers alone. Every repeat sets another fifth of each user's
   * answers aside, fits the values on the rest, and takes the log loss of what was set aside.
   */
  public Choice<T> choose(Preferences train) {
    return choose(
        own -> {
          var parts = train.splitByAnswer(0.8, own);
          return repeat(1).seed(own).run(parts);
        },
        train);
  }

  /**
   * The same by judgements, which are set apart before pairs are made: a fifth to choose the value
   * by and, of the rest, a fifth by which each fit chooses its epoch and its prior.
   *
   * @param cap at most so many pairs a user, in each part
   */
  public Choice<T> choose(Judgements train, int cap) {
    return choose(
        own -> {
          var parts = train.splitByAnswer(0.8, own);
          var learned = parts.train().splitByAnswer(0.8, ~own); // another draw than the first
          var fitted = learned.train().pairs(cap, own);
          var validation = learned.test().pairs(cap, own);
          var judged = parts.test().pairs(cap, own);
          return repeat(1).seed(own).run(spec -> spec.fit(fitted, validation), judged);
        },
        train.pairs(cap, seed));
  }

  private Choice<T> choose(LongFunction<Sweep<T>> once, Preferences probes) {
    var sweeps = new ArrayList<Sweep<T>>();
    for (int r = 1; r <= repeats; r++) {
      var sweep = once.apply(seedOf(r));
      if (!sweep.complete()) break;
      sweeps.add(sweep);
    }
    Checks.require(!sweeps.isEmpty(), "choice", "one repeat at least to end", "an interrupt");
    return Choice.of(sweeps, repeats, probes);
  }

  Sweep<T> run(Function<RewardSpec, RewardModel> fit, Preferences test) {
    Checks.present("specs", specs);
    var pool = Executors.newFixedThreadPool(workers, Daemons.named("palette-sweep"));
    try {
      return collect(fit, test, pool);
    } finally {
      pool.shutdownNow();
    }
  }

  private Sweep<T> collect(
      Function<RewardSpec, RewardModel> fit, Preferences test, ExecutorService pool) {
    int planned = values.size() * repeats;
    var work = Progress.start("Sweep over " + option, planned);
    var done = new AtomicInteger();
    var futures = new ArrayList<Future<Sweep.Run<T>>>();
    for (T value : values) {
      for (int r = 1; r <= repeats; r++) {
        int repeat = r;
        futures.add(
            pool.submit(
                () -> {
                  var run = fit(value, repeat, fit, test);
                  work.at(done.incrementAndGet(), option + " " + value);
                  return run;
                }));
      }
    }
    var sweep = new Sweep<>(option, values, finished(futures, pool), planned);
    work.finish(Texts.format("%d of %d fits", sweep.runs().size(), planned));
    return sweep;
  }

  private Sweep.Run<T> fit(
      T value, int repeat, Function<RewardSpec, RewardModel> fit, Preferences test)
      throws InterruptedException {
    long began = System.nanoTime();
    long own = seedOf(repeat);
    var spec = specs.apply(value).seed(own).threads(1).part(values.indexOf(value) + "-" + own);
    var model = Progress.quietly(() -> fit.apply(spec));
    if (Thread.interrupted()) throw new InterruptedException("the fit was cut short");
    var evaluation = Evaluation.of(model, test);
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Sweep.Run<>(value, repeat, own, model, evaluation, seconds);
  }

  private List<Sweep.Run<T>> finished(List<Future<Sweep.Run<T>>> futures, ExecutorService pool) {
    var runs = new ArrayList<Sweep.Run<T>>();
    try {
      for (var future : futures) runs.add(future.get());
      return runs;
    } catch (InterruptedException e) {
      return rescue(futures, pool);
    } catch (ExecutionException e) {
      T value = values.get(runs.size() / repeats);
      throw new IllegalStateException(
          Texts.format(
              "Sweep over %s: the fit with %s, repeat %d, failed. %s",
              option, value, runs.size() % repeats + 1, e.getCause().getMessage()),
          e.getCause());
    }
  }

  /** After an interrupt: stops what is at work and keeps what had come to its end before. */
  private List<Sweep.Run<T>> rescue(List<Future<Sweep.Run<T>>> futures, ExecutorService pool) {
    var ended = futures.stream().filter(Future::isDone).toList();
    pool.shutdownNow();
    var runs = new ArrayList<Sweep.Run<T>>();
    try {
      for (var future : ended) runs.add(future.get());
      pool.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException | ExecutionException e) {
      // Interrupted again, or a fit failed: what is in hand is all there is.
    }
    Thread.currentThread().interrupt();
    return runs;
  }

  /** What will be tried; without the lambda, which has no text. */
  @Override
  public String toString() {
    return Texts.format(
        "Sweep over %s %s, repeated %d times, seed %d, %d at once",
        option, values, repeats, seed, workers);
  }
}
