package palette.data.io;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import palette.support.InputException;

/** What the lines with {@code #} say; what is wrong with them is said when the first vote comes. */
public final class PreflibHeader {
  private static final String NAME = "ALTERNATIVE NAME ";
  private static final List<String> COUNTS = List.of("NUMBER VOTERS", "NUMBER ALTERNATIVES");
  private static final List<String> TYPES = List.of("soc", "soi", "toc", "toi");

  private final String file;
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private InputException fault; // the first; without a header nothing else is right

  PreflibHeader(String file) {
    this.file = file;
  }

  void add(String line, String where) {
    int colon = line.indexOf(':');
    if (colon < 0) return;
    String key = line.substring(0, colon).strip();
    String value = line.substring(colon + 1).strip();
    if (key.startsWith(NAME)) name(key.substring(NAME.length()).strip(), value, where);
    else value(key, value, where);
  }

  private void name(String id, String name, String where) {
    if (whole(id) < 1) {
      fault(where, "'# ALTERNATIVE NAME' and its number from 1", Row.found(id));
    } else if (names.putIfAbsent(id, name) != null) {
      fault(where, "one name for each alternative", "a second for '" + id + "'");
    }
  }

  private void value(String key, String value, String where) {
    if (COUNTS.contains(key) && whole(value) < 1) {
      fault(where, "a whole number of at least 1 as '" + key + "'", Row.found(value));
    }
    values.put(key, value);
    if (key.equals("DATA TYPE") && !TYPES.contains(type())) {
      fault(where, "soc, soi, toc or toi as 'DATA TYPE'", Row.found(value));
    }
  }

  private void fault(String where, String expected, String found) {
    if (fault == null) fault = new InputException(where, expected, found, "Mend the header.");
  }

  /** Throws what is wrong with it. */
  void check() {
    if (fault != null) throw fault;
    if (!names.isEmpty() && declared("NUMBER ALTERNATIVES", names.size()) == names.size()) return;
    throw new InputException(
        file,
        "a line '# ALTERNATIVE NAME n: ...' for each of "
            + values.getOrDefault("NUMBER ALTERNATIVES", "the")
            + " alternatives",
        "" + names.size(),
        "Files without '#' are of the old format: take them from preflib.org again.");
  }

  /** The names of the alternatives by their numbers. */
  public Map<String, String> names() {
    return names;
  }

  /** soc, soi, toc or toi; empty where the file does not say. */
  String type() {
    return values.getOrDefault("DATA TYPE", "").toLowerCase(Locale.ROOT);
  }

  /** A number of the header, or another where it does not say. */
  public long declared(String key, long otherwise) {
    return values.containsKey(key) ? whole(values.get(key)) : otherwise;
  }

  /** A whole number of up to twelve digits; 0 for anything else. */
  static long whole(String written) {
    return written.matches("\\d{1,12}") ? Long.parseLong(written) : 0;
  }
}
