package palette.data.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;
import palette.support.InputException;

/**
 * The rows of a Parquet file, counted from 1, as DuckDB reads them: a stream, without the columns
 * of bytes, which may be images.
 */
public final class ParquetRows implements Rows<Row> {
  private final String name;
  private final Connection connection;
  private final ResultSet rows;
  private final Collection<String> columns = new ArrayList<>();
  private long number;

  /** Opens the file. */
  public ParquetRows(Path path) {
    this(path, "*");
  }

  private ParquetRows(Path path, String wanted) {
    name = path.getFileName().toString();
    if (!Files.isRegularFile(path)) {
      throw new InputException(name, "a Parquet file", "no such file", "Check the path.");
    }
    var options = new Properties();
    options.setProperty("jdbc_stream_results", "true");
    options.setProperty("autoinstall_known_extensions", "false");
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:", options);
      String file = path.toString().replace("'", "''");
      rows =
          connection
              .createStatement()
              .executeQuery("SELECT " + wanted + " FROM read_parquet('" + file + "')");
      var described = rows.getMetaData();
      for (int c = 1; c <= described.getColumnCount(); c++) {
        if (!described.getColumnTypeName(c).equals("BLOB")) columns.add(described.getColumnName(c));
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private InputException unreadable(SQLException e) {
    return new InputException(name, "a Parquet file", e.getMessage(), "Check the file.", e);
  }

  /** Hands on two columns, a name and bytes, row by row. */
  public static void eachBytes(
      Path path, String key, String bytes, BiConsumer<String, byte[]> use) {
    try (var file = new ParquetRows(path, quoted(key) + ", " + quoted(bytes))) {
      while (file.rows.next()) {
        byte[] value = file.rows.getBytes(2);
        if (value != null) use.accept(file.rows.getString(1), value);
      }
    } catch (SQLException e) {
      throw new InputException(
          path.getFileName().toString(), "bytes in '" + bytes + "'", e.getMessage(), "", e);
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
      var fields = new LinkedHashMap<String, String>();
      for (var column : columns) fields.put(column, rows.getString(column));
      return new ParquetRow(name + " row " + number, fields);
    } catch (SQLException e) {
      throw unreadable(e);
    }
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

  private record ParquetRow(String where, Map<String, String> values) implements Row {

    @Override
    public Collection<String> fields() {
      return values.keySet();
    }

    @Override
    public String text(String field) {
      return values.get(field);
    }
  }
}
