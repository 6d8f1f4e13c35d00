package palette.notebook.cells;

import java.io.PrintStream;
import java.nio.file.Path;
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
public final class CellRunner implements AutoCloseable {
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
          "static palette.notebook.cells.Cells.*");

  // Possessive, as all loops over groups here: others take a frame of the stack for each turn.
  private static final Pattern BLANK = Pattern.compile("\\A(?:\\s++|//.*(?:\\R|\\z))++");

  // Work that an interrupt cuts short may end as if nothing was, with what it has so far.
  private static final CellError INTERRUPTED =
      new CellError(
          InterruptedException.class.getName(),
          "the cell was interrupted",
          List.of("The cell was interrupted; what it has made may be unfinished."));

  private final CellControl control = new CellControl();
  private final JShell shell;
  private final Renewal compiler = new Renewal();
  private final SourceCodeAnalysis analysis;
  private final Places places;
  private final Outputs outputs;
  private final Streams streams;

  public CellRunner(Outputs outputs) {
    this(outputs, List.of());
  }

  /**
   * @param jars more of the class path than this JVM's own
   */
  public CellRunner(Outputs outputs, List<Path> jars) {
    this.outputs = outputs;
    shell =
        JShell.builder()
            .executionEngine(control.provider(), null)
            .fileManager(compiler::over)
            .compilerOptions("--class-path", System.getProperty("java.class.path"), "-parameters")
            .build();
    analysis = shell.sourceCodeAnalysis();
    places = new Places(shell);
    jars.forEach(jar -> shell.addToClasspath(jar.toAbsolutePath().toString()));
    IMPORTS.forEach(name -> shell.eval("import " + name + ";"));
    Cells.goTo(outputs);
    streams = new Streams(outputs, places);
  }

  /** Runs one cell; false if it failed, which the outputs were told. */
  public boolean run(int number, String source) {
    try {
      var error = statements(number, source);
      if (error == null && control.wasInterrupted()) error = INTERRUPTED;
      if (error != null) outputs.error(error);
      return error == null;
    } catch (RuntimeException | Error e) {
      // A value whose own rendering fails: the cell's failure, not the runner's.
      outputs.error(Traceback.of(e, places));
      return false;
    }
  }

  /** Forgets the interrupt of an earlier cell. */
  public void begin() {
    control.begin();
  }

  /** Asks the cell that runs to end; from any thread. */
  public void interrupt() {
    control.interrupt();
  }

  /** Whether somebody interrupted the cell that runs, or that ran last. */
  public boolean wasInterrupted() {
    return control.wasInterrupted();
  }

  /** Ends a cell that does not listen to an interrupt; false where this Java cannot. */
  public boolean kill() {
    return control.kill();
  }

  /** What helps to write code; not while a cell runs. */
  public CodeHelp help() {
    return new CodeHelp(analysis);
  }

  private CellError statements(int number, String source) {
    var ripples = new Ripples(shell, places);
    try {
      return statements(number, source, ripples);
    } finally {
      ripples.lines().forEach(line -> outputs.stream("stderr", line + "\n"));
    }
  }

  private CellError statements(int number, String source, Ripples ripples) {
    SnippetEvent last = null;
    for (var rest = withoutBlank(source); !rest.isEmpty(); rest = withoutBlank(rest)) {
      var place = new Places.Place(number, source, source.length() - rest.length());
      var refused = refused(rest, place);
      if (refused != null) return refused;
      var step = step(rest, place);
      if (step.failure() != null) return step.failure();
      if (step.events().isEmpty()) break;
      ripples.note(step.events(), place);
      last = step.events().get(0);
      var error = error(last, place);
      if (error != null) return error;
      rest = step.rest();
    }
    if (last != null && isValue(last.snippet())) show(control.value());
    return null;
  }

  // What the compiler would trip over.
  private static CellError refused(String rest, Places.Place place) {
    if (rest.startsWith("%")) return CompileErrors.magic(place);
    var text = Literals.tooLong(rest);
    return text.isPresent() ? CompileErrors.tooLong(place, text.getAsInt()) : null;
  }

  /** A statement that was run, what came of it, and what follows it in the cell. */
  private record Step(List<SnippetEvent> events, String rest, CellError failure) {}

  // What a cell throws comes back as an event; what is thrown here is the compiler's own.
  private Step step(String source, Places.Place place) {
    try {
      var found = analysis.analyzeCompletion(source);
      if (found.completeness() == Completeness.EMPTY) return new Step(List.of(), "", null);
      if (found.source() == null) return new Step(evaluate(source, place), "", null);
      return new Step(evaluate(found.source(), place), found.remaining(), null);
    } catch (RuntimeException | Error e) {
      return new Step(List.of(), "", CompileErrors.gaveUp(e, place));
    }
  }

  private List<SnippetEvent> evaluate(String statement, Places.Place place) {
    compiler.apply(shell);
    control.forget();
    places.begin(place);
    var events = shell.eval(statement);
    for (var event : events) {
      if (event.status() != Status.OVERWRITTEN) places.remember(event.snippet(), place);
      compiler.note(shell, event.snippet());
    }
    return events;
  }

  private static String withoutBlank(String source) {
    return BLANK.matcher(source).replaceFirst("");
  }

  private CellError error(SnippetEvent event, Places.Place place) {
    if (CompileErrors.isFailed(shell, event))
      return CompileErrors.of(shell, event.snippet(), place);
    if (event.exception() instanceof UnresolvedReferenceException e) return unresolved(e);
    return event.exception() == null ? null : Traceback.of(control.thrown(), places);
  }

  // A method that was called and cannot run: what it uses is not there, or is no longer what it
  // was.
  private CellError unresolved(UnresolvedReferenceException e) {
    var called = e.getSnippet();
    var missing = CompileErrors.unresolved(shell, called);
    if (missing == null) return CompileErrors.of(shell, called, places.of(called));
    var line = places.of(called).at(0) + ": " + missing + ", which no cell declares";
    return new CellError(
        "UnresolvedReference", missing + ", which no cell declares", List.of(line));
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
