package palette.data.io;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import palette.support.InputException;

/**
 * Records of a table with a header line (RFC 4180): a quoted field may hold separators, doubled
 * quotes and line ends. A quote inside an unquoted field is an ordinary character, and with a tab
 * or two colons as the separator every quote is. Of a bad record only the first line is lost: the
 * next call goes on with its second, for a stray quote makes one record of many.
 */
final class CsvRows extends LineRows<Row> {
  private static final int MOST_ABOVE = 100; // lines above a header

  private final LinesAgain taken;
  private final String separator;
  private final boolean quotes; // whether a quote at the start of a field means anything
  private final boolean named; // by the caller
  private final List<String> names;
  private final Map<String, Integer> position = new HashMap<>();
  private long first; // line on which the record begins

  /**
   * Reads from these lines. The header is given, or else stands on the first line, or on that which
   * begins with this column, where one is named.
   */
  CsvRows(Lines lines, char separator, List<String> given, String firstColumn) {
    super(lines);
    taken = new LinesAgain(lines);
    this.separator = separator == Input.COLONS ? "::" : String.valueOf(separator);
    quotes = separator != '\t' && separator != Input.COLONS;
    named = !given.isEmpty();
    names = named ? given : firstColumn.isEmpty() ? header() : header(firstColumn);
    for (var name : names) {
      if (position.putIfAbsent(name, position.size()) != null) {
        throw new InputException(
            where(taken.number()),
            "each column once",
            "'" + name + "' twice",
            "Rename one of them.");
      }
    }
  }

  private List<String> header() {
    String line = begun();
    if (line == null) {
      throw new InputException(lines.file(), "a header line", "an empty file", "");
    }
    if (line.startsWith("{\"") || line.startsWith("[{") || line.equals("[")) {
      String next = "That looks like JSON: read it as JSONL.";
      throw new InputException(where(first), "a header line", Row.found(line), next);
    }
    return new Fields(line).all();
  }

  private List<String> header(String firstColumn) {
    for (int i = 0; i < MOST_ABOVE; i++) {
      var values = values();
      if (values != null && values.get(0).equals(firstColumn)) return values;
    }
    throw new InputException(
        lines.file(),
        "a header that begins with '" + firstColumn + "'",
        "none in the first " + MOST_ABOVE + " lines",
        "Is it this kind of file?");
  }

  private String where(long line) {
    return lines.file() + " line " + line;
  }

  @Override
  public Row next() {
    try {
      var values = values();
      if (values == null) return null;
      var row = new CsvRow(where(first), names, position, values);
      if (values.size() == names.size()) return row;
      String who = named ? ".header(...) names " : "The header names ";
      String next = who + names.size() + "; is a quote or a separator missing?";
      throw row.refuse(names.size() + " fields", "" + values.size(), next);
    } catch (InputException e) {
      taken.back();
      throw e;
    }
  }

  @Override
  public long number() {
    return first;
  }

  @Override
  public long lines() {
    return taken.number() - first + 1;
  }

  private List<String> values() {
    String line = begun();
    return line == null ? null : new Fields(line).all();
  }

  /** The first line of the next record; blank lines are passed over. */
  private String begun() {
    String line;
    do {
      first = taken.number() + 1;
      line = taken.next();
    } while (line != null && line.isEmpty());
    return line;
  }

  /** One record being taken apart. */
  private final class Fields {
    private String line;
    private int at;
    private long size; // characters of the lines before this one

    Fields(String line) {
      this.line = line;
    }

    List<String> all() {
      var fields = new ArrayList<String>();
      while (true) {
        boolean quoted = quotes && at < line.length() && line.charAt(at) == '"';
        fields.add(quoted ? quoted() : plain());
        if (at >= line.length()) return fields;
        at += separator.length(); // a field follows, though it may be empty
      }
    }

    private String plain() {
      int from = at;
      int end = line.indexOf(separator, at);
      at = end < 0 ? line.length() : end;
      return line.substring(from, at);
    }

    private String quoted() {
      var field = new StringBuilder();
      at++;
      while (true) {
        int quote = line.indexOf('"', at);
        field.append(line, at, quote < 0 ? line.length() : quote);
        at = quote + 1;
        if (quote < 0) {
          field.append('\n');
          continueBelow();
        } else if (line.startsWith("\"", at)) {
          field.append('"');
          at++;
        } else if (at == line.length() || line.startsWith(separator, at)) {
          return field.toString();
        } else {
          throw new InputException(
              where(taken.number()) + " column " + (at + 1),
              "a separator behind the closing quote",
              "'" + line.charAt(at) + "'",
              "Double a quote inside a quoted field.");
        }
      }
    }

    private void continueBelow() {
      size += line.length();
      boolean endless = size > Lines.LONGEST;
      line = endless ? null : taken.more();
      if (line != null) return;
      String end = endless ? "none for very long" : "the end of the file";
      throw new InputException(where(first), "a closing quote", end, "Close or double the quote.");
    }
  }

  private record CsvRow(
      String where, List<String> names, Map<String, Integer> position, List<String> values)
      implements Row {

    @Override
    public Collection<String> fields() {
      return names;
    }

    @Override
    public String text(String field) {
      Integer at = position.get(field);
      return at == null ? null : values.get(at);
    }
  }
}
