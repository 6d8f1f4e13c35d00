package palette.notebook;

import java.nio.file.Path;
import java.util.ArrayList;
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

  /**
   * Reads the arguments that follow {@code run}.
   *
   * @throws UsageException if one is unknown, missing or given twice
   */
  static RunOptions of(List<String> arguments) {
    Path notebook = null;
    Path out = null;
    Path html = null;
    Path slides = null;
    boolean goOn = false;
    var jars = new ArrayList<Path>();
    var parameters = new LinkedHashMap<String, String>();
    var rest = new Arguments(arguments, "-p", "--add-jar");
    while (rest.hasNext()) {
      var argument = rest.next();
      switch (argument) {
        case "-p" -> parameter(parameters, rest.value(argument));
        case "--out" -> out = Path.of(rest.value(argument));
        case "--add-jar" -> jars.add(rest.jar(argument));
        case "--allow-errors" -> goOn = true;
        case "--html" -> html = Path.of(rest.value(argument));
        case "--slides" -> slides = Path.of(rest.value(argument));
        default -> {
          if (argument.startsWith("-")) throw new UsageException("unknown option " + argument);
          if (notebook != null) throw new UsageException("more than one notebook: " + argument);
          notebook = Path.of(argument);
        }
      }
    }
    if (notebook == null) throw new UsageException("run needs a notebook");
    return new RunOptions(notebook, parameters, out, html, slides, jars, goOn);
  }

  private static void parameter(Map<String, String> parameters, String given) {
    int at = given.indexOf('=');
    if (at < 1) throw new UsageException("-p expects name=value, found '" + given + "'");
    var name = given.substring(0, at);
    if (parameters.put(name, given.substring(at + 1)) != null)
      throw new UsageException("-p " + name + " is given twice");
  }
}
