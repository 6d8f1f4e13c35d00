package palette.notebook;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.notebook.jupyter.Arguments;
import palette.notebook.jupyter.UsageException;

/**
 * What {@code palette run} was asked to do; {@code out}, {@code html} and {@code slides} may be
 * null.
 *
 * @param jars more of the class path
 * @param goOn whether cells behind one that fails run too
 */
record RunOptions(
    Path notebook,
    Map<String, String> parameters,
    Path out,
    Path html,
    Path slides,
    List<Path> jars,
    boolean goOn) {

  /** Reads the arguments that follow {@code run}. */
  static RunOptions of(List<String> arguments) {
    var known = "-p=VALUES --out=VALUE --html=VALUE --slides=VALUE --add-jar=VALUES --allow-errors";
    var given = new Arguments(arguments, "notebook", known);
    var notebook = Path.of(given.subject("run needs a notebook"));
    var parameters = new LinkedHashMap<String, String>();
    for (var one : given.values("-p")) parameter(parameters, one);
    return new RunOptions(
        notebook,
        parameters,
        given.path("--out", null),
        given.path("--html", null),
        given.path("--slides", null),
        given.jars(),
        given.has("--allow-errors"));
  }

  private static void parameter(Map<String, String> parameters, String given) {
    int at = given.indexOf('=');
    if (at < 1) throw new UsageException("-p expects name=value, found '" + given + "'");
    var name = given.substring(0, at);
    if (parameters.put(name, given.substring(at + 1)) != null)
      throw new UsageException("-p " + name + " is given twice");
  }
}
