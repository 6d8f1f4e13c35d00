package palette.notebook;

import java.io.PrintStream;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.UnresolvedReferenceException;

/**
 * A Java session that cells run in, one after the other, in the calling thread and in this JVM.
 * What a cell shows goes to the {@link Outputs}; {@code System.out} and {@code System.err} too, as
 * long as the runner is open.
 */
final class CellRunner implements AutoCloseable {
  /**
   * What every Java kernel imports, but for java.util.prefs, whose Preferences would hide ours;
   * notebooks import the rest themselves.
   */
  private static final List<String> IMPORTS =
      List.of(
          "java.util.*",
          "java.io.*",
          "java.math.*",
          "java.net.*",
          "java.util.concurrent.*",
          "java.util.regex.*",
          "static palette.notebook.Cells.*");

  private static final Pattern BLANK = Pattern.compile("\\A(?:\\s+|//.*(?:\\R|\\z))+");

  private final CellControl control = new CellControl();
  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  private final Places places;
  private final Outputs outputs;
  private final Streams streams;

  CellRunner(Outputs outputs) {
    this.outputs = outputs;
    shell =
        JShell.builder()
            .executionEngine(control.provider(), null)
            .compilerOptions("--class-path", System.getProperty("java.class.path"), "-parameters")
            .build();
    analysis = shell.sourceCodeAnalysis();
    places = new Places(analysis);
    IMPORTS.forEach(name -> shell.eval("import " + name + ";"));
    Cells.goTo(outputs);
    streams = new Streams(outputs);
  }

  /** Runs one cell; false if it failed, which the outputs were told. */
  boolean run(int number, String source) {
    try {
      var error = statements(number, source);
      if (error != null) outputs.error(error);
      return error == null;
    } catch (RuntimeException | Error e) {
      // A value whose own rendering fails: the cell's failure, not the runner's.
      outputs.error(Traceback.of(e, places));
      return false;
    }
  }

  /** Forgets the interrupt of an earlier cell. */
  void begin() {
    control.begin();
  }

  /** Asks the cell that runs to end; from any thread. */
  void interrupt() {
    control.interrupt();
  }

  /** Whether somebody interrupted the cell that runs, or that ran last. */
  boolean wasInterrupted() {
    return control.wasInterrupted();
  }

  /** Ends a cell that does not listen to an interrupt; false where this Java cannot. */
  boolean kill() {
    return control.kill();
  }

  /** What helps to write code; not while a cell runs. */
  CodeHelp help() {
    return new CodeHelp(analysis);
  }

  private CellError statements(int number, String source) {
    SnippetEvent last = null;
    for (var rest = source; ; ) {
      rest = withoutBlank(rest);
      if (rest.startsWith("%")) return CompileErrors.magic(place(number, source, rest));
      var found = analysis.analyzeCompletion(rest);
      if (rest.isEmpty() || found.completeness() == Completeness.EMPTY) break;
      var place = place(number, source, rest);
      control.forget();
      for (var event : shell.eval(found.source() == null ? rest : found.source())) {
        if (event.status() != Status.OVERWRITTEN) places.remember(event.snippet(), place);
        var error = error(event, place);
        if (error != null) return error;
        if (event.causeSnippet() == null) last = event;
      }
      rest = found.source() == null ? "" : found.remaining();
    }
    if (last != null && isValue(last.snippet())) show(control.value());
    return null;
  }

  private static Places.Place place(int number, String source, String rest) {
    return new Places.Place(number, source, source.length() - rest.length());
  }

  private static String withoutBlank(String source) {
    return BLANK.matcher(source).replaceFirst("");
  }

  private CellError error(SnippetEvent event, Places.Place place) {
    if (event.status() == Status.REJECTED) return CompileErrors.of(shell, event.snippet(), place);
    if (event.exception() instanceof UnresolvedReferenceException e) return unresolved(e);
    if (event.exception() != null) return Traceback.of(control.thrown(), places);
    var missing = CompileErrors.unresolved(shell, event.snippet());
    if (missing != null && event.causeSnippet() == null)
      outputs.stream("stderr", place.at(0) + ": " + missing + ", not declared so far.\n");
    return null;
  }

  private CellError unresolved(UnresolvedReferenceException e) {
    var missing = CompileErrors.unresolved(shell, e.getSnippet()) + ", which no cell declares";
    var line = places.of(e.getSnippet()).at(0) + ": " + missing;
    return new CellError("UnresolvedReference", missing, List.of(line));
  }

  // The value of a printf as a last line is the stream, which has said its word.
  private void show(Object value) {
    boolean shown = value instanceof PrintStream || Cells.isPlace(value);
    if (value != null && !shown) outputs.result(Rich.of(value));
  }

  private static boolean isValue(Snippet snippet) {
    return snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND
        || snippet.subKind() == SubKind.VAR_VALUE_SUBKIND
        || snippet.subKind() == SubKind.OTHER_EXPRESSION_SUBKIND;
  }

  @Override
  public void close() {
    streams.close();
    shell.close();
  }
}
