package palette.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.embed.Embedders;
import palette.embed.Encoders;
import palette.encode.Tuning;
import palette.engine.Tensor;
import palette.evaluate.Evaluation;
import palette.evaluate.LocalizationCurve;
import palette.family.PalB;
import palette.personalize.Localizer;
import palette.support.Seeds;

/**
 * People who like the longer of two texts, and others who like the shorter, as in the paper's table
 * 2: an encoder that stays as it is hardly keeps how long a text is, and one that learns can.
 */
@Tag("slow")
class LargeTest {
  private static final String[] WORDS =
      ("trees cars bread rain music school river bridge market garden more fewer late early near far"
              + " open quiet bright cold wide narrow old new city people want need like build")
          .split(" ");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int TEXTS = 1200;
  private static final int TRAINED = 960;
  // -Dpalette.runs=100 -Dpalette.steps=2000 for a long look.
  private static final int RUNS = Integer.getInteger("palette.runs", 3);
  private static final int STEPS = Integer.getInteger("palette.steps", 300);

  /** Texts of 8 to 19 words in any order. */
  private static List<String> texts() {
    var random = Seeds.stream(11, "texts");
    return IntStream.range(0, TEXTS)
        .mapToObj(
            i ->
                String.join(
                    " ", random.ints(length(i), 0, WORDS.length).mapToObj(w -> WORDS[w]).toList()))
        .toList();
  }

  private static int length(int text) {
    return 8 + text % 12;
  }

  /**
   * Answers of users about texts of a range that differ by a word to three; three of five users
   * like the longer one.
   */
  private static Preferences answers(int firstUser, int users, int each, int from, int to) {
    var texts = texts();
    var builder = Preferences.builder();
    for (int i = 0; i < TEXTS; i++) builder.item("text " + i, texts.get(i));
    for (int u = firstUser; u < firstUser + users; u++) {
      var random = Seeds.stream(11, "user " + u + " of texts from " + from);
      for (int n = 0; n < each; ) {
        int a = random.nextInt(from, to);
        int b = random.nextInt(from, to);
        int longer = length(a) - length(b);
        if (longer == 0 || Math.abs(longer) > 3) continue;
        boolean first = longer > 0 == (u % 5 < 3);
        builder.add(
            Comparison.of("user " + u, "text " + (first ? a : b), "text " + (first ? b : a)));
        n++;
      }
    }
    return builder.build();
  }

  private static PalB.Spec large(Tuning tuning) {
    return PalB.spec().identity(false).encoder(Encoders.miniLm(), tuning).textLength(32).seed(5);
  }

  private static double[] seenAndNew(BasisModel model) {
    var seen = Evaluation.of(model, answers(0, 30, 20, TRAINED, TEXTS));
    var curve =
        LocalizationCurve.of(
            Localizer.of(model),
            answers(100, 15, 10, 0, TRAINED),
            answers(100, 15, 20, TRAINED, TEXTS),
            10);
    return new double[] {seen.macroAccuracy(), curve.points().get(0).accuracy()};
  }

  @Test
  void anEncoderThatLearnsTellsWhatOneThatStandsCannot() {
    var train = answers(0, 30, 40, 0, TRAINED);
    var tiny =
        PalB.spec()
            .identity(false)
            .embedder(Embedders.miniLm())
            .rates(1e-3, 1e-3, 1e-2)
            .dropout(0.5);
    double[] still = seenAndNew(tiny.epochs(40).seed(5).fit(train));
    double[] learned =
        seenAndNew(
            large(Tuning.last(2))
                .encoderRate(2e-4, 0.01)
                .rates(1e-3, 1e-3, 1e-2)
                .epochs(5)
                .fit(train));
    System.out.printf(
        "Tiny %.3f %.3f, Large %.3f %.3f%n", still[0], still[1], learned[0], learned[1]);
    for (int i = 0; i < 2; i++) {
      assertThat(learned[i]).isGreaterThan(0.9);
      assertThat(learned[i]).isGreaterThan(still[i] + 0.15);
    }
  }

  @Test
  void memoryStaysWhereItIsOverManySteps() throws IOException {
    assumeTrue(Files.exists(STATUS), "Linux says how much there is");
    try (var objective = open()) {
      steps(objective, 100);
      long before = resident();
      double last = steps(objective, STEPS / 2);
      long middle = resident();
      last += steps(objective, STEPS - STEPS / 2);
      System.out.printf("kB %,d, %,d in the middle, %,d%n", before, middle, resident());
      assertThat(last).isFinite();
      assertThat(resident() - before).as("kB more after %d steps", STEPS).isLessThan(60_000);
    }
  }

  /** Java collects garbage all the while, as libtorch's arrays are freed by hand. */
  @Test
  void everyTrainingThatIsBegunEndsWithTheSameLossAndLeavesNothing() throws Exception {
    var resident = new long[RUNS];
    var garbage = new Thread(LargeTest::collect);
    garbage.start();
    try {
      var losses = new HashSet<Double>();
      for (int run = 0; run < RUNS; run++) {
        try (var objective = open()) {
          losses.add(steps(objective, 50));
        }
        resident[run] = resident();
      }
      assertThat(losses).hasSize(1).allMatch(Double::isFinite);
      long more = resident[RUNS - 1] - resident[RUNS / 3];
      System.out.printf(
          "kB after a training %,d, %,d in the middle, %,d after %d%n",
          resident[0], resident[RUNS / 2], resident[RUNS - 1], RUNS);
      assertThat(more).as("kB more than after a third of them").isLessThan(60_000);
    } finally {
      garbage.interrupt();
      garbage.join();
    }
  }

  private static void collect() {
    try {
      for (; ; Thread.sleep(20)) System.gc(); // without a pause nothing else would run
    } catch (InterruptedException ended) {
      // the trainings are over
    }
  }

  private static Objective open() {
    var spec = large(Tuning.last(1)).threads(2);
    var train = Fit.embedded(answers(0, 10, 40, 0, 50), spec);
    var data = TrainingSet.of(train, train.select(new int[0]), false, false);
    var task = Task.of(spec, data, Device.cpu());
    var start = new LinkedHashMap<String, Tensor>();
    for (var one : spec.start(task.sizes())) {
      start.put(one.parameter().name(), one.tensor(Seeds.stream(1, "start")));
    }
    return task.plan().opening().open(start, 1);
  }

  private static double steps(Objective objective, int steps) {
    int[] order = IntStream.range(0, 400).toArray();
    double loss = 0;
    for (int s = 0; s < steps; s++) {
      if (s % 20 == 0) System.gc(); // or Java's own heap grows, which is no leak
      loss = objective.step(order, s % 90 * 4, s % 90 * 4 + 4).getAsDouble();
    }
    return loss;
  }

  /** In kB, after a collection; 0 where the system does not say. */
  private static long resident() throws IOException {
    System.gc();
    if (!Files.exists(STATUS)) return 0;
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
