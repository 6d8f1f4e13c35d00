package palette.data.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;
import palette.data.io.DecodedFile.Unreadable;
import palette.support.InputException;

/** What is wrong with a line of JSON, in words for whoever has the file and not the parser. */
final class JsonFault {
  private static final Pattern TWICE = Pattern.compile("Duplicate field '([^']*)'");
  private static final Pattern NO_NUMBER = Pattern.compile("Non-standard token '([^']*)'");
  private static final int AROUND = 20;

  private JsonFault() {}

  static InputException of(JsonProcessingException e, String line, String text) {
    var twice = TWICE.matcher(e.getOriginalMessage());
    if (twice.find()) return twice(line, twice.group(1), Row.MEND, e);
    int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
    String where = column > 0 ? line + " column " + column : line;
    return new InputException(
        where, "a JSON object", found(text, column), next(e, text, column), e);
  }

  /** What is wrong in the midst of an array, where nothing says where the next element begins. */
  static InputException inArray(JsonProcessingException e, String file) {
    String where = file;
    var at = e.getLocation();
    if (at != null) where += " line " + at.getLineNr();
    if (at != null && at.getColumnNr() > 0) where += " column " + at.getColumnNr();
    String said = e.getOriginalMessage();
    var cause = new Unreadable(said);
    var twice = TWICE.matcher(said);
    if (twice.find()) return twice(where, twice.group(1), "Mend the file.", cause);
    if (said.startsWith("Unexpected end-of-input")) {
      String next = "Fetch the file again.";
      return new InputException(where, "a whole array", "its end cut off", next, cause);
    }
    return new InputException(where, "JSON as it began", "none", noNumber(said, "Mend it."), cause);
  }

  private static InputException twice(String where, String field, String next, Throwable cause) {
    return new InputException(where, "each field once", "'" + field + "' twice", next, cause);
  }

  private static String noNumber(String said, String otherwise) {
    var none = NO_NUMBER.matcher(said);
    return none.find() ? none.group(1) + " is no JSON; leave the field out." : otherwise;
  }

  private static String found(String text, int column) {
    int from = Math.min(column - 1, text.length()) - AROUND;
    if (from <= 0) return Row.found(text);
    return "'..." + text.substring(from, Math.min(from + 2 * AROUND, text.length())) + "'";
  }

  private static String next(JsonProcessingException e, String text, int column) {
    String next = Row.MEND;
    if (text.stripLeading().startsWith("{'")) next = "JSON has double quotes: \"user\".";
    else if (!text.stripLeading().startsWith("{")) next = "Read a CSV file as CSV. " + next;
    else if (column > text.stripTrailing().length())
      next = "The end of the line is missing. " + next;
    return noNumber(e.getOriginalMessage(), next);
  }
}
