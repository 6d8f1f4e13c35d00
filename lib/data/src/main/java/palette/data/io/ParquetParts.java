package palette.data.io;

import static palette.data.io.ParquetRows.literal;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import palette.support.InputException;

/**
 * The rows of a Parquet file of any size, in parts that memory has room for: all rows of one key
 * are in one part, one after another. DuckDB looks through the file once for each part and sorts
 * what is of it. Several threads may read parts at once, each with half a gigabyte or so.
 */
public final class ParquetParts {
  private static final long ROWS = 4_000_000; // of a part, about

  private final Path path;
  private final List<String> texts; // the columns as DuckDB selects them, the key first
  private final int size;

  /** Some columns, the key first, and behind them one that is null where it is missing. */
  public ParquetParts(Path path, List<String> columns, String perhaps) {
    this.path = path;
    try (var look = rows("SELECT *" + ParquetRows.file(path) + " LIMIT 0")) {
      var found = look.columns();
      if (!found.containsAll(columns)) {
        String next = "Rename its columns, as in SELECT worker AS " + columns.get(0) + ".";
        String where = Place.name(path);
        throw new InputException(where, "columns " + columns, Mapping.listed(found), next);
      }
      size = (int) (look.total() / ROWS) + 1;
      texts = columns.stream().map(ParquetRows::text).collect(Collectors.toList());
      texts.add(found.contains(perhaps) ? ParquetRows.text(perhaps) : "NULL");
    }
  }

  private ParquetRows rows(String query) {
    return new ParquetRows(path, query, options(path));
  }

  // What has no room in memory goes beside the file: the folder for such may be memory itself.
  private static Properties options(Path beside) {
    var options = new Properties();
    options.setProperty("threads", "1");
    options.setProperty("memory_limit", "1GB");
    options.setProperty("temp_directory", beside.toAbsolutePath() + ".duckdb");
    return options;
  }

  public int size() {
    return size;
  }

  /**
   * A part, from 0 on: its rows as texts, sorted by the key. The order within a key is nobody's.
   */
  public ParquetRows part(int number) {
    String of = " WHERE coalesce(hash(" + texts.get(0) + "), 0) % " + size + " = " + number;
    String wanted = "SELECT " + String.join(", ", texts) + ParquetRows.file(path);
    return rows(wanted + of + " ORDER BY 1");
  }

  /**
   * Gathers CSV files without a header into one Parquet file, their rows in order.
   *
   * @param types the columns and what DuckDB calls their types, in order
   */
  public static void gather(List<Path> files, Map<String, String> types, Path parquet) {
    var columns =
        types.entrySet().stream()
            .map(type -> literal(type.getKey()) + ": " + literal(type.getValue()))
            .collect(Collectors.joining(", "));
    var from = files.stream().map(file -> literal("" + file)).collect(Collectors.joining(", "));
    String how =
        "auto_detect = false, header = false, quote = '\"', escape = '\"', parallel = false";
    var read = "read_csv([%s], columns = {%s}, %s, allow_quoted_nulls = false)";
    try (var connection = ParquetRows.connection(Place.name(parquet), options(parquet));
        var statement = connection.createStatement()) {
      statement.execute(
          "COPY (FROM %s) TO %s (FORMAT parquet)"
              .formatted(read.formatted(from, columns, how), literal("" + parquet)));
    } catch (SQLException e) {
      throw ParquetRows.unreadable(Place.name(parquet), e);
    }
  }
}
