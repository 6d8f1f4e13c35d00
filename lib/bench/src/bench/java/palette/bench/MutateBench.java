package palette.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import palette.bench.MutationRun.Report;
import palette.support.Texts;

/**
 * Damaged files for all readers and damaged folders for all models, in one Java. Counts and seed
 * are arguments: {@code -Dbench=mutate=200000,40000,1}; a fourth one is the first case, so that
 * {@code mutate=1,0,1,4711} runs case 4711 alone.
 */
final class MutateBench {
  private static final int SHOWN = 40;

  private MutateBench() {}

  /** Files, models, seed, first case; what is missing is 20000, 4000, 1 and 0. */
  public static void main(String... counts) {
    long[] given = {20_000, 4_000, 1, 0};
    for (int i = 0; i < counts.length; i++) given[i] = Long.parseLong(counts[i].strip());
    var folder = Path.of("target", "bench", "mutate-" + ProcessHandle.current().pid());
    try {
      report("files", files(folder, given[0], given[2], given[3]));
      if (given[1] > 0) report("model folders", models(folder, given[1], given[2], given[3]));
    } finally {
      delete(folder);
    }
  }

  static Report files(Path folder, long cases, long seed, long first) {
    var samples = FileSamples.in(folder.resolve("made"));
    return quietly(() -> run(samples, folder.resolve("files"), cases, seed, first));
  }

  static Report models(Path folder, long cases, long seed, long first) {
    var samples = ModelSamples.in(folder.resolve("models"));
    return quietly(() -> run(samples, folder.resolve("damaged"), cases, seed, first));
  }

  private static Report run(List<Sample> samples, Path folder, long cases, long seed, long first) {
    return new MutationRun(samples, folder, seed).run(first, first + cases);
  }

  // Readers say on System.err what they skipped, which is nothing new here.
  private static Report quietly(Supplier<Report> work) {
    var before = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    try {
      return work.get();
    } finally {
      System.setErr(before);
    }
  }

  private static void report(String what, Report report) {
    System.out.println(what + ": " + report);
    Set<String> met = new TreeSet<>();
    for (var fault : report.faults()) {
      if (met.size() < SHOWN && met.add(Texts.shortened(fault.what(), 60)))
        System.out.println("- " + fault);
    }
  }

  static void delete(Path folder) {
    if (!Files.exists(folder)) return;
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
