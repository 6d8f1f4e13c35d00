package palette.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * What comes before training: reading a million pairs, making pairs of judgements. Medians of a few
 * times; the files are in the system's cache when they are read.
 */
public final class DataBench {
  private static final int PAIRS = 1_000_000;
  private static final int REPEATS = 3;
  private static final Path FOLDER = Path.of("target", "bench", "reading");

  private DataBench() {}

  /** Prints a table. */
  public static void main(String[] arguments) throws Exception {
    System.out.println("\n| what | seconds | a second |\n|---|---|---|");
    Files.createDirectories(FOLDER);
    reading();
    judgements();
  }

  // ----------------------------------------------------------------------------------- reading

  private static void reading() throws Exception {
    for (String name : List.of("pairs.jsonl", "pairs.jsonl.gz", "pairs.csv", "pairs.csv.gz")) {
      var file = FOLDER.resolve(name);
      if (!Files.exists(file)) write(file);
      var reader = name.contains("jsonl") ? Preferences.jsonl(file) : Preferences.csv(file);
      double seconds = median(reader::read);
      row(Texts.format("reading %s, %,d pairs, %,d MB", name, PAIRS, plain(file)), seconds, PAIRS);
    }
  }

  /** Ten thousand users, a thousand items known by id. */
  private static void write(Path file) throws IOException {
    var random = Seeds.stream(7, "pairs");
    boolean json = file.toString().contains("jsonl");
    try (var out = writer(file)) {
      if (!json) out.write("user,chosen,rejected\n");
      for (int i = 0; i < PAIRS; i++) {
        int left = random.nextInt(1000);
        int right = (left + 1 + random.nextInt(999)) % 1000;
        String line =
            json
                ? "{\"user\":\"u%d\",\"chosen\":\"item %d\",\"rejected\":\"item %d\"}\n"
                : "u%d,item %d,item %d\n";
        out.write(Texts.format(line, random.nextInt(10_000), left, right));
      }
    }
  }

  private static Writer writer(Path file) throws IOException {
    if (!file.toString().endsWith(".gz")) return Files.newBufferedWriter(file);
    var packed = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16);
    return new BufferedWriter(new OutputStreamWriter(packed, StandardCharsets.UTF_8));
  }

  /** MB of the unpacked file. */
  private static long plain(Path file) {
    try (var in = Files.newInputStream(file);
        var plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return plain.transferTo(OutputStream.nullOutputStream()) >> 20;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // --------------------------------------------------------------------------------- judgements

  /** As in a large conversation: 5,000 people, 45 votes each on 900 statements. */
  private static void judgements() throws Exception {
    var random = Seeds.stream(7, "votes");
    var builder = Judgements.builder();
    for (int u = 0; u < 5000; u++) {
      int first = random.nextInt(900);
      for (int j = 0; j < 45; j++) {
        builder.add("u" + u, "s" + (first + j * 7) % 900, random.nextInt(3) - 1);
      }
    }
    var votes = builder.build();
    int all = votes.pairs().size();
    row(Texts.format("all pairs of %,d votes", votes.size()), median(votes::pairs), all);
    int capped = votes.pairs(200, 7).size();
    row("at most 200 pairs a user of them", median(() -> votes.pairs(200, 7)), capped);
  }

  // -------------------------------------------------------------------------------------- times

  private static double median(Callable<?> work) throws Exception {
    double[] seconds = new double[REPEATS];
    for (int i = -1; i < REPEATS; i++) {
      long began = System.nanoTime();
      if (work.call() == null) throw new IllegalStateException("nothing came out");
      if (i >= 0) seconds[i] = (System.nanoTime() - began) / 1e9;
    }
    return Peers.median(seconds);
  }

  private static void row(String what, double seconds, long count) {
    System.out.println(Texts.format("| %s | %.2f | %,.0f |", what, seconds, count / seconds));
  }
}
