package palette.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palette.embed.Embedders;
import palette.engine.EngineInfo;
import palette.engine.Torch;
import palette.notebook.jupyter.Programs;
import palette.support.CacheFolder;
import palette.support.Texts;

/** What Palette finds on this machine, for {@code palette doctor}. */
final class Doctor {
  private static final List<String> JUPYTERS =
      List.of("jupyter-lab", "jupyter-notebook", "jupyter-nbconvert");

  private Doctor() {}

  static String report() {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("memory", memory()));
    rows.addAll(engine());
    rows.addAll(encoders());
    rows.addAll(jupyter());
    rows.addAll(caches());
    return Texts.table("", List.of("Java", java()), rows);
  }

  private static String java() {
    return System.getProperty("java.version")
        + ", "
        + System.getProperty("java.vm.name")
        + ", "
        + System.getProperty("java.home");
  }

  private static String memory() {
    var bean = ManagementFactory.getOperatingSystemMXBean();
    var cores = Texts.count(Runtime.getRuntime().availableProcessors(), "core");
    var heap = "Java may use " + bytes(Runtime.getRuntime().maxMemory());
    return bean instanceof com.sun.management.OperatingSystemMXBean machine
        ? bytes(machine.getTotalMemorySize()) + ", " + heap + ", " + cores
        : heap + ", " + cores;
  }

  // The doctor is called when something is wrong: it reports what fails and goes on.
  private static List<List<String>> engine() {
    try {
      var info = EngineInfo.of();
      return List.of(
          List.of("engine", info.name() + ", " + info.version()),
          List.of("devices", String.join(", ", info.devices())),
          List.of("GPU", info.gpus() == 0 ? Torch.noGpu() : "yes, " + info.gpus()));
    } catch (RuntimeException | LinkageError e) {
      return List.of(List.of("engine", "does not load: " + e));
    }
  }

  // As measured: lib/BENCHMARKS.md, "Statements that nobody has judged".
  private static List<List<String>> encoders() {
    var there = Embedders.there();
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("encoders", String.join(", ", there)));
    if (there.contains("bge-small-en-v1.5") && there.contains("e5-small-v2")) return rows;
    rows.add(
        List.of("", "PALETTE_PROFILES=encoders ./palette lab adds bge-small and e5-small: twice"));
    rows.add(
        List.of("", "MiniLM's time; of statements that nobody has judged they foresaw more in"));
    rows.add(List.of("", "one conversation (65 choices of 100, not 62), and no more in two"));
    return rows;
  }

  private static List<List<String>> jupyter() {
    var found = JUPYTERS.stream().flatMap(name -> Programs.onPath(name).stream()).toList();
    if (found.isEmpty()) return List.of(List.of("Jupyter", "not found; `palette run` needs none"));
    return found.stream()
        .map(
            file ->
                List.of("Jupyter", file.getFileName() + " " + Programs.version(file) + ", " + file))
        .toList();
  }

  private static List<List<String>> caches() {
    var engine = Optional.ofNullable(System.getenv("DJL_CACHE_DIR")).map(Path::of);
    var rows = new ArrayList<List<String>>();
    rows.add(
        cache("engine cache", engine.orElse(Path.of(System.getProperty("user.home"), ".djl.ai"))));
    rows.add(cache("embedding cache", CacheFolder.embeddings()));
    var home = System.getProperty("palette.home");
    if (home != null) rows.add(cache("build", Path.of(home, "target")));
    return rows;
  }

  private static List<String> cache(String name, Path folder) {
    return List.of(name, Files.exists(folder) ? folder + ", " + size(folder) : folder + ", empty");
  }

  private static String size(Path folder) {
    try (var files = Files.walk(folder)) {
      return bytes(
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum());
    } catch (IOException | UncheckedIOException e) {
      return "not readable";
    }
  }

  private static String bytes(long n) {
    return n < 1 << 20
        ? Texts.format("%.0f kB", n / 1024.0)
        : n < 1 << 30
            ? Texts.format("%.0f MB", n / 1048576.0)
            : Texts.format("%.1f GB", n / 1073741824.0);
  }
}
