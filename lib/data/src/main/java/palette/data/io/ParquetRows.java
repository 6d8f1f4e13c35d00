package palette.data.io;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiConsumer;
import palette.data.io.JsonRows.JsonRow;
import palette.support.InputException;

/**
 * The rows of a Parquet file, counted from 1, as DuckDB reads them: a stream of JSON objects,
 * without the columns of bytes, which may be images. Values that are no lists, records or maps are
 * texts, as DuckDB writes them.
 */
public final class ParquetRows implements Rows<JsonRow> {
  // What java.sql says where no driver knows the address: DuckDB is not on the class path.
  private static final String NO_DRIVER = "08001";

  private final String name;
  private final Connection connection;
  private final ResultSet rows;
  private long number;
  private final long total;

  public ParquetRows(Path path) {
    this(path, null, new Properties());
  }

  /** What a query finds, by a data base with these options; null: the JSON of all. */
  ParquetRows(Path path, String query, Properties options) {
    name = Place.name(path);
    Place.readable(path, name, "a Parquet file", "no such file");
    connection = connection(name, options);
    try {
      String file = file(path);
      try (var counted = query("SELECT count(*)" + file)) { // the file's own footer says it
        total = counted.next() ? counted.getLong(1) : 0;
      }
      rows = query(query == null ? "SELECT " + json(file) + file : query);
    } catch (SQLException e) {
      close(); // or a thread and its memory stay until the collector comes by
      throw unreadable(e);
    }
  }

  private ResultSet query(String query) throws SQLException {
    return connection.createStatement().executeQuery(query);
  }

  private String json(String file) throws SQLException {
    var fields = new ArrayList<String>();
    try (var none = query("SELECT *" + file + " LIMIT 0")) {
      types(none)
          .forEach(
              (column, type) -> {
                boolean nests = type.endsWith("]") || type.matches("(?s)(STRUCT|MAP|UNION).*");
                String value = nests ? quoted(column) : text(column);
                if (!type.contains("BLOB")) fields.add(literal(column) + ", " + value);
              });
    }
    return "json_object(" + String.join(", ", fields) + ")";
  }

  /** Columns and what DuckDB calls their types, in order. */
  private static Map<String, String> types(ResultSet rows) throws SQLException {
    var types = new LinkedHashMap<String, String>();
    var described = rows.getMetaData();
    for (int c = 1; c <= described.getColumnCount(); c++)
      types.put(described.getColumnName(c), described.getColumnTypeName(c));
    return types;
  }

  static String text(String column) {
    return "CAST(" + quoted(column) + " AS VARCHAR)";
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static InputException withoutDuckDb(String name, SQLException e) {
    boolean absent = NO_DRIVER.equals(e.getSQLState());
    return new InputException(
        name,
        "DuckDB on the class path",
        absent ? "none" : first(e),
        "Parquet needs DuckDB: add org.duckdb:duckdb_jdbc:1.4.4.0 (palette-notebook brings it),"
            + " or write the file as CSV.",
        e);
  }

  /** A data base in memory with these options and those that any of ours has. */
  static Connection connection(String name, Properties options) {
    options.setProperty("jdbc_stream_results", "true");
    options.setProperty("autoinstall_known_extensions", "false");
    try {
      return DriverManager.getConnection("jdbc:duckdb:", options);
    } catch (SQLException e) {
      throw withoutDuckDb(name, e);
    } catch (LinkageError e) {
      throw InputException.natives(name + ", DuckDB", "-Djava.io.tmpdir=FOLDER", e);
    }
  }

  /**
   * The path means itself: to DuckDB {@code * ? [} are patterns, and {@code user=ann/} in a path is
   * a column.
   */
  static String file(Path path) {
    String one = path.toAbsolutePath().toString().replaceAll("[\\[*?]", "[$0]");
    return " FROM read_parquet(" + literal(one) + ", hive_partitioning = false)";
  }

  private InputException unreadable(SQLException e) {
    return unreadable(name, e);
  }

  static InputException unreadable(String name, SQLException e) {
    return new InputException(name, "a Parquet file", first(e), "Check the file.", e);
  }

  // What follows in DuckDB's messages is our own query.
  private static String first(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  /** Hands on two columns, a name and bytes, row by row. */
  public static void eachBytes(
      Path path, String key, String bytes, BiConsumer<String, byte[]> use) {
    String query = "SELECT " + quoted(key) + ", " + quoted(bytes) + file(path);
    try (var file = new ParquetRows(path, query, new Properties())) {
      while (file.rows.next()) {
        Stop.ifInterrupted("Reading " + file.name);
        byte[] value = file.rows.getBytes(2);
        if (value != null) use.accept(file.rows.getString(1), value);
      }
    } catch (SQLException e) {
      throw new InputException(Place.name(path), "bytes in '" + bytes + "'", first(e), "", e);
    }
  }

  static String quoted(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }

  /** The next row as texts, of a query that selects such; null at the end. */
  public String[] texts() {
    try {
      if (!rows.next()) return null;
      String[] texts = new String[rows.getMetaData().getColumnCount()];
      for (int c = 0; c < texts.length; c++) texts[c] = rows.getString(c + 1);
      return texts;
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  Set<String> columns() {
    try {
      return types(rows).keySet();
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  long total() {
    return total;
  }

  @Override
  public JsonRow next() {
    try {
      if (!rows.next()) return null;
      return new JsonRow(name + " row " + ++number, JsonRows.tree(rows.getString(1)));
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public double share() {
    return total == 0 ? 0 : (double) number / total;
  }

  @Override
  public void close() {
    try {
      connection.close(); // and with it all that was opened on it
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }
}
