package palette.data.io;

import java.util.Collection;
import palette.support.InputException;

/** One record of a file: named fields, and where it stands. */
public interface Row {

  /** What can be done about any bad record. */
  String MEND = "Mend it, or read with .skipInvalid(), which leaves bad lines out.";

  /** File and line, {@code "answers.csv line 17"}. */
  String where();

  /** The names of the fields that are there. */
  Collection<String> fields();

  /** The value of a field as text; null where the field is missing. */
  String text(String field);

  /** What to throw about this record; where there is no better advice, that of all readers. */
  default InputException refuse(String expected, String found, String next) {
    return new InputException(where(), expected, found, next.isEmpty() ? MEND : next);
  }

  /** A field that holds a number. */
  default double number(String field) {
    return number(field, text(field));
  }

  /** A finite number written in a field. */
  default double number(String field, String written) {
    return number(field, written, "");
  }

  /** The same with advice for whoever finds none. */
  default double number(String field, String written, String next) {
    try {
      double value = Double.parseDouble(written.strip());
      if (Double.isFinite(value)) return value;
    } catch (NumberFormatException | NullPointerException e) {
      // falls through to the one message
    }
    throw refuse("a number in '" + field + "'", found(written), next);
  }

  /** A value as messages show it. */
  static String found(String value) {
    if (value == null) return "none";
    if (value.isBlank()) return "an empty one";
    return value.length() <= 60 ? "'" + value + "'" : "'" + value.substring(0, 57) + "...'";
  }
}
