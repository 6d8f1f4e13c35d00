package palette.notebook.jupyter;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import palette.support.Reasons;

/** A JupyterLab of the checkout's own, for where none is installed: a virtual environment. */
record PrivateJupyter(Path folder, PrintStream err) {
  private static final String WANTED = "jupyterlab>=4,<5";

  /** The one of an earlier call, else a new one if this Python and its pip can make it. */
  Optional<Path> findOrInstall(Optional<Path> python) {
    var lab = folder.resolve("bin").resolve("jupyter-lab");
    if (!Files.isExecutable(lab) && python.isPresent()) install(python.get());
    return Optional.of(lab).filter(Files::isExecutable);
  }

  private void install(Path python) {
    err.println("palette: no Jupyter found; installing JupyterLab into " + folder + " ...");
    var pip = folder.resolve("bin").resolve("pip").toString();
    boolean done =
        ran(python.toString(), "-m", "venv", folder.toString())
            && ran(pip, "install", "-q", "--disable-pip-version-check", "--retries", "1", WANTED);
    if (!done) err.println("palette: that did not work.");
  }

  /** Whether a command ended well; else its last line is shown. */
  private boolean ran(String... command) {
    try {
      var process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() == 0) return true;
      err.println(said.lines().reduce("", (before, line) -> line));
    } catch (IOException e) {
      err.println(Reasons.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
