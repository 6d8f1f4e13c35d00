package palette.notebook.cells;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stack traces that code prints itself, as a reader of the notebook knows its cells: frames of a
 * cell say the cell and its line, and what called the cell is left out. Other text stays as it is.
 */
final class Traces {
  private static final String WRAPPED = "REPL.$JShell$";
  private static final Pattern LINE = Pattern.compile("[^\\n]*\\n|[^\\n]+");
  private static final Pattern AT = Pattern.compile("\\t+at ");
  private static final Pattern FRAME =
      Pattern.compile("\\t+at (REPL\\.\\$JShell\\$[\\w$]+)\\.([\\w$<>]+)\\([^:)]*:(\\d+)\\)\\s*");
  private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\w+\\$(?=\\w)");

  private final Places places;
  private boolean belowCells;
  private String last = "";

  Traces(Places places) {
    this.places = places;
  }

  /** A text in which types of cells have their own names, not those of JShell's wrappers. */
  static String ownNames(String text) {
    return text.contains(WRAPPED) ? WRAPPER.matcher(text).replaceAll("") : text;
  }

  /** What to show of printed text; empty if nothing. */
  synchronized String readable(String text) {
    if (!belowCells && !text.contains(WRAPPED)) return text;
    return LINE.matcher(text).results().map(this::line).collect(Collectors.joining());
  }

  private String line(MatchResult found) {
    var frame = FRAME.matcher(found.group());
    if (frame.matches()) return frame(frame.toMatchResult(), found.group());
    belowCells &= AT.matcher(found.group()).lookingAt();
    last = "";
    return belowCells ? "" : ownNames(found.group());
  }

  // The lowest frame of a cell is the method that JShell made of its statement.
  private String frame(MatchResult frame, String line) {
    int at = Integer.parseInt(frame.group(3));
    var element = new StackTraceElement(frame.group(1), frame.group(2), null, at);
    var before = last;
    last = places.of(element).map(place -> "\tat " + place + "\n").orElse(line);
    belowCells = frame.group(2).startsWith("do_it$");
    return last.equals(before) && last.startsWith("\tat cell ") ? "" : last;
  }
}
