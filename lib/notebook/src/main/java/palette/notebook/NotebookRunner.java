package palette.notebook;

import palette.notebook.cells.CellRunner;
import palette.notebook.page.HtmlPage;
import palette.notebook.page.Notebook;
import palette.notebook.page.Slides;
import palette.support.Progress;
import palette.support.Texts;

/** Executes a notebook from its first cell to its last, or to the first that fails. */
record NotebookRunner(RunOptions options, Terminal terminal) {
  private static final int SHOWN = 60;

  /** Runs it and writes what was asked for, also when a cell fails; true if none did. */
  boolean run() {
    var notebook = Notebook.read(options.notebook());
    NotebookParameters.inject(notebook, options.parameters());
    Targets.check(options);
    notebook.clear();
    boolean passed = execute(notebook);
    keep(notebook);
    return passed;
  }

  private void keep(Notebook notebook) {
    if (options.out() != null) notebook.write(options.out());
    if (options.html() != null) HtmlPage.write(notebook, options.html());
    if (options.slides() != null) Slides.write(notebook, options.slides());
  }

  private boolean execute(Notebook notebook) {
    var recorder = new Recorder(terminal, options.out() == null);
    Progress.listen(recorder);
    long began = System.nanoTime();
    var ending = Ending.guard(recorder, () -> keep(notebook));
    try (var runner = new CellRunner(recorder, options.jars())) {
      boolean passed = cells(notebook, recorder, runner);
      if (passed || options.goOn()) terminal.line(summary(notebook, began));
      return passed;
    } finally {
      ending.over();
      Progress.listen(Progress.SILENT);
    }
  }

  private boolean cells(Notebook notebook, Recorder recorder, CellRunner runner) {
    var cells = notebook.codeCells();
    boolean passed = true;
    for (int n = 1; n <= cells.size() && (passed || options.goOn()); n++) {
      var cell = cells.get(n - 1);
      terminal.line("[" + n + "/" + cells.size() + "] " + firstLine(cell.source()));
      recorder.begin(cell, n);
      passed &= runner.run(n, cell.source());
      recorder.end();
    }
    return passed;
  }

  // Values of cells stand on the terminal, or else in the notebook: one wonders which.
  private String summary(Notebook notebook, long began) {
    var cells = Texts.count(notebook.codeCells().size(), "cell");
    var where = options.out() == null ? "" : ", their values in " + options.out();
    return cells + Texts.format(" in %.1f s", (System.nanoTime() - began) / 1e9) + where;
  }

  private static String firstLine(String source) {
    var line = source.lines().filter(text -> !text.isBlank()).findFirst().orElse("").strip();
    return Texts.shortened(line, SHOWN);
  }
}
