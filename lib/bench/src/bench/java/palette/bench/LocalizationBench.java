package palette.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.evaluate.Slope;
import palette.personalize.Localizer;
import palette.personalize.Persons;
import palette.reward.PrototypeModel.Prior;
import palette.reward.WeightMargins;
import palette.support.Texts;

/**
 * Times {@link Localizer#fitAll} on 100,000 users with K=3 prototypes and 20 answers each: margins
 * 2 N(0, 1), weights Dirichlet(.3), logistic answers. One thread first, then two; the margins are
 * there beforehand, everything else (grouping by user, solving, certifying) counts.
 */
public final class LocalizationBench {
  private static final int ANSWERS = 20;
  private static final int PROTOTYPES = 3;

  private LocalizationBench() {}

  /** Arguments: users (100000) and repeats (7). */
  public static void main(String[] arguments) throws Exception {
    int users = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    int repeats = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
    var answers = answers(users);
    var margins = margins(users, 1);
    for (double strength : new double[] {0, 3}) {
      var prior = new Prior(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, strength, false);
      var localizer = Localizer.of(new GivenMargins(margins, prior));
      double[] one = sorted(repeats, 1, localizer, answers);
      double[] two = sorted(repeats, 2, localizer, answers);
      double gap = localizer.fitAll(answers).largestGap();
      System.out.println(
          Texts.format(
              "prior %.0f: %.2f us a user on one thread (fastest %.2f, CPU %.2f), %.3f s for %,d"
                  + " users on two (fastest %.3f), gap <= %.1e",
              strength,
              one[repeats / 2] / users * 1e6,
              one[0] / users * 1e6,
              cpu(localizer, answers) / users * 1e6,
              two[repeats / 2],
              users,
              two[0],
              gap));
    }
    System.out.println("Medians of " + repeats + ", Java " + System.getProperty("java.version"));
    growth(repeats);
  }

  /** One call for 1 to 100,000 users on all cores, with the slope where there are many. */
  private static void growth(int repeats) {
    System.out.println("\n| users | ms a call | us a user |\n|---|---|---|");
    double[] users = {1, 10, 100, 1000, 10_000, 100_000};
    double[] seconds = new double[users.length];
    var prior = new Prior(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, 3, false);
    for (int i = 0; i < users.length; i++) {
      int n = (int) users[i];
      var answers = answers(n);
      var localizer = Localizer.of(new GivenMargins(margins(n, 1), prior));
      double[] calls = new double[repeats];
      for (int r = -1; r < repeats; r++) {
        long began = System.nanoTime();
        if (localizer.fitAll(answers).size() != n) throw new IllegalStateException("some are left");
        if (r >= 0) calls[r] = (System.nanoTime() - began) / 1e9;
      }
      seconds[i] = Peers.median(calls);
      System.out.println(
          Texts.format("| %,d | %.3f | %.2f |", n, 1e3 * seconds[i], 1e6 * seconds[i] / n));
    }
    var many = Slope.of(Arrays.copyOfRange(users, 3, 6), Arrays.copyOfRange(seconds, 3, 6));
    System.out.println(Texts.format("| slope from 1,000 | %.2f | |", many.value()));
  }

  private static double[] sorted(int repeats, int threads, Localizer localizer, Preferences answers)
      throws Exception {
    double[] seconds = new double[repeats];
    var pool = new ForkJoinPool(threads);
    for (int i = -2; i < repeats; i++) {
      long began = System.nanoTime();
      Persons placed = pool.submit(() -> localizer.fitAll(answers)).get();
      if (placed.size() == 0) throw new IllegalStateException("nobody was placed");
      if (i >= 0) seconds[i] = (System.nanoTime() - began) / 1e9;
    }
    pool.shutdown();
    Arrays.sort(seconds);
    return seconds;
  }

  // What a busy machine does not change: the processor's time of the one thread that works.
  private static double cpu(Localizer localizer, Preferences answers) throws Exception {
    var clock = ManagementFactory.getThreadMXBean();
    var pool = new ForkJoinPool(1);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 3; i++) {
      long began = pool.submit(clock::getCurrentThreadCpuTime).get();
      pool.submit(() -> localizer.fitAll(answers)).get();
      long ended = pool.submit(clock::getCurrentThreadCpuTime).get();
      least = Math.min(least, (ended - began) / 1e9);
    }
    pool.shutdown();
    return least;
  }

  static Preferences answers(int users) {
    var builder = Preferences.builder();
    for (int u = 0; u < users; u++) {
      for (int j = 0; j < ANSWERS; j++) builder.add(Comparison.of("user-" + u, "left", "right"));
    }
    return builder.build();
  }

  private static WeightMargins margins(int users, long seed) {
    return WeightMargins.linear(rows(users, seed), null, PROTOTYPES);
  }

  /** The margins of each prototype, users one after another. */
  static double[][] rows(int users, long seed) {
    var random = new Random(seed);
    double[][] rows = new double[users * ANSWERS][PROTOTYPES];
    var split = new SplittableRandom(seed);
    for (int u = 0; u < users; u++) {
      double[] w = dirichlet(random);
      for (int j = 0; j < ANSWERS; j++) {
        double[] row = rows[u * ANSWERS + j];
        double score = 0;
        for (int k = 0; k < PROTOTYPES; k++) score += w[k] * (row[k] = 2 * random.nextGaussian());
        double p = split.nextDouble();
        if (score + Math.log(p / (1 - p)) > 0) continue;
        for (int k = 0; k < PROTOTYPES; k++) row[k] = -row[k];
      }
    }
    return rows;
  }

  // Gamma(.3) draws by Ahrens and Dieter's rejection, normalised.
  private static double[] dirichlet(Random random) {
    double[] w = new double[PROTOTYPES];
    double sum = 1e-300;
    for (int k = 0; k < PROTOTYPES; k++) sum += w[k] = gamma(0.3, random);
    for (int k = 0; k < PROTOTYPES; k++) w[k] /= sum;
    return w;
  }

  private static double gamma(double shape, Random random) {
    double b = 1 + shape / Math.E;
    while (true) {
      double p = b * random.nextDouble();
      double x = p <= 1 ? Math.pow(p, 1 / shape) : -Math.log((b - p) / shape);
      double accept = p <= 1 ? Math.exp(-x) : Math.pow(x, shape - 1);
      if (random.nextDouble() <= accept) return x;
    }
  }
}
