package palette.data;

import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import palette.data.io.Place;
import palette.support.AtomicFile;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvWriteOptions;

/** Writes tables of scores, rankings and results. */
public final class Tables {
  private Tables() {}

  /**
   * Writes a table as CSV in UTF-8 (tabs where the name ends in .tsv, gz where it ends in .gz),
   * whole or not at all.
   */
  public static void write(Table table, Path path) {
    boolean zipped = Place.packed(path);
    char separator = Place.ends(path, ".tsv", ".tsv.gz") ? '\t' : ',';
    AtomicFile.write(
        path,
        out -> {
          var bytes = zipped ? new GZIPOutputStream(out) : out;
          var writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
          table.write().usingOptions(CsvWriteOptions.builder(writer).separator(separator).build());
          writer.close();
        });
  }

  /** The same for rows of texts under a header. */
  public static void write(List<String> header, List<List<String>> rows, Path path) {
    var table = Table.create();
    for (int c = 0; c < header.size(); c++) {
      int column = c;
      var cells = rows.stream().map(row -> row.get(column)).toArray(String[]::new);
      table.addColumns(StringColumn.create(header.get(c), cells));
    }
    write(table, path);
  }
}
