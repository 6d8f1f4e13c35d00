package palette.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The PyTorch scripts of ../shared/bench and a Python that can run them. Their data are made once,
 * into target/bench.
 */
public final class Peers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path POLIS =
      Path.of("lib", "src", "test", "resources", "palette", "bench", "polis_peer.py");
  private final Path scripts;
  private final String python;
  private final String kernels;
  private final Path data;

  private Peers(Path scripts, String python) {
    this.scripts = scripts;
    this.python = python;
    this.kernels = fastestKernels(python);
    this.data = Path.of("target", "bench");
  }

  /** One run of a peer: seconds of an epoch (median, the first left out) and where it ended. */
  public record Run(double seconds, double loss, double accuracy, String versions, double gflops) {}

  /** The peers, where the scripts and a Python with torch are there. */
  public static Optional<Peers> find() {
    var scripts = Path.of(System.getProperty("palette.shared", "../shared"), "bench");
    if (!Files.exists(scripts.resolve("torch_peers.py"))) return Optional.empty();
    return pythons().stream()
        .filter(Peers::hasTorch)
        .findFirst()
        .map(python -> new Peers(scripts, python));
  }

  // Several may be on the path, and the first may lack torch.
  private static List<String> pythons() {
    var found = new ArrayList<String>();
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      var python = Path.of(folder, "python3");
      if (Files.isExecutable(python)) found.add(python.toString());
    }
    return found;
  }

  private static boolean hasTorch(String python) {
    try {
      return start(List.of(python, "-c", "import torch, numpy"), "").waitFor() == 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  // OpenBLAS takes its oldest kernels on a processor it does not know; the peer gets its best.
  private static String fastestKernels(String python) {
    String probe =
        """
        import time, torch
        a, best = torch.randn(1024, 1024), 9.0
        for _ in range(20):
            t = time.perf_counter(); a @ a; best = min(best, time.perf_counter() - t)
        print(best)
        """;
    String fastest = "";
    double least = Double.MAX_VALUE;
    for (String kernels : List.of("", "Haswell", "SkylakeX")) {
      if (!kernels.isEmpty() && !System.getProperty("os.arch").equals("amd64")) continue;
      double seconds = Double.parseDouble(output(List.of(python, "-c", probe), kernels).strip());
      if (seconds < least) {
        least = seconds;
        fastest = kernels;
      }
    }
    return fastest;
  }

  private static Process start(List<String> command, String kernels) {
    try {
      var builder = new ProcessBuilder(command);
      builder.environment().put("OMP_WAIT_POLICY", "passive");
      builder.environment().put("GOMP_SPINCOUNT", "3000"); // what Palette has, too
      if (!kernels.isEmpty()) builder.environment().put("OPENBLAS_CORETYPE", kernels);
      return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of the benchmark's data. */
  public Path data() {
    if (!Files.exists(data.resolve("meta.json"))) {
      output(List.of(python, scripts.resolve("make_data.py").toString(), data.toString()), kernels);
    }
    return data;
  }

  /** The folder of the Polis-like data: few items, millions of pairs. */
  public Path polisData() {
    var folder = Path.of("target", "bench", "polis");
    if (!Files.exists(folder.resolve("users.npy"))) {
      output(List.of(python, POLIS.toString(), folder.toString(), "--make"), kernels);
    }
    return folder;
  }

  /** Trains PyTorch on the Polis-like data; {@code style} is distances or views. */
  public Run trainPolis(String style, int epochs, int threads) {
    var command = new ArrayList<>(List.of(python, POLIS.toString(), polisData().toString()));
    command.addAll(List.of("--style", style, "--epochs", "" + epochs, "--threads", "" + threads));
    var line = parse(output(command, kernels));
    double seconds = line.get("epoch_seconds").asDouble();
    return new Run(seconds, line.get("train_loss").asDouble(), Double.NaN, "", 0);
  }

  /** Trains the optimised peer. */
  public Run train(String task, int batch, int epochs, int threads) {
    var command = new ArrayList<>(List.of(python, scripts.resolve("torch_peers.py").toString()));
    command.addAll(List.of(data().toString(), "--task", task, "--style", "optimised"));
    command.addAll(List.of("--batch", "" + batch, "--epochs", "" + epochs));
    // Where other work takes the cores, a good BLAS can look slow: its name decides, not its speed.
    command.addAll(List.of("--threads", "" + threads, "--allow-slow-blas"));
    var line = parse(output(command, kernels));
    String blas = line.get("blas").asText();
    if (blas.startsWith("unknown")) {
      throw new IllegalStateException(
          "PyTorch's BLAS is " + blas + ": a ratio to it means nothing. Install OpenBLAS.");
    }
    return new Run(
        line.get("epoch_seconds").asDouble(),
        line.get("train_loss").asDouble(),
        line.get("test_accuracy").asDouble(),
        "torch "
            + line.get("torch").asText()
            + ", BLAS "
            + blas
            + (kernels.isEmpty() ? "" : " with " + kernels + " kernels"),
        line.get("gflops").asDouble());
  }

  private static JsonNode parse(String output) {
    try {
      var lines = output.strip().split("\n");
      return JSON.readTree(lines[lines.length - 1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String output(List<String> command, String kernels) {
    try {
      var process = start(command, kernels);
      String text = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) throw new IllegalStateException("failed: " + command);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The median of some numbers. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
