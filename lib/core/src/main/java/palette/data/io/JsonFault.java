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
    Matcher twice = TWICE.matcher(e.getOriginalMessage());
    if (twice.find()) {
      return new InputException(
          line, "each field once", "'" + twice.group(1) + "' twice", Row.MEND, e);
    }
    boolean cut = column > text.stripTrailing().length();
    String next = next(e, text, cut);
    return new InputException(where, "a JSON object", found(text, column), next, e);
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
