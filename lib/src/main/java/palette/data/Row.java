package palette.data;

import java.util.Collection;
import palette.support.InputException;

/** One record of a file: named fields, and where it stands. */
interface Row {

  /** File and line, {@code "answers.csv line 17"}. */
  String where();

  /** The names of the fields that are there. */
  Collection<String> fields();

  /** The value of a field as text; null where the field is missing. */
  String text(String field);

  /** What to throw about this record. */
  default InputException refuse(String expected, String found, String next) {
    return new InputException(where(), expected, found, next);
  }

  /** A field that holds a number. */
  default double number(String field) {
    return number(field, text(field));
  }

  /** A finite number written in a field. */
  default double number(String field, String written) {
    try {
      double value = Double.parseDouble(written.strip());
      if (Double.isFinite(value)) return value;
    } catch (NumberFormatException | NullPointerException e) {
      // falls through to the one message
    }
    throw refuse("a number in '" + field + "'", found(written), "");
  }

  /** A value as messages show it. */
  static String found(String value) {
    if (value == null) return "none";
    if (value.isBlank()) return "an empty one";
    return value.length() <= 60 ? "'" + value + "'" : "'" + value.substring(0, 57) + "...'";
  }
}
