package palette.data.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import palette.support.InputException;

/**
 * The rows of a Parquet file, counted from 1, as DuckDB reads them: a stream, without the columns
 * of bytes, which may be images.
 */
public final class ParquetRows implements Rows<Row> {
  // What java.sql says where no driver knows the address: DuckDB is not on the class path.
  private static final String NO_DRIVER = "08001";

  private enum Kind {
    TEXT("a text"),
    MESSAGES("messages"),
    LIST("a list"),
    RECORD("a record"),
    MAP("a map");

    private final String what;

    Kind(String what) {
      this.what = what;
    }

    static Kind of(String type) {
      boolean talk = type.contains("role") && type.contains("content");
      if (talk && type.startsWith("STRUCT(")) return MESSAGES;
      if (type.endsWith("]")) return LIST;
      if (type.startsWith("STRUCT") || type.startsWith("UNION")) return RECORD;
      return type.startsWith("MAP") ? MAP : TEXT;
    }
  }

  private record Column(int at, String name, Kind kind) {}

  private final String name;
  private final Connection connection;
  private final ResultSet rows;
  private final List<Column> columns = new ArrayList<>();
  private long number;
  private final long total;

  /** Opens the file. */
  public ParquetRows(Path path) {
    this(path, "*");
  }

  private ParquetRows(Path path, String wanted) {
    name = Place.name(path);
    Place.readable(path, name, "a Parquet file", "no such file");
    connection = connection(name);
    try {
      String file = file(path);
      try (var none = query("SELECT " + wanted + file + " LIMIT 0")) {
        describe(none.getMetaData());
      }
      total = count(file);
      rows = query("SELECT " + (wanted.equals("*") ? selected() : wanted) + file);
    } catch (SQLException e) {
      close(); // or a thread and its memory stay until the collector comes by
      throw unreadable(e);
    }
  }

  private ResultSet query(String query) throws SQLException {
    return connection.createStatement().executeQuery(query);
  }

  // The file's own footer says it.
  private long count(String file) throws SQLException {
    try (var counted = query("SELECT count(*)" + file)) {
      return counted.next() ? counted.getLong(1) : 0;
    }
  }

  private void describe(ResultSetMetaData described) throws SQLException {
    for (int c = 1; c <= described.getColumnCount(); c++) {
      String type = described.getColumnTypeName(c);
      if (!type.equals("BLOB")) {
        columns.add(new Column(columns.size() + 1, described.getColumnName(c), Kind.of(type)));
      }
    }
  }

  private String selected() {
    if (columns.isEmpty()) return "*";
    return columns.stream()
        .map(c -> c.kind == Kind.MESSAGES ? "to_json(" + quoted(c.name) + ")" : quoted(c.name))
        .collect(Collectors.joining(", "));
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

  private static Connection connection(String name) {
    var options = new Properties();
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
  private static String file(Path path) {
    String literal = path.toAbsolutePath().toString().replaceAll("[\\[*?]", "[$0]");
    return " FROM read_parquet('" + literal.replace("'", "''") + "', hive_partitioning = false)";
  }

  private InputException unreadable(SQLException e) {
    return new InputException(name, "a Parquet file", first(e), "Check the file.", e);
  }

  // What follows in DuckDB's messages is our own query.
  private static String first(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  /** Hands on two columns, a name and bytes, row by row. */
  public static void eachBytes(
      Path path, String key, String bytes, BiConsumer<String, byte[]> use) {
    try (var file = new ParquetRows(path, quoted(key) + ", " + quoted(bytes))) {
      String work = "Reading " + file.name;
      while (file.rows.next()) {
        Stop.ifInterrupted(work);
        byte[] value = file.rows.getBytes(2);
        if (value != null) use.accept(file.rows.getString(1), value);
      }
    } catch (SQLException e) {
      throw new InputException(Place.name(path), "bytes in '" + bytes + "'", first(e), "", e);
    }
  }

  private static String quoted(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }

  @Override
  public Row next() {
    try {
      if (!rows.next()) return null;
      number++;
      var fields = new LinkedHashMap<String, Object>();
      for (var column : columns) fields.put(column.name, value(column));
      return new ParquetRow(name + " row " + number, fields);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private Object value(Column column) throws SQLException {
    String written = rows.getString(column.at);
    if (written == null || column.kind == Kind.TEXT) return written;
    return column.kind == Kind.MESSAGES ? JsonRows.tree(written) : column.kind;
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

  private record ParquetRow(String where, Map<String, Object> values) implements Row {

    @Override
    public Collection<String> fields() {
      return values.keySet();
    }

    @Override
    public String text(String field) {
      Object value = values.get(field);
      if (value == null || value instanceof String) return (String) value;
      String found = (value instanceof Kind kind ? kind : Kind.MESSAGES).what;
      throw refuse("a text in '" + field + "'", found, "");
    }

    @Override
    public boolean nests() {
      return true;
    }

    @Override
    public Messages messages(String field) {
      return values.get(field) instanceof JsonNode node ? Messages.of(node) : null;
    }
  }
}
