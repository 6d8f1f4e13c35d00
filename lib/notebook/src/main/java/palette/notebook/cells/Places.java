package palette.notebook.cells;

import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;

/**
 * Which cell and line a snippet, or a frame of a stack trace, stands for. JShell's own line numbers
 * forget a snippet's leading lines and the bodies of lambdas, so frames are mapped back through the
 * class that JShell wrapped around the snippet.
 */
final class Places {
  private static final Pattern WRAPPED = Pattern.compile("(REPL\\.\\$JShell\\$[^$]+)(?:\\$(.*))?");

  /** A snippet's cell: its number, its whole source, and where in it the snippet begins. */
  record Place(int cell, String source, int offset) {

    /** 1-based line in the cell of a position in the snippet. */
    int line(int position) {
      int at = Math.min(source.length(), offset + position);
      return 1 + (int) source.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    String at(int position) {
      return "cell " + cell + ", line " + line(position);
    }
  }

  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  // A cell's threads ask too, for the traces that they print.
  private final Map<Snippet, Place> places = Collections.synchronizedMap(new IdentityHashMap<>());
  private final Map<String, Snippet> classes = new ConcurrentHashMap<>();
  private volatile Place running;

  Places(JShell shell) {
    this.shell = shell;
    analysis = shell.sourceCodeAnalysis();
  }

  /** The snippet that runs from now on begins there; JShell says which it is only afterwards. */
  void begin(Place place) {
    running = place;
  }

  /** Remembers a snippet; a declaration that JShell wraps anew keeps its first place. */
  void remember(Snippet snippet, Place place) {
    places.putIfAbsent(snippet, place);
    if (snippet.kind() == Snippet.Kind.ERRONEOUS) return;
    classes.put(analysis.wrapper(snippet).fullClassName(), snippet);
  }

  /** Where a snippet begins. */
  Place of(Snippet snippet) {
    return places.get(snippet);
  }

  static boolean isCell(StackTraceElement frame) {
    return WRAPPED.matcher(frame.getClassName()).matches();
  }

  /** A frame in a cell as a reader knows it: {@code "train (cell 2, line 4)"}. */
  Optional<String> of(StackTraceElement frame) {
    var match = WRAPPED.matcher(frame.getClassName());
    if (!match.matches()) return Optional.empty();
    var name = name(match.group(2), frame.getMethodName());
    return snippet(match.group(1))
        .map(snippet -> place(snippet).at(position(snippet, frame.getLineNumber())))
        .map(place -> name.isEmpty() ? place : name + " (" + place + ")");
  }

  private Place place(Snippet snippet) {
    return places.getOrDefault(snippet, running);
  }

  private Optional<Snippet> snippet(String type) {
    var known = classes.get(type);
    return known != null ? Optional.of(known) : unknown(type);
  }

  private Optional<Snippet> unknown(String type) {
    try {
      return shell
          .snippets()
          .filter(snippet -> snippet.kind() != Snippet.Kind.ERRONEOUS)
          .filter(snippet -> analysis.wrapper(snippet).fullClassName().equals(type))
          .findFirst();
    } catch (ConcurrentModificationException e) {
      // A thread of an earlier cell, while another cell begins.
      return Optional.empty();
    }
  }

  private int position(Snippet snippet, int wrappedLine) {
    var wrapper = analysis.wrapper(snippet);
    var wrapped = wrapper.wrapped();
    int at = 0;
    for (int line = 1; line < wrappedLine && at >= 0; line++) at = wrapped.indexOf('\n', at) + 1;
    while (at < wrapped.length() && Character.isWhitespace(wrapped.charAt(at))) at++;
    return Math.max(0, wrapper.wrappedToSourcePosition(at));
  }

  private static String name(String type, String method) {
    boolean inner = !method.startsWith("do_it$") && !method.startsWith("lambda$");
    if (type == null) return inner ? method : "";
    var readable = type.replace('$', '.');
    if (method.equals("<init>")) return "new " + readable;
    return inner ? readable + "." + method : readable;
  }
}
