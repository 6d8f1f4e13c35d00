package palette.bench;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import palette.data.Preferences;
import palette.family.PalA;
import palette.numeric.Newton;
import palette.personalize.Localizer;
import palette.personalize.Person;
import palette.reward.Ranking;
import palette.simulate.World;
import palette.support.Texts;

/**
 * The methods that are called one by one, as a service calls them: PAL-A, K=3, d=2, a thousand
 * items, a newcomer of 20 answers. Measured by JMH, with a JVM of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class MethodsBench {
  private static final int ANSWERS = 20;
  private PalA model;
  private Localizer localizer;
  private Preferences asked;
  private Person person;
  private double[] weights;
  private List<String> items;
  private double[] rows;
  private double[] ones;
  private Newton newton;

  /** Runs all of them and prints a table. */
  public static void main(String[] arguments) throws RunnerException {
    String all = Pattern.quote(MethodsBench.class.getName());
    var options = new OptionsBuilder().include(all).verbosity(VerboseMode.SILENT).build();
    System.out.println("\n| one call | us, mean of three seconds | from | to |\n|---|---|---|---|");
    for (var run : new Runner(options).run()) {
      var result = run.getPrimaryResult();
      var seen = result.getStatistics();
      System.out.println(
          Texts.format(
              "| %s | %.2f | %.2f | %.2f |",
              result.getLabel(), seen.getMean(), seen.getMin(), seen.getMax()));
    }
  }

  /** Fits a small model and places the newcomer. */
  @Setup
  public void setUp() {
    var world = World.spec().users(100).dimension(2).prototypes(3).items(1000).seed(7).create();
    var answers = world.askEveryone(100);
    model = PalA.spec().prototypes(3).dimension(2).epochs(5).seed(7).fit(answers);
    localizer = Localizer.of(model);
    asked = world.newcomer(99).ask(ANSWERS);
    person = localizer.fit(asked);
    weights = person.weights();
    items = answers.items().ids();
    rows = Arrays.stream(LocalizationBench.rows(1, 3)).flatMapToDouble(Arrays::stream).toArray();
    ones = IntStream.range(0, ANSWERS).mapToDouble(i -> 1).toArray();
    newton = Newton.simplex(3);
  }

  /** Places the newcomer, from answers to a certificate. */
  @Benchmark
  public Person localizeOneUser() {
    return localizer.fit(asked);
  }

  /** The margins of 20 answers for somebody placed. */
  @Benchmark
  public double[] marginsOfOneUser() {
    return person.margins(asked);
  }

  /** The rewards of 20 items by weights. */
  @Benchmark
  public double[] rewardsOfTwentyItems() {
    return model.rewards(weights, null, items.subList(0, ANSWERS));
  }

  /** A thousand items, best first. */
  @Benchmark
  public Ranking rankThousandItems() {
    return person.rank(items);
  }

  /** The solver alone: K=3, 20 answers, from the middle. */
  @Benchmark
  public double newtonSolve() {
    double[] w = {1 / 3.0, 1 / 3.0, 1 / 3.0};
    return newton.solve(rows, ones, ANSWERS, 0, new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, w);
  }
}
