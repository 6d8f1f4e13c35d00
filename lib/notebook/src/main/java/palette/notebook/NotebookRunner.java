package palette.notebook;

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
    Targets.check(options);
    notebook.clear();
    boolean passed = execute(notebook);
    keep(notebook);
    return passed;
  }

  private void keep(Notebook notebook) {
    if (options.out() != null) notebook.write(options.out());
    if (options.html() != null) HtmlPage.write(notebook, options.html());
  }

  private boolean execute(Notebook notebook) {
    var recorder = new Recorder(terminal, options.out() == null);
    Progress.listen(recorder);
    long began = System.nanoTime();
    var ending = Ending.guard(recorder, () -> keep(notebook));
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
      ending.over();
      Progress.listen(Progress.SILENT);
    }
  }

  private static String firstLine(String source) {
    var line = source.lines().filter(text -> !text.isBlank()).findFirst().orElse("").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 3) + "...";
  }
}
