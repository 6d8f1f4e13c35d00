package palette.notebook.cells;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;

/** What the compiler says about a cell, with the cell's own lines. */
final class CompileErrors {
  private static final String MAGIC =
      "magics are not Java and not part of Palette; its class path needs none. A jar is added"
          + " by palette kernel --add-jar FILE.jar (then restart the kernel), for one run by palette"
          + " run --add-jar FILE.jar.";

  private static final String TOO_LONG =
      "constant string too long: Java takes 65,535 bytes of UTF-8. Read it from a file, or join it"
          + " from parts while the cell runs.";

  private static final int WIDTH = 160;

  private CompileErrors() {}

  /** A line that begins with a percent sign, where a statement should. */
  static CellError magic(Places.Place place) {
    return error(place.at(0) + ": " + MAGIC, excerpt(place, 0).subList(0, 1));
  }

  /** A text in the source that no class file can hold; {@code at} is where it begins. */
  static CellError tooLong(Places.Place place, int at) {
    return error(place.at(at) + ": " + TOO_LONG, excerpt(place, at));
  }

  /** What the compiler threw instead of a diagnosis. */
  static CellError gaveUp(Throwable thrown, Places.Place place) {
    boolean deep = thrown.toString().contains("StackOverflowError");
    var why = deep ? "nested too deep for the compiler" : "the compiler gave up: " + thrown;
    return error(place.at(0) + ": " + why, List.of());
  }

  private static CellError error(String message, List<String> more) {
    return new CellError(
        "CompileError", message, Stream.concat(Stream.of(message), more.stream()).toList());
  }

  static CellError of(JShell shell, Snippet snippet, Places.Place place) {
    var errors = shell.diagnostics(snippet).filter(Diag::isError).toList();
    var lines = new ArrayList<String>();
    for (var error : errors) lines.addAll(report(error, place));
    if (lines.isEmpty()) lines.add(place.at(0) + ": this does not compile");
    return new CellError("CompileError", lines.get(0), lines);
  }

  /**
   * Whether JShell has neither run nor declared a snippet, and nothing that a later cell declares
   * could help.
   */
  static boolean isFailed(JShell shell, SnippetEvent event) {
    if (event.status() == Status.VALID) return false;
    return event.status() == Status.REJECTED
        || unresolved(shell, event.snippet()) == null
        || shell.diagnostics(event.snippet()).anyMatch(Diag::isError);
  }

  /** A declaration that uses what no cell has declared, or null if it uses nothing such. */
  static String unresolved(JShell shell, Snippet snippet) {
    if (!(snippet instanceof DeclarationSnippet declaration)) return null;
    var missing = shell.unresolvedDependencies(declaration).collect(Collectors.joining(", "));
    return missing.isEmpty() ? null : declaration.name() + " uses " + missing;
  }

  private static List<String> report(Diag error, Places.Place place) {
    int position = (int) Math.max(0, error.getPosition());
    var lines = new ArrayList<String>();
    var message = message(error, line(place, position));
    lines.addAll(message.lines().filter(text -> !isNoise(text)).toList());
    lines.set(0, place.at(position) + ": " + lines.get(0));
    lines.addAll(excerpt(place, position));
    return lines;
  }

  private static String message(Diag error, String line) {
    if (line.startsWith("%")) return MAGIC;
    boolean tooLong = error.getCode().startsWith("compiler.err.limit.string");
    return tooLong ? TOO_LONG : error.getMessage(Locale.ENGLISH);
  }

  // The place in its line, and of a long line what stands around it.
  private static List<String> excerpt(Places.Place place, int position) {
    var line = line(place, position);
    int column = column(place, position);
    int from = line.length() <= WIDTH ? 0 : Math.max(0, column - WIDTH / 2);
    int to = Math.min(line.length(), from + WIDTH);
    var before = from > 0 ? "..." : "";
    var shown = before + line.substring(from, to) + (to < line.length() ? "..." : "");
    var caret = " ".repeat(before.length() + column - from) + "^";
    return List.of("    " + shown.stripTrailing(), "    " + caret);
  }

  // "location: class" names JShell's wrapper, which the reader never wrote.
  private static boolean isNoise(String text) {
    return text.strip().equals("location: class");
  }

  private static String line(Places.Place place, int position) {
    return place.source().lines().skip(place.line(position) - 1L).findFirst().orElse("");
  }

  private static int column(Places.Place place, int position) {
    int at = Math.min(place.source().length(), place.offset() + position);
    return at - (place.source().lastIndexOf('\n', at - 1) + 1);
  }
}
