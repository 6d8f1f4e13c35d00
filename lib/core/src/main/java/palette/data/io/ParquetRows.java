package palette.data.io;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;
import palette.support.InputException;

/**
 * The rows of a Parquet file, counted from 1, as DuckDB reads them: a stream, without the columns
 * of bytes, which may be images.
 */
public final class ParquetRows implements Rows<Row> {
  private record Column(int at, String name, String nested) {} // nested: null, or what it holds

  private final String name;
  private final Connection connection;
  private final ResultSet rows;
  private final List<Column> columns = new ArrayList<>();
  private long number;

  /** Opens the file. */
  public ParquetRows(Path path) {
    this(path, "*");
  }

  private ParquetRows(Path path, String wanted) {
    name = Place.name(path);
    Place.readable(path, name, "a Parquet file", "no such file");
    connection = connection(name);
    try {
      rows = connection.createStatement().executeQuery(query(path, wanted));
      var described = rows.getMetaData();
      for (int c = 1; c <= described.getColumnCount(); c++) {
        String type = described.getColumnTypeName(c);
        if (type.equals("BLOB")) continue;
        columns.add(new Column(c, described.getColumnName(c), nested(type)));
      }
    } catch (SQLException e) {
      close(); // or a thread and its memory stay until the collector comes by
      throw unreadable(e);
    }
  }

  private static Connection connection(String name) {
    var options = new Properties();
    options.setProperty("jdbc_stream_results", "true");
    options.setProperty("autoinstall_known_extensions", "false");
    try {
      return DriverManager.getConnection("jdbc:duckdb:", options);
    } catch (SQLException e) {
      String next = "Add org.duckdb:duckdb_jdbc to the class path.";
      throw new InputException(name, "DuckDB, which reads Parquet", first(e), next, e);
    } catch (LinkageError e) {
      throw new InputException(
          name,
          "to unpack DuckDB's library into " + System.getProperty("java.io.tmpdir"),
          "that this folder is missing, or that nothing in it may be run",
          "Start Java with -Djava.io.tmpdir=FOLDER, another folder.",
          e);
    }
  }

  /**
   * The path means itself: to DuckDB {@code * ? [} are patterns, and {@code user=ann/} in a path is
   * a column.
   */
  private static String query(Path path, String wanted) {
    String literal = path.toAbsolutePath().toString().replaceAll("[\\[*?]", "[$0]");
    return "SELECT "
        + wanted
        + " FROM read_parquet('"
        + literal.replace("'", "''")
        + "', hive_partitioning = false)";
  }

  private static String nested(String type) {
    if (type.endsWith("]")) return "a list";
    if (type.startsWith("STRUCT") || type.startsWith("UNION")) return "a record";
    return type.startsWith("MAP") ? "a map" : null;
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
    return '"' + column + '"';
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
    return written == null || column.nested == null ? written : column;
  }

  @Override
  public long number() {
    return number;
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
      if (value instanceof Column column) {
        throw refuse("a text in '" + field + "'", "" + column.nested, "");
      }
      return (String) value;
    }
  }
}
