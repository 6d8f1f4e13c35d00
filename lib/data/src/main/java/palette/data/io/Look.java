package palette.data.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import palette.support.InputException;
import palette.support.Reasons;

/**
 * The beginning of a file, to see what it is: its form, its fields, what stands in its first
 * records.
 */
public final class Look {
  public static final int RECORDS = 200;

  private static final List<Character> SEPARATORS = List.of(';', '\t', '|', ',');
  private static final Set<String> WITH_IDS = Set.of("user", "item");

  private final Input input;
  private final List<Row> rows;

  private Look(Input input, List<Row> rows) {
    this.input = input;
    this.rows = rows;
  }

  public static Look at(Path path) {
    var input = form(path);
    var rows = new ArrayList<Row>();
    try (var records = input.rows()) {
      for (var row = records.next(); row != null; row = records.next()) {
        rows.add(row);
        if (rows.size() == RECORDS) break;
      }
    }
    if (rows.isEmpty()) {
      throw new InputException(Place.name(path), "at least one record", "none", "Check the file.");
    }
    return new Look(input, rows);
  }

  // What stands in a file says more than its name: Excel's .csv may have semicolons.
  private static Input form(Path path) {
    if (isParquet(path)) return Input.of(path, Input.PARQUET);
    try (var lines = new Lines(path, StandardCharsets.UTF_8)) {
      char first = lines.first();
      if (first == '{' || first == '[') return Input.of(path, Input.JSONL);
      String header = lines.next();
      return Input.of(path, separator(header == null ? "" : header));
    }
  }

  private static boolean isParquet(Path path) {
    Place.readable(path, path.toString(), "a file", "nothing");
    try (var in = Files.newInputStream(path)) {
      return new String(in.readNBytes(4), StandardCharsets.US_ASCII).equals("PAR1");
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + path + ": " + Reasons.of(e), e);
    }
  }

  private static char separator(String header) {
    char most = ',';
    for (char one : SEPARATORS) if (count(header, one) > count(header, most)) most = one;
    return most;
  }

  private static long count(String text, char sign) {
    return text.chars().filter(c -> c == sign).count();
  }

  public Input input() {
    return input;
  }

  public String name() {
    return input.name();
  }

  /** The fields of the records, in the order in which they are met. */
  public List<String> fields() {
    var fields = new LinkedHashSet<String>();
    for (var row : rows) fields.addAll(row.fields());
    return List.copyOf(fields);
  }

  public boolean has(String... fields) {
    return fields().containsAll(List.of(fields));
  }

  /** The different texts of a field, each stripped; blank ones and lists are left out. */
  public List<String> values(String field) {
    var values = new LinkedHashSet<String>();
    for (var row : rows) {
      String text = text(row, field);
      if (!text.isBlank()) values.add(text.strip());
    }
    return List.copyOf(values);
  }

  private static String text(Row row, String field) {
    try {
      String text = row.text(field);
      return text == null ? "" : text;
    } catch (InputException e) {
      return ""; // a list or a record
    }
  }

  /** The field that plays a role by its name, {@code "worker"} for user; null for none. */
  public String role(String role) {
    var fields = fields();
    if (fields.contains(role)) return role;
    var often = Mapping.often(role);
    var found = fields.stream().filter(f -> often.contains(plain(f, role))).toList();
    if (found.size() < 2) return found.isEmpty() ? null : found.get(0);
    throw new InputException(
        name(),
        "one field for '" + role + "'",
        Mapping.listed(found),
        "Name it with ." + role + "(...) of the reader that reads the file.");
  }

  private static String plain(String field, String role) {
    String plain = field.toLowerCase(Locale.ROOT).strip().replace('-', '_').replace(' ', '_');
    if (!WITH_IDS.contains(role)) return plain;
    String name = plain.endsWith("id") ? plain.substring(0, plain.length() - 2) : plain;
    return name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
  }
}
