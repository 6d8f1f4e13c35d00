package palette.bench;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.embed.Encoders;
import palette.encode.Tuning;
import palette.engine.Tensor;
import palette.family.PalB;
import palette.fit.Fit;
import palette.fit.Task;
import palette.fit.TrainingSet;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * An epoch of Large: 2,700 pairs of texts of 128 tokens, MiniLM with PAL-B's maps above it, 16
 * pairs a step; some steps are timed and scaled to the epoch. The peer is a BERT of the same sizes
 * in PyTorch on the same number of threads, trained by the same loss of two vectors a pair; its
 * numbers are drawn, which changes no time.
 */
final class LargeBench {
  private static final int PAIRS = 2700;
  private static final int BATCH = 16;
  private static final int STEPS = 6; // timed, after one that is not
  private static final int TOKENS = 128;
  private static final int TEXTS = 2 * BATCH * (STEPS + 1);

  private LargeBench() {}

  static void on(Device device) {
    var python = Python.find().map(Python::fastest);
    String where = device + ", " + TOKENS + " tokens";
    System.out.println("\n| Large, " + where + " | epoch, s | PyTorch, s | ratio | peak |");
    System.out.println("|---|---|---|---|---|");
    for (var tuning : List.of(Tuning.all(), Tuning.last(2), Tuning.lora(8)))
      run(tuning, device, python);
  }

  private static void run(Tuning tuning, Device device, Optional<Python> python) {
    ResidentMemory.reset();
    double epoch = scaled(seconds(tuning, device));
    long resident = ResidentMemory.peakMegabytes();
    double peer = python.map(p -> scaled(seconds(tuning, device, p))).orElse(Double.NaN);
    System.out.println(
        Texts.format(
            "| %s | %.0f | %.0f | %.2f | %,d MB |", tuning, epoch, peer, epoch / peer, resident));
  }

  private static double scaled(double secondsOfAStep) {
    return secondsOfAStep * PAIRS / BATCH;
  }

  /** The median of a step's seconds. */
  private static double seconds(Tuning tuning, Device device) {
    var spec =
        PalB.spec()
            .identity(false)
            .encoder(Encoders.miniLm(), tuning)
            .textLength(TOKENS)
            .batch(BATCH);
    var train = Fit.embedded(answers(), spec);
    var data = TrainingSet.of(train, train.select(new int[0]), false, false);
    var task = Task.of(spec, data, device);
    var start = new LinkedHashMap<String, Tensor>();
    for (var one : spec.start(task.sizes())) {
      start.put(one.parameter().name(), one.tensor(Seeds.stream(1, one.parameter().name())));
    }
    int[] order = IntStream.range(0, data.train.size()).toArray();
    double[] seconds = new double[STEPS];
    try (var objective = task.plan().opening().open(start, 1)) {
      for (int s = 0; s <= STEPS; s++) {
        long began = System.nanoTime();
        objective.step(order, s * BATCH, (s + 1) * BATCH);
        if (s > 0) seconds[s - 1] = (System.nanoTime() - began) / 1e9;
      }
    }
    Arrays.sort(seconds);
    return seconds[STEPS / 2];
  }

  private static double seconds(Tuning tuning, Device device, Python python) {
    int threads = Runtime.getRuntime().availableProcessors();
    var script = Python.script("large_peer.py");
    var line =
        python.json(
            script,
            "--last",
            tuning.last(),
            "--rank",
            tuning.rank(),
            "--pairs",
            BATCH,
            "--tokens",
            TOKENS,
            "--steps",
            STEPS,
            "--threads",
            threads,
            "--device",
            Python.name(device));
    return line.get("step_seconds").asDouble();
  }

  /** Each step has texts of its own, long enough to be cut. */
  private static Preferences answers() {
    var random = Seeds.stream(1, "texts");
    String[] words = {"trees", "cars", "bread", "rain", "music", "school", "river", "bridge"};
    var builder = Preferences.builder();
    for (int i = 0; i < TEXTS; i++) {
      var text = new ArrayList<String>();
      for (int w = 0; w < TOKENS; w++) text.add(words[random.nextInt(words.length)]);
      builder.item("text " + i, String.join(" ", text));
    }
    for (int i = 0; i < TEXTS / 2; i++) {
      builder.add(Comparison.of("user " + i % 10, "text " + 2 * i, "text " + (2 * i + 1)));
    }
    return builder.build();
  }
}
