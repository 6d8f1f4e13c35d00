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
 * or two colons as the separator every quote is. Of a bad record only the first line is lost: the
 * next call goes on with its second, for a stray quote makes one record of many.
 */
final class CsvRows implements Rows<Row> {
  private static final int MOST_ABOVE = 100; // lines above a header

  private final LinesAgain lines;
  private final String separator;
  private final boolean quotes; // whether a quote at the start of a field means anything
  private final boolean named; // by the caller
  private final List<String> names;
  private final Map<String, Integer> position = new HashMap<>();
  private long first; // line on which the record begins

  /** Reads the header from these lines unless its names are given; closes them. */
  CsvRows(Lines lines, char separator, List<String> given) {
    this(lines, separator, given, "");
  }

  /** The same where the header begins with this column and other lines stand above it. */
  CsvRows(Lines lines, char separator, String firstColumn) {
    this(lines, separator, List.of(), firstColumn);
  }

  private CsvRows(Lines lines, char separator, List<String> given, String firstColumn) {
    this.lines = new LinesAgain(lines);
    this.separator = separator == Input.COLONS ? "::" : String.valueOf(separator);
    quotes = separator != '\t' && separator != Input.COLONS;
    named = !given.isEmpty();
    names = named ? given : firstColumn.isEmpty() ? header() : header(firstColumn);
    for (var name : names) {
      if (position.putIfAbsent(name, position.size()) != null) {
        throw new InputException(
            lines.where(), "each column once", "'" + name + "' twice", "Rename one of them.");
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
      throw new InputException(lines.where(), "a header line", Row.found(line), next);
    }
    return Arrays.asList(new Fields(line).all());
  }

  private List<String> header(String firstColumn) {
    for (int i = 0; i < MOST_ABOVE; i++) {
      var values = values();
      if (values != null && values[0].equals(firstColumn)) return Arrays.asList(values);
    }
    throw new InputException(
        lines.file(),
        "a header that begins with '" + firstColumn + "'",
        "none in the first " + MOST_ABOVE + " lines",
        "Is it this kind of file?");
  }

  @Override
  public Row next() {
    try {
      return record();
    } catch (InputException e) {
      lines.back();
      throw e;
    }
  }

  private Row record() {
    var values = values();
    if (values == null) return null;
    var row = new CsvRow(lines.file() + " line " + first, names, position, values);
    if (values.length != names.size()) {
      String who = named ? ".header(...) names " : "The header names ";
      String next = who + names.size() + "; is a quote or a separator missing?";
      throw row.refuse(names.size() + " fields", "" + values.length, next);
    }
    return row;
  }

  @Override
  public long number() {
    return first;
  }

  @Override
  public long lines() {
    return lines.number() - first + 1;
  }

  private String[] values() {
    String line = begun();
    return line == null ? null : new Fields(line).all();
  }

  /** The first line of the next record; blank lines are passed over. */
  private String begun() {
    String line;
    do {
      first = lines.number() + 1;
      line = lines.next();
    } while (line != null && line.isEmpty());
    return line;
  }

  /** One record being taken apart. */
  private final class Fields {
    private final ArrayList<String> fields = new ArrayList<>();
    private String line;
    private int at;
    private long size; // characters of the lines before this one

    Fields(String line) {
      this.line = line;
    }

    String[] all() {
      while (true) {
        boolean quoted = quotes && at < line.length() && line.charAt(at) == '"';
        fields.add(quoted ? quoted() : plain());
        if (at >= line.length()) return fields.toArray(new String[0]);
        at += separator.length(); // a field follows, though it may be empty
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
          continueBelow();
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
      if (at < line.length() && !line.startsWith(separator, at)) {
        throw new InputException(
            lines.where() + " column " + (at + 1),
            "a separator behind the closing quote",
            "'" + line.charAt(at) + "'",
            "Double a quote inside a quoted field.");
      }
      return field.toString();
    }

    private void continueBelow() {
      size += line.length();
      line = size > Lines.LONGEST ? null : lines.more();
      at = 0;
      if (line == null) {
        String end = size > Lines.LONGEST ? "none for very long" : "the end of the file";
        throw new InputException(
            lines.file() + " line " + first, "a closing quote", end, "Close or double the quote.");
      }
    }
  }

  @Override
  public double share() {
    return lines.share();
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
