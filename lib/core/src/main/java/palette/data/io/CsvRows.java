package palette.data.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import palette.support.InputException;

/**
 * Records of a table with a header line (RFC 4180): a quoted field may hold separators, doubled
 * quotes and line ends. A quote inside an unquoted field is an ordinary character, and with a tab
 * as the separator every quote is.
 */
final class CsvRows implements Rows<Row> {
  private final Lines lines;
  private final char separator;
  private final List<String> names;
  private final Map<String, Integer> position = new HashMap<>();
  private long first; // line on which the record begins

  /** Reads the header from these lines; closes them. */
  CsvRows(Lines lines, char separator) {
    this.lines = lines;
    this.separator = separator;
    var header = values();
    if (header == null) {
      throw new InputException(lines.file(), "a header line", "an empty file", "");
    }
    names = Arrays.asList(header);
    for (var name : names) {
      if (position.putIfAbsent(name, position.size()) != null) {
        throw new InputException(
            lines.where(), "each column once", "'" + name + "' twice", "Rename one of them.");
      }
    }
  }

  /** The columns in order. */
  List<String> names() {
    return names;
  }

  @Override
  public Row next() {
    var values = values();
    if (values == null) return null;
    var row = new CsvRow(lines.file() + " line " + first, names, position, values);
    if (values.length != names.size()) {
      String next = "The header names " + names.size() + "; is a quote or a separator missing?";
      throw row.refuse(names.size() + " fields", "" + values.length, next);
    }
    return row;
  }

  @Override
  public long number() {
    return first;
  }

  /** The fields of the next record; blank lines are passed over. */
  private String[] values() {
    String line;
    do {
      first = lines.number() + 1;
      line = lines.next();
    } while (line != null && line.isEmpty());
    return line == null ? null : new Fields(line).all();
  }

  /** One record being taken apart. */
  private final class Fields {
    private final ArrayList<String> fields = new ArrayList<>();
    private String line;
    private int at;

    Fields(String line) {
      this.line = line;
    }

    String[] all() {
      while (true) {
        boolean quoted = separator != '\t' && at < line.length() && line.charAt(at) == '"';
        fields.add(quoted ? quoted() : plain());
        if (at >= line.length()) return fields.toArray(new String[0]);
        at++; // the separator; a field follows, though it may be empty
      }
    }

    private String plain() {
      int end = line.indexOf(separator, at);
      String field = line.substring(at, end < 0 ? line.length() : end);
      at += field.length();
      return field;
    }

    private String quoted() {
      var field = new StringBuilder();
      at++;
      while (true) {
        int quote = line.indexOf('"', at);
        if (quote < 0) {
          field.append(line, at, line.length()).append('\n');
          continueBelow(field.length());
        } else {
          field.append(line, at, quote);
          at = quote + 1;
          if (at >= line.length() || line.charAt(at) != '"') return closed(field);
          field.append('"');
          at++;
        }
      }
    }

    private String closed(StringBuilder field) {
      if (at < line.length() && line.charAt(at) != separator) {
        throw new InputException(
            lines.where() + " column " + (at + 1),
            "a separator behind the closing quote",
            "'" + line.charAt(at) + "'",
            "Double a quote inside a quoted field.");
      }
      return field.toString();
    }

    private void continueBelow(int length) {
      line = length > Lines.LONGEST ? null : lines.next();
      at = 0;
      if (line == null) {
        String end = length > Lines.LONGEST ? "none for very long" : "the end of the file";
        throw new InputException(
            lines.file() + " line " + first, "a closing quote", end, "Close or double the quote.");
      }
    }
  }

  @Override
  public void close() {
    lines.close();
  }

  private record CsvRow(
      String where, List<String> names, Map<String, Integer> position, String[] values)
      implements Row {

    @Override
    public Collection<String> fields() {
      return names;
    }

    @Override
    public String text(String field) {
      Integer at = position.get(field);
      return at == null ? null : values[at];
    }
  }
}
