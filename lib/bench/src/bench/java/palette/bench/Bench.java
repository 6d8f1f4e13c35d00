package palette.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import palette.engine.Torch;
import palette.support.Texts;

/**
 * The benchmark: {@code mvn -P bench test}, or only some of its parts, {@code -Dbench="pal-a
 * localize"}. Where a peer is at hand, both run in turns ({@link Turns}).
 */
public final class Bench {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final List<String> TRAINING = List.of("pal-a", "reference", "pal-b", "polis");
  private static final List<String> OTHERS =
      List.of(
          "sweep",
          "localize",
          "scaling",
          "data",
          "embed",
          "methods",
          "large",
          "policy",
          "gpu",
          "memory",
          "kill",
          "real",
          "sample",
          "crowd",
          "mutate");

  private static final List<String> COMPARED = List.of("localize"); // of the others

  private Bench() {}

  /** Runs the named parts, all of them where none is named. */
  public static void main(String[] parts) throws Exception {
    var wanted = List.of(parts);
    System.out.println(versions());
    boolean compared =
        wanted.isEmpty()
            || wanted.stream().anyMatch(p -> COMPARED.contains(p) || TRAINING.contains(p));
    var peers = compared ? Peers.find() : Optional.<Peers>empty();
    var training = TRAINING.stream().filter(p -> wanted.isEmpty() || wanted.contains(p)).toList();
    if (!training.isEmpty()) training(peers, training);
    for (String part : wanted.isEmpty() ? OTHERS : wanted) run(part, peers);
  }

  private static void training(Optional<Peers> peers, List<String> parts) {
    if (peers.isEmpty()) {
      System.out.println("Training: no ../shared/bench, or no python3 with torch on the path.");
      return;
    }
    var bench = new TrainingBench(peers.get());
    bench.versions();
    Turns.header();
    if (parts.contains("pal-a")) bench.palA();
    if (parts.contains("reference")) bench.reference();
    if (parts.contains("pal-b")) bench.palB();
    if (parts.contains("polis")) bench.polis();
  }

  private static void run(String part, Optional<Peers> peers) throws Exception {
    int at = part.indexOf('=');
    var counts = at < 0 ? new String[0] : part.substring(at + 1).split(",");
    switch (at < 0 ? part : part.substring(0, at)) {
      case "mutate" -> MutateBench.main(counts);
      case "kill" ->
          System.out.println(KillBench.report(at < 0 ? 20 : Integer.parseInt(counts[0])));
      case "real" -> {
        var names = List.of(counts).subList(Math.min(1, counts.length), counts.length);
        int splits = counts.length == 0 ? 3 : Integer.parseInt(counts[0]);
        RealBench.report(splits, names.isEmpty() ? RealBench.all() : names);
      }
      case "sample" -> SampleBench.report();
      case "crowd" -> CrowdBench.report(at < 0 ? 100_000 : Integer.parseInt(counts[0]));
      case "sweep" -> SweepBench.main(new String[0]);
      case "localize" -> {
        LocalizationBench.main(new String[0]);
        if (peers.isPresent()) LogitsBench.against(peers.get().python());
      }
      case "scaling" -> ScalingBench.main(new String[0]);
      case "data" -> DataBench.main(new String[0]);
      case "embed" -> EmbedBench.report();
      case "methods" -> MethodsBench.main(new String[0]);
      case "large" -> LargeBench.on(Device.cpu());
      case "policy" -> PolicyBench.on(Device.cpu());
      case "gpu" -> GpuBench.onTheGpu();
      case "memory" -> System.out.println(LongFit.report(30_000));
      default -> {
        if (!TRAINING.contains(part)) throw unknown(part);
      }
    }
  }

  private static IllegalArgumentException unknown(String part) {
    return new IllegalArgumentException(
        "bench: expected some of " + TRAINING + " and " + OTHERS + ", found " + part + ".");
  }

  private static String versions() {
    var runtime = Runtime.version() + ", " + System.getProperty("os.arch") + ", " + CORES;
    return Texts.format(
        "Java %s cores, %s, %.0f GFLOP/s (1024^3, all cores)",
        runtime, Torch.version() + " with " + Torch.features(), gflops());
  }

  private static double gflops() {
    Torch.threads(CORES);
    double best = Double.POSITIVE_INFINITY;
    try (var manager = Torch.manager(Device.cpu())) {
      var a = manager.randomNormal(new Shape(1024, 1024));
      for (int i = 0; i < 20; i++) {
        long began = System.nanoTime();
        try (var scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          a.matMul(a).getFloat(0, 0);
        }
        best = Math.min(best, (System.nanoTime() - began) / 1e9);
      }
    }
    return 2 * Math.pow(1024, 3) / best / 1e9;
  }
}
