package palette.data.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import palette.support.InputException;

/** What is wrong with a line of JSON, in words for whoever has the file and not the parser. */
final class JsonFault {
  private static final Pattern TWICE = Pattern.compile("Duplicate field '([^']*)'");
  private static final Pattern NO_NUMBER = Pattern.compile("Non-standard token '([^']*)'");
  private static final int AROUND = 20;

  private JsonFault() {}

  static InputException of(JsonProcessingException e, String line, String text) {
    var at = e.getLocation();
    int column = at == null ? 0 : at.getColumnNr();
    String where = column > 0 ? line + " column " + column : line;
    if (text == null) return inArray(e, line);
    Matcher twice = TWICE.matcher(e.getOriginalMessage());
    if (twice.find()) {
      return new InputException(
          line, "each field once", "'" + twice.group(1) + "' twice", Row.MEND, e);
    }
    boolean cut = column > text.stripTrailing().length();
    String next = next(e, text, cut);
    return new InputException(where, "a JSON object", found(text, column), next, e);
  }

  // In the midst of an array nothing says where the next element begins.
  private static InputException inArray(JsonProcessingException e, String file) {
    var at = e.getLocation();
    String where = at == null ? file : file + " line " + at.getLineNr();
    if (at != null && at.getColumnNr() > 0) where += " column " + at.getColumnNr();
    Matcher twice = TWICE.matcher(e.getOriginalMessage());
    var cause = new Unreadable(e.getOriginalMessage());
    if (twice.find()) {
      String found = "'" + twice.group(1) + "' twice";
      return new InputException(where, "each field once", found, "Mend the file.", cause);
    }
    if (e.getOriginalMessage().startsWith("Unexpected end-of-input")) {
      String next = "Fetch the file again.";
      return new InputException(where, "a whole array", "its end cut off", next, cause);
    }
    Matcher none = NO_NUMBER.matcher(e.getOriginalMessage());
    String next = none.find() ? none.group(1) + " is no JSON; leave the field out." : "Mend it.";
    return new InputException(where, "JSON as it began", "none", next, cause);
  }

  private static String found(String text, int column) {
    int from = Math.min(column - 1, text.length()) - AROUND;
    if (from <= 0) return Row.found(text);
    return "'..." + text.substring(from, Math.min(from + 2 * AROUND, text.length())) + "'";
  }

  private static String next(JsonProcessingException e, String text, boolean cut) {
    Matcher none = NO_NUMBER.matcher(e.getOriginalMessage());
    if (none.find()) return none.group(1) + " is no JSON; leave the field out.";
    if (text.stripLeading().startsWith("{'")) return "JSON has double quotes: \"user\".";
    if (!text.stripLeading().startsWith("{")) return "Read a CSV file as CSV. " + Row.MEND;
    if (cut) return "The end of the line is missing. " + Row.MEND;
    return Row.MEND;
  }
}
