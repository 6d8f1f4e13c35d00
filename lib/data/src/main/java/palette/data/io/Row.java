package palette.data.io;

import java.util.Collection;
import java.util.Locale;
import palette.support.InputException;
import palette.support.Texts;

/** One record of a file: named fields, and where it stands. */
public interface Row {

  /** What can be done about any bad record. */
  String MEND = "Mend it, or read with .skipInvalid(), which leaves bad lines out.";

  /** What a number is written with; Java's own 3d and 0x1p3 are none. */
  String OF_NUMBERS = "0123456789.-+eE";

  /** File and line, {@code "answers.csv line 17"}. */
  String where();

  /** The names of the fields that are there. */
  Collection<String> fields();

  /** The value of a field as text; null where the field is missing. */
  String text(String field);

  /** The value of a field of a fixed format, which has to be there and not blank. */
  default String required(String field) {
    String value = text(field);
    if (value != null && !value.isBlank()) return value;
    if (value != null || fields().contains(field)) {
      throw refuse("a value in '" + field + "'", found(value), "");
    }
    String there = Mapping.listed(fields());
    throw refuse("a field '" + field + "'", there, "In this format it has this name.");
  }

  /** What to throw where an id, of which there may be one, comes again. */
  default InputException twice(String expected, String id) {
    return refuse(expected, found(id) + " twice", "");
  }

  /** Refuses another text of an id than before; null: none. */
  default void sameText(String id, String text, String before) {
    if (before == null || text == null || before.equals(text)) return;
    throw refuse("one text for the id " + found(id), found(text) + " after " + found(before), "");
  }

  /** What to throw about this record; where there is no better advice, that of all readers. */
  default InputException refuse(String expected, String found, String next) {
    return new InputException(where(), expected, found, next.isEmpty() ? MEND : next);
  }

  default double number(String field) {
    return number(field, text(field));
  }

  /** A finite number written in a field. */
  default double number(String field, String written) {
    return number(field, written, "");
  }

  /** The same with advice for whoever finds none. */
  default double number(String field, String written, String next) {
    double value = parsed(written);
    if (Double.isFinite(value)) return value;
    throw refuse("a number in '" + field + "'", found(written), next);
  }

  /** A number that is finite as a float, too. */
  default float floating(String field, String written, String next) {
    float value = (float) number(field, written, next);
    if (Float.isFinite(value)) return value;
    throw refuse("a number of at most 3.4e38 in '" + field + "'", found(written), next);
  }

  private static double parsed(String written) {
    String number = written == null ? "" : written.strip();
    for (int i = 0; i < number.length(); i++) {
      if (OF_NUMBERS.indexOf(number.charAt(i)) < 0) return Double.NaN;
    }
    try {
      return Double.parseDouble(number);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** A field that is true or false, in capitals or not, or 1 or 0; false where there is nothing. */
  default boolean truth(String field) {
    String written = text(field);
    if (written == null || written.isBlank()) return false;
    return switch (written.strip().toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw refuse("true or false in '" + field + "'", found(written), "");
    };
  }

  /** A value as messages show it. */
  static String found(String value) {
    if (value == null) return "none";
    if (value.isBlank()) return "an empty one";
    return "'" + Texts.shortened(value, 60) + "'";
  }
}
