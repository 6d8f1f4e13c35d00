package palette.notebook.cells;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Completion, documentation and completeness of code that is being written. */
public final class CodeHelp {
  /** What may stand in place of the code from {@code start} up to the cursor. */
  public record Completions(List<String> matches, int start) {}

  private final SourceCodeAnalysis analysis;

  CodeHelp(SourceCodeAnalysis analysis) {
    this.analysis = analysis;
  }

  /** Ways to go on at the cursor, those of a fitting type first. */
  public Completions complete(String code, int cursor) {
    int begin = statement(code.substring(0, cursor));
    int[] anchor = {0};
    var part = code.substring(begin, cursor);
    var found = analysis.completionSuggestions(part, part.length(), anchor);
    var matches = new LinkedHashSet<String>();
    found.stream().filter(Suggestion::matchesType).forEach(s -> matches.add(s.continuation()));
    found.forEach(suggestion -> matches.add(suggestion.continuation()));
    return new Completions(List.copyOf(matches), begin + anchor[0]);
  }

  /** Signatures and Javadoc of the name under the cursor, else of the call around it; or "". */
  public String inspect(String code, int cursor) {
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) end++;
    var part = code.substring(statement(code.substring(0, cursor)), end);
    var found = documentation(part + "(");
    if (found.isEmpty()) found = documentation(part);
    return found.stream().distinct().map(CodeHelp::text).collect(Collectors.joining("\n\n"));
  }

  private List<Documentation> documentation(String part) {
    return analysis.documentation(part, part.length(), true);
  }

  private static String text(Documentation found) {
    var javadoc = found.javadoc();
    if (javadoc == null) javadoc = Sources.javadoc(found.signature());
    return javadoc.isBlank()
        ? found.signature()
        : found.signature() + "\n" + javadoc.strip().indent(4).stripTrailing();
  }

  /** {@code complete}, {@code invalid}, or the indent of the next line. */
  public String completeness(String code) {
    var rest = code;
    while (true) {
      var found = analysis.analyzeCompletion(rest);
      var state = found.completeness();
      if (state == Completeness.UNKNOWN) return "invalid";
      if (state == Completeness.EMPTY) return "complete";
      if (!state.isComplete()) return indent(code);
      rest = found.remaining();
      if (rest.isBlank()) return "complete";
    }
  }

  private static String indent(String code) {
    var lines = new ArrayList<>(code.lines().toList());
    var last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    var before = last.substring(0, last.length() - last.stripLeading().length());
    return last.stripTrailing().endsWith("{") ? before + "    " : before;
  }

  // JShell helps with one statement; this is where the last one of the code begins.
  private int statement(String code) {
    var rest = code;
    while (true) {
      var found = analysis.analyzeCompletion(rest);
      if (found.source() == null || found.remaining().isBlank())
        return code.length() - rest.length();
      rest = found.remaining();
    }
  }
}
