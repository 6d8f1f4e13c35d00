package palette.notebook;

import java.nio.file.Files;
import java.nio.file.Path;
import palette.support.InputException;
import palette.support.Progress;
import palette.support.Texts;

/** Executes a notebook from its first cell to its last, or to the first that fails. */
final class NotebookRunner {
  private static final int SHOWN = 60;

  private final RunOptions options;
  private final Terminal terminal;

  NotebookRunner(RunOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  /** Runs it and writes what was asked for, also when a cell fails; true if none did. */
  boolean run() {
    var notebook = Notebook.read(options.notebook());
    Parameters.inject(notebook, options.parameters());
    checkTarget("--out", options.out());
    checkTarget("--html", options.html());
    notebook.clear();
    boolean passed = execute(notebook);
    if (options.out() != null) notebook.write(options.out());
    if (options.html() != null) HtmlPage.write(notebook, options.html());
    return passed;
  }

  // Better now than after ten minutes of work.
  private static void checkTarget(String option, Path file) {
    if (file == null) return;
    if (Files.isDirectory(file))
      throw new InputException(option + " " + file, "a file", "a folder", "");
    var folder = file.toAbsolutePath().getParent();
    while (!Files.exists(folder)) folder = folder.getParent();
    if (!Files.isDirectory(folder) || !Files.isWritable(folder))
      throw new InputException(option + " " + file, "a writable folder", folder.toString(), "");
  }

  private boolean execute(Notebook notebook) {
    var recorder = new Recorder(terminal, options.out() == null);
    Progress.listen(recorder);
    long began = System.nanoTime();
    try (var runner = new CellRunner(recorder)) {
      var cells = notebook.codeCells();
      for (int n = 1; n <= cells.size(); n++) {
        var cell = cells.get(n - 1);
        terminal.line("[" + n + "/" + cells.size() + "] " + firstLine(cell.source()));
        recorder.begin(cell, n);
        boolean passed = runner.run(n, cell.source());
        recorder.end();
        if (!passed) return false;
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      terminal.line(Texts.format("%s in %.1f s", Texts.count(cells.size(), "cell"), seconds));
      return true;
    } finally {
      Progress.listen(Progress.SILENT);
    }
  }

  private static String firstLine(String source) {
    var line = source.lines().filter(text -> !text.isBlank()).findFirst().orElse("").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 3) + "...";
  }
}
