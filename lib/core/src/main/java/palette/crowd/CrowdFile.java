package palette.crowd;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import palette.crowd.Crowd.Report;
import palette.data.Comparison;
import palette.data.io.ParquetParts;
import palette.data.io.ParquetRows;
import palette.data.io.Place;
import palette.support.AtomicFile;
import palette.support.InputException;
import palette.support.Progress;
import palette.support.Reasons;

/**
 * A Parquet file of answers to two of persons and of what was refused: its parts are placed on all
 * cores, into texts that are joined in their order, so the same answers make the same files.
 */
record CrowdFile(Crowd crowd, ParquetParts parts, Path persons, Path refused) {
  static final List<String> NEEDED = List.of("user", "chosen", "rejected");

  Report place() {
    try {
      for (var target : List.of(persons, refused)) AtomicFile.createFolders(target.getParent());
      var folder = Files.createTempDirectory(persons.getParent(), ".palette-crowd-");
      try {
        return place(folder);
      } finally {
        for (var file : Place.inside(folder, any -> true)) Files.delete(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + persons + ": " + Reasons.of(e), e);
    }
  }

  private Report place(Path folder) throws IOException {
    var work = Progress.start("Placing users", parts.size());
    var done = new AtomicInteger();
    var all =
        IntStream.range(0, parts.size())
            .parallel()
            .mapToObj(part -> placePart(part, folder))
            .peek(report -> work.at(done.incrementAndGet(), ""))
            .reduce(new Report(0, 0, 0), Report::plus);
    gather(folder, "persons", types("user answers weights gap"), persons);
    gather(folder, "refused", types("user chosen rejected prompt reason"), refused);
    work.finish("" + all);
    return all;
  }

  private static Map<String, String> types(String columns) {
    var types = new LinkedHashMap<String, String>();
    var others = Map.of("answers", "INTEGER", "weights", "DOUBLE[]", "gap", "DOUBLE");
    for (var column : columns.split(" ")) types.put(column, others.getOrDefault(column, "VARCHAR"));
    return types;
  }

  private void gather(Path folder, String what, Map<String, String> types, Path target)
      throws IOException {
    var texts = IntStream.range(0, parts.size()).mapToObj(part -> text(folder, what, part));
    var aside = folder.resolve(what + ".parquet");
    ParquetParts.gather(texts.toList(), types, aside);
    AtomicFile.sync(aside);
    AtomicFile.move(aside, target);
    AtomicFile.syncFolder(target.getParent());
  }

  private static Path text(Path folder, String what, int part) {
    return folder.resolve(what + "-" + part + ".csv");
  }

  // ------------------------------------------------------------------------------------ a part

  private Report placePart(int part, Path folder) {
    try (var rows = parts.part(part);
        var good = Files.newBufferedWriter(text(folder, "persons", part));
        var bad = Files.newBufferedWriter(text(folder, "refused", part))) {
      long[] refusals = new long[1];
      var report = new Report(0, 0, 0);
      for (var all = crowd.place(() -> next(rows, bad, refusals)); all.hasNext(); ) {
        var one = all.next();
        var weights = Arrays.toString(one.weights());
        line(good, one.user(), "" + one.answers(), weights, "" + one.gap());
        report = report.plus(new Report(1, 0, one.gap()));
      }
      return report.plus(new Report(0, refusals[0], 0));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write into " + folder + ": " + Reasons.of(e), e);
    }
  }

  /** The next answer that can be used; those before it are refused. */
  private Comparison next(ParquetRows rows, BufferedWriter bad, long[] refusals) {
    for (String[] row = rows.texts(); row != null; row = rows.texts()) {
      try {
        return crowd.answer(row[0], row[3], row[1], row[2]);
      } catch (InputException e) {
        refusals[0]++;
        line(bad, row[0], row[1], row[2], row[3], e.getMessage());
      }
    }
    return null;
  }

  private static void line(BufferedWriter out, String... values) {
    try {
      out.write(Arrays.stream(values).map(CrowdFile::quoted).collect(Collectors.joining(",")));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // An empty place is no text at all, two quotes are an empty one.
  private static String quoted(String value) {
    return value == null ? "" : '"' + value.replace("\"", "\"\"") + '"';
  }
}
