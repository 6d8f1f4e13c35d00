package palette.bench;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A Python that has PyTorch.
 *
 * @param path of the program
 * @param kernels what OpenBLAS is told to take; empty: as it is installed
 * @param errors where its errors go
 */
record Python(String path, String kernels, Redirect errors) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path RESOURCES = Path.of("lib/bench/src/bench/resources/palette/bench");

  /** One whose errors nobody reads. */
  Python(String path, String kernels) {
    this(path, kernels, Redirect.DISCARD);
  }

  /** The same with its errors in a file. */
  Python errors(Path file) {
    return new Python(path, kernels, Redirect.to(file.toFile()));
  }

  /** The first on the path that can import torch. */
  static Optional<Python> find() {
    return onThePath().stream()
        .map(path -> new Python(path, ""))
        .filter(Python::hasTorch)
        .findFirst();
  }

  // Several may be on the path, and the first may lack torch.
  private static List<String> onThePath() {
    var found = new ArrayList<String>();
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      var python = Path.of(folder, "python3");
      if (Files.isExecutable(python)) found.add(python.toString());
    }
    return found;
  }

  private boolean hasTorch() {
    try {
      return start(List.of("-c", "import torch, numpy")).waitFor() == 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** OpenBLAS takes its oldest kernels on a processor it does not know; this gives it its best. */
  Python fastest() {
    String probe =
        """
        import time, torch
        a, best = torch.randn(1024, 1024), 9.0
        for _ in range(20):
            t = time.perf_counter(); a @ a; best = min(best, time.perf_counter() - t)
        print(best)
        """;
    var fastest = this;
    double least = Double.MAX_VALUE;
    for (String name : List.of("", "Haswell", "SkylakeX")) {
      if (!name.isEmpty() && !System.getProperty("os.arch").equals("amd64")) continue;
      var python = new Python(path, name);
      double seconds = python.seconds(probe);
      if (seconds < least) {
        least = seconds;
        fastest = python;
      }
    }
    return fastest;
  }

  /** What a probe prints; no end where the processor lacks what the kernels need, and kills it. */
  private double seconds(String probe) {
    try {
      return Double.parseDouble(output(List.of("-c", probe)).strip());
    } catch (IllegalStateException e) {
      return Double.POSITIVE_INFINITY;
    }
  }

  /** What PyTorch calls a device. */
  static String name(Device device) {
    return device.isGpu() ? "cuda" : "cpu";
  }

  /** A script that stands beside the benchmarks. */
  static Path script(String name) {
    return RESOURCES.resolve(name);
  }

  /** Runs a script; the last line that it prints is JSON. */
  JsonNode json(Path script, Object... arguments) {
    try {
      String[] lines = run(script, arguments).strip().split("\n");
      return JSON.readTree(lines[lines.length - 1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a script; what it prints. */
  String run(Path script, Object... arguments) {
    var command = new ArrayList<>(List.of(script.toString()));
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    return output(command);
  }

  private String output(List<String> command) {
    try {
      var process = start(command);
      String text = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) throw new IllegalStateException("failed: " + command);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Process start(List<String> arguments) {
    try {
      var command = new ArrayList<>(List.of(path));
      command.addAll(arguments);
      var builder = new ProcessBuilder(command);
      builder.environment().put("OMP_WAIT_POLICY", "passive");
      builder.environment().put("GOMP_SPINCOUNT", "3000"); // what Palette has, too
      if (!kernels.isEmpty()) builder.environment().put("OPENBLAS_CORETYPE", kernels);
      return builder.redirectError(errors).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
