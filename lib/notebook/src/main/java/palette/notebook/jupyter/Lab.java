package palette.notebook.jupyter;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import palette.support.Home;
import palette.support.InputException;
import palette.support.Reasons;

/**
 * {@code palette lab}: the notebooks of this checkout in the Jupyter that is installed, else in one
 * of its own.
 */
public final class Lab {
  private static final String MISSING =
      """
      no Jupyter found (`palette run` needs none). Install one, then call again:
        Debian, Ubuntu   sudo apt install jupyter-notebook
                         palette lab
        Fedora           sudo dnf install python3-notebook
                         palette lab
        macOS            brew install jupyterlab
                         palette lab
        Windows (WSL)    sudo apt install jupyter-notebook
                         palette lab --no-browser
      """;

  private final Path home = Home.folder();
  private final Arguments given;
  private final int port; // -1: Jupyter's own
  private final Path notebook; // below home; null: none

  Lab(List<String> arguments) {
    given = new Arguments(arguments, "notebook", "--no-browser --allow-root --port=VALUE");
    port = given.number("--port", -1);
    notebook = given.subject() == null ? null : inside(given.subject());
  }

  /** Runs Jupyter until it ends; its exit status, or 2 where there is none to run. */
  public static int command(List<String> arguments, PrintStream err) {
    var lab = new Lab(arguments);
    var installed = Programs.onPath("jupyter-lab").or(() -> Programs.onPath("jupyter-notebook"));
    return lab.start(installed.or(() -> lab.ownJupyter(err)), err);
  }

  private Optional<Path> ownJupyter(PrintStream err) {
    var folder = home.resolve(".palette").resolve("jupyter");
    return new PrivateJupyter(folder, err).findOrInstall(Programs.onPath("python3"));
  }

  int start(Optional<Path> jupyter, PrintStream err) {
    if (jupyter.isPresent()) return start(jupyter.get());
    err.print("palette: " + MISSING);
    return 2;
  }

  private Path inside(String name) {
    try {
      var file = Path.of(name).toRealPath();
      if (file.startsWith(home.toRealPath())) return home.toRealPath().relativize(file);
    } catch (IOException e) {
      throw new InputException(name, "a notebook", "no such file", "", e);
    }
    throw new InputException(
        name,
        "a notebook in " + home,
        "one elsewhere",
        "Copy it there, or start Jupyter yourself.");
  }

  private int start(Path jupyter) {
    var prefix = home.resolve("target").resolve("palette").resolve("jupyter");
    KernelSpec.below(prefix).write(KernelSpec.ofUser().jars());
    var builder = new ProcessBuilder(arguments(jupyter)).inheritIO().directory(home.toFile());
    var before =
        Optional.ofNullable(System.getenv("JUPYTER_PATH")).map(p -> File.pathSeparator + p);
    builder.environment().put("JUPYTER_PATH", prefix.resolve("share/jupyter") + before.orElse(""));
    try {
      var running = builder.start();
      // Ctrl-C reaches both; Jupyter asks back, and must not be left without its terminal.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> await(running)));
      return running.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not start " + jupyter + ": " + Reasons.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 2;
    }
  }

  private static void await(Process process) {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command line; the options differ between JupyterLab, Notebook 7 and those before it. */
  List<String> arguments(Path jupyter) {
    boolean lab = jupyter.getFileName().toString().equals("jupyter-lab");
    boolean classic = !lab && Programs.version(jupyter).matches("[1-6]\\..*");
    var arguments = new ArrayList<>(List.of(jupyter.toString()));
    arguments.add((classic ? "--NotebookApp.notebook_dir=" : "--ServerApp.root_dir=") + home);
    if (lab) arguments.add("--LabApp.default_url=/lab/tree/" + page("", ""));
    else if (classic) arguments.add("--NotebookApp.default_url=/" + page("notebooks/", "tree/"));
    else arguments.add("--JupyterNotebookApp.default_url=/" + page("notebooks/", "tree/"));
    for (var flag : List.of("--no-browser", "--allow-root"))
      if (given.has(flag)) arguments.add(flag);
    if (port >= 0) arguments.add("--port=" + port);
    return arguments;
  }

  private String page(String ofNotebook, String ofFolder) {
    if (notebook == null) return ofFolder + "tutorials";
    return StreamSupport.stream(notebook.spliterator(), false)
        .map(name -> URLEncoder.encode(name.toString(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("/", ofNotebook, ""))
        .replace("+", "%20");
  }
}
