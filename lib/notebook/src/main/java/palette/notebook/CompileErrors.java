package palette.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/** What the compiler says about a cell, with the cell's own lines. */
final class CompileErrors {
  private static final String MAGIC =
      "magics are not Java and not part of Palette; its class path needs none. To add a jar:"
          + " palette kernel --add-jar FILE.jar, then restart the kernel.";

  private CompileErrors() {}

  /** A line that begins with a percent sign, where a statement should. */
  static CellError magic(Places.Place place) {
    var text = place.at(0) + ": " + MAGIC;
    return new CellError("CompileError", text, List.of(text, "    " + line(place, 0).strip()));
  }

  static CellError of(JShell shell, Snippet snippet, Places.Place place) {
    var errors = shell.diagnostics(snippet).filter(Diag::isError).toList();
    var lines = new ArrayList<String>();
    for (var error : errors) lines.addAll(report(error, place));
    if (lines.isEmpty()) lines.add(place.at(0) + ": this does not compile");
    return new CellError("CompileError", lines.get(0), lines);
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
    var line = line(place, position);
    lines.addAll(message(error, line).lines().filter(text -> !isNoise(text)).toList());
    lines.set(0, place.at(position) + ": " + lines.get(0));
    lines.add("    " + line.stripTrailing());
    lines.add("    " + " ".repeat(column(place, position)) + "^");
    return lines;
  }

  private static String message(Diag error, String line) {
    if (!line.startsWith("%")) return error.getMessage(Locale.ENGLISH);
    return MAGIC;
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
