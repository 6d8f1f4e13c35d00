package palette.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The PyTorch scripts of ../shared/bench and a Python that can run them. Their data are made once,
 * into target/bench.
 */
public final class Peers {
  private static final Path DATA = Path.of("target", "bench");
  private final Path scripts;
  private final Python python;

  private Peers(Path scripts, Python python) {
    this.scripts = scripts;
    this.python = python;
  }

  /** One run of a peer: seconds of an epoch (median, the first left out) and where it ended. */
  public record Run(double seconds, double loss, double accuracy, String versions, double gflops) {}

  /** The peers with their fastest kernels, where the scripts and a Python with torch are there. */
  public static Optional<Peers> find() {
    var scripts = Path.of(System.getProperty("palette.shared", "../shared"), "bench");
    if (!Files.exists(scripts.resolve("torch_peers.py"))) return Optional.empty();
    return Python.find().map(python -> new Peers(scripts, python.fastest()));
  }

  /** The same peers with the kernels that OpenBLAS takes by itself. */
  Peers installed() {
    return new Peers(scripts, new Python(python.path(), ""));
  }

  /** The kernels of OpenBLAS in words. */
  String kernels() {
    return python.kernels().isEmpty() ? "OpenBLAS as installed" : python.kernels() + " kernels";
  }

  /** What runs them. */
  Python python() {
    return python;
  }

  /** The folder of the benchmark's data. */
  public Path data() {
    if (!Files.exists(DATA.resolve("meta.json"))) {
      python.run(scripts.resolve("make_data.py"), DATA);
    }
    return DATA;
  }

  /** The folder of the Polis-like data: few items, millions of pairs. */
  public Path polisData() {
    var folder = DATA.resolve("polis");
    if (!Files.exists(folder.resolve("users.npy"))) {
      python.run(Python.script("polis_peer.py"), folder, "--make");
    }
    return folder;
  }

  /** Trains PyTorch on the Polis-like data; {@code style} is distances or views. */
  public Run trainPolis(String style, int epochs, int threads) {
    var script = Python.script("polis_peer.py");
    var line =
        python.json(
            script, polisData(), "--style", style, "--epochs", epochs, "--threads", threads);
    double seconds = line.get("epoch_seconds").asDouble();
    return new Run(seconds, line.get("train_loss").asDouble(), Double.NaN, "", 0);
  }

  /** Trains a peer; {@code style} is optimised or reference. */
  public Run train(String task, String style, int batch, int epochs, int threads) {
    // Where other work takes the cores, a good BLAS can look slow: its name decides, not its speed.
    var line =
        python.json(
            scripts.resolve("torch_peers.py"),
            data(),
            "--task",
            task,
            "--style",
            style,
            "--batch",
            batch,
            "--epochs",
            epochs,
            "--threads",
            threads,
            "--allow-slow-blas");
    String blas = line.get("blas").asText();
    if (blas.startsWith("unknown")) {
      throw new IllegalStateException(
          "PyTorch's BLAS is " + blas + ": a ratio to it means nothing. Install OpenBLAS.");
    }
    return new Run(
        line.get("epoch_seconds").asDouble(),
        line.get("train_loss").asDouble(),
        line.get("test_accuracy").asDouble(),
        "torch " + line.get("torch").asText() + ", BLAS " + blas + ", " + kernels(),
        line.get("gflops").asDouble());
  }

  /** The median of some numbers. */
  public static double median(List<Double> values) {
    return median(values.stream().mapToDouble(value -> value).toArray());
  }

  /** The median of some numbers. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
