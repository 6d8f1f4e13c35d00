package palette.data.io;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import palette.support.Checks;
import tech.tablesaw.api.Table;

/**
 * What every reader starts from: a file (or a table) and how to take it. {@code separator} is what
 * parts the fields of a text, {@link #JSONL} or {@link #PARQUET}. {@code header} names the columns
 * of a table that does not do so itself, and is empty for all others. {@code skip} leaves bad lines
 * out; each goes to {@code collect} with its reason, or one line about all to {@code System.err}
 * where that is null.
 */
public record Input(
    Path path,
    Table table,
    Charset charset,
    char separator,
    List<String> header,
    boolean skip,
    ObjLongConsumer<String> collect) {
  /** The separator of files with an object a line. */
  public static final char JSONL = 0;

  /** The separator of Parquet files, which have none. */
  public static final char PARQUET = 1;

  /** The separator of fields parted by two colons, among which no quote means anything. */
  public static final char COLONS = 2;

  /** JSONL or Parquet by the name's ending, a table otherwise. */
  public static Input of(Path path) {
    Checks.present("path", path);
    if (Place.ends(path, ".parquet")) return of(path, PARQUET);
    String name = Place.unpackedName(path);
    boolean json = name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json");
    return of(path, json ? JSONL : name.endsWith(".tsv") ? '\t' : ',');
  }

  /** A file of fields parted by this character. */
  public static Input of(Path path, char separator) {
    Checks.present("path", path);
    return new Input(path, null, StandardCharsets.UTF_8, separator, List.of(), false, null);
  }

  public static Input of(Table table) {
    Checks.present("table", table);
    return new Input(null, table, StandardCharsets.UTF_8, ',', List.of(), false, null);
  }

  public Input charset(String name) {
    try {
      return new Input(path, table, Charset.forName(name), separator, header, skip, collect);
    } catch (IllegalArgumentException e) {
      String expected = "a name that Java knows, such as UTF-8, UTF-16 or windows-1252";
      throw new IllegalArgumentException(
          "charset: expected " + expected + ", found " + name + ".", e);
    }
  }

  public Input separator(char other) {
    return new Input(path, table, charset, other, header, skip, collect);
  }

  /** The same with names for the columns of a table that has none. */
  public Input header(List<String> names) {
    Checks.notEmpty("header", names);
    return new Input(path, table, charset, separator, List.copyOf(names), skip, collect);
  }

  /** The same without its bad lines, which are handed on; null: told on {@code System.err}. */
  public Input skipInvalid(ObjLongConsumer<String> into) {
    return new Input(path, table, charset, separator, header, true, into);
  }

  public Input file(Path other) {
    return as(of(other));
  }

  /** Another file of its own columns, with the same charset and handling of bad lines. */
  public Input as(Input other) {
    return new Input(
        other.path, other.table, charset, other.separator, other.header, skip, collect);
  }

  /** Its lines, to be closed. */
  public Lines lines() {
    return new Lines(path, charset);
  }

  /** Its records, to be closed. */
  public Rows<? extends Row> rows() {
    if (table != null) return new TableRows(table);
    if (separator == PARQUET || Place.ends(path, ".parquet")) return new ParquetRows(path);
    var lines = lines();
    try {
      return separator == JSONL ? json(lines) : new CsvRows(lines, separator, header, "");
    } catch (RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  private static Rows<JsonRows.JsonRow> json(Lines lines) {
    return lines.first() == '[' ? new JsonArrayRows(lines) : new JsonRows(lines);
  }

  public String name() {
    return table != null ? table.name() : Place.name(path);
  }

  /** Hands on every object of a JSONL file, or of a JSON array. */
  public List<String> eachJson(Consumer<JsonRows.JsonRow> use) {
    try (var lines = lines()) {
      return each(json(lines), use);
    }
  }

  /** Hands on every record; returns what is worth saying about those that were left out. */
  public List<String> each(Consumer<Row> use) {
    try (var rows = rows()) {
      return each(rows, use);
    }
  }

  /** The same for a table whose header, of this first column, stands below other lines. */
  public List<String> each(String firstColumn, Consumer<Row> use) {
    try (var lines = lines()) {
      return each(new CsvRows(lines, separator, List.of(), firstColumn), use);
    }
  }

  /** The same for records of any kind. A record that is refused must have changed nothing. */
  public <R> List<String> each(Rows<? extends R> rows, Consumer<R> use) {
    return Pass.over(rows, this, use);
  }
}
