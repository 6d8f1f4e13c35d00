package palette.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Texts;
import tech.tablesaw.api.Table;

/**
 * What every reader starts from: a file (or a table) and how to take it. {@code separator} 0 means
 * JSONL; {@code collect} null means to stop at the first bad line.
 */
record Input(
    Path path, Table table, Charset charset, char separator, boolean skip, List<BadLine> collect) {
  static final char JSONL = 0;

  /** JSONL by the name's ending, a table otherwise. */
  static Input of(Path path) {
    String name = Checks.present("path", path).toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) name = name.substring(0, name.length() - 3);
    boolean json = name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json");
    return of(path, json ? JSONL : name.endsWith(".tsv") ? '\t' : ',');
  }

  static Input of(Path path, char separator) {
    Checks.present("path", path);
    return new Input(path, null, StandardCharsets.UTF_8, separator, false, null);
  }

  static Input of(Table table) {
    Checks.present("table", table);
    return new Input(null, table, StandardCharsets.UTF_8, ',', false, null);
  }

  Input charset(String name) {
    Charset found;
    try {
      found = Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "charset: expected a name that Java knows, such as UTF-8, UTF-16 or windows-1252,"
              + " found "
              + name
              + ".",
          e);
    }
    return new Input(path, table, found, separator, skip, collect);
  }

  Input separator(char other) {
    return new Input(path, table, charset, other, skip, collect);
  }

  Input skipInvalid(List<BadLine> into) {
    return new Input(path, table, charset, separator, true, into);
  }

  /** The same handling of another file. */
  Input file(Path other) {
    char by = of(other).separator;
    return new Input(other, null, charset, by, skip, collect);
  }

  Lines lines() {
    return new Lines(path, charset);
  }

  Rows<? extends Row> rows() {
    if (table != null) return new TableRows(table);
    if (path.toString().endsWith(".parquet")) return new ParquetRows(path);
    var lines = lines();
    try {
      return separator == JSONL ? new JsonRows(lines) : new CsvRows(lines, separator);
    } catch (RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  String name() {
    return table != null ? table.name() : path.getFileName().toString();
  }

  /** Hands on every object of a JSONL file. */
  List<String> eachJson(Consumer<JsonRows.JsonRow> use) {
    try (var rows = new JsonRows(lines())) {
      return each(rows, use);
    }
  }

  /** Hands on every record; returns what is worth saying about those that were left out. */
  List<String> each(Consumer<Row> use) {
    try (var rows = rows()) {
      return each(rows, use);
    }
  }

  <R> List<String> each(Rows<? extends R> rows, Consumer<R> use) {
    var bad = new ArrayList<BadLine>();
    InputException first = null;
    long good = 0;
    while (true) {
      try {
        var row = rows.next();
        if (row == null) break;
        use.accept(row);
        good++;
      } catch (InputException e) {
        if (!skip) throw e;
        if (first == null) first = e;
        bad.add(new BadLine(rows.number(), e.getMessage()));
      }
    }
    if (good == 0) throw first != null ? first : empty();
    return report(bad);
  }

  private InputException empty() {
    return new InputException(name(), "at least one record", "none", "Check the file.");
  }

  private List<String> report(List<BadLine> bad) {
    if (bad.isEmpty()) return List.of();
    String note =
        Texts.count(bad.size(), "bad line")
            + " of "
            + name()
            + " skipped; the first: "
            + bad.get(0).reason();
    if (collect == null) System.err.println(note);
    else collect.addAll(bad);
    return List.of(note);
  }
}
