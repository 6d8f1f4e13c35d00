package palette.notebook.cells;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/**
 * What the declarations of a cell leave open, and what they undo elsewhere: a variable whose type
 * is declared anew begins anew as well, or is gone. To be asked at the end of the cell, which may
 * have put it right itself.
 */
final class Ripples {
  /** What JShell says of a variable that nothing has been assigned to. */
  private static final Set<String> NEW = Set.of("null", "0", "0.0", "false", "'\u0000'");

  private final JShell shell;
  private final Places places;
  private final Map<Snippet, Places.Place> declared = new LinkedHashMap<>();
  private final Map<DeclarationSnippet, String> touched = new LinkedHashMap<>();

  Ripples(JShell shell, Places places) {
    this.shell = shell;
    this.places = places;
  }

  /** Takes in what the evaluation of a snippet brought. */
  void note(List<SnippetEvent> events, Places.Place place) {
    for (var event : events) {
      if (event.causeSnippet() == null) declared.put(event.snippet(), place);
      else if (event.snippet() instanceof DeclarationSnippet touching && isNews(event))
        touched.put(touching, cause(events, place));
    }
  }

  // What compiles at last is none, unless it is a variable: that has no value then.
  private boolean isNews(SnippetEvent event) {
    if (event.snippet().subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) return false;
    return event.status() == Status.VALID
        ? event.isSignatureChange() && event.snippet() instanceof VarSnippet
        : event.previousStatus() == Status.VALID || CompileErrors.isFailed(shell, event);
  }

  private static String cause(List<SnippetEvent> events, Places.Place place) {
    var changed = events.get(0).snippet();
    var what = changed instanceof DeclarationSnippet d ? d.name() + " changed" : "it changed";
    return what + " (cell " + place.cell() + ")";
  }

  /** A line for each thing to know. */
  List<String> lines() {
    var open = declared.entrySet().stream().map(d -> open(d.getKey(), d.getValue()));
    var undone = touched.values().stream().distinct().map(this::undone);
    return Stream.concat(open, undone).filter(Objects::nonNull).toList();
  }

  private String open(Snippet snippet, Places.Place place) {
    if (!isPending(snippet)) return null;
    var missing = CompileErrors.unresolved(shell, snippet);
    return missing == null ? null : place.at(0) + ": " + missing + ", not declared so far.";
  }

  private boolean isPending(Snippet snippet) {
    var status = shell.status(snippet);
    return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
  }

  private String undone(String cause) {
    var emptied = new ArrayList<String>();
    var lost = new ArrayList<String>();
    var cells = new TreeSet<Integer>();
    for (var entry : touched.entrySet()) {
      var snippet = entry.getKey();
      var state = state(snippet);
      if (state == null || !entry.getValue().equals(cause)) continue;
      (isPending(snippet) ? lost : emptied).add(snippet.name() + " " + state);
      cells.add(places.of(snippet).cell());
    }
    emptied.addAll(lost);
    if (emptied.isEmpty()) return null;
    var again = "; run cell " + listed(cells.stream().map(String::valueOf).toList()) + " again.";
    return listed(emptied) + ", because " + cause + again;
  }

  private String state(Snippet snippet) {
    var status = shell.status(snippet);
    if (status == Status.RECOVERABLE_DEFINED) return "does not compile any more";
    if (status == Status.RECOVERABLE_NOT_DEFINED) return "is no longer declared";
    if (status != Status.VALID) return null;
    var value = shell.varValue((VarSnippet) snippet);
    return NEW.contains(value) ? "was set to " + value : null;
  }

  private static String listed(List<String> parts) {
    int last = parts.size() - 1;
    if (last == 0) return parts.get(0);
    return String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }
}
