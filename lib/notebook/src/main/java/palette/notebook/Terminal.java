package palette.notebook;

import java.io.PrintStream;
import palette.support.Progress;

/**
 * The terminal of a run. The progress of long work is one line updated in place where stderr is a
 * terminal, and only its last line where it is a file or a pipe.
 */
final class Terminal {
  private static final String ERASE = "\r\033[K";

  private final PrintStream out;
  private final PrintStream err;
  private final int columns;
  private boolean bar;

  /** {@code columns}: the width of the terminal; 0 where stderr is none. */
  Terminal(PrintStream out, PrintStream err, int columns) {
    this.out = out;
    this.err = err;
    this.columns = columns;
  }

  /** What a cell printed to {@code stdout} or {@code stderr}. */
  synchronized void print(String name, String text) {
    endBar();
    var to = name.equals("stdout") ? out : err;
    to.print(text);
    to.flush();
  }

  /** A line of the runner's own, on stderr. */
  synchronized void line(String text) {
    endBar();
    err.println(text);
  }

  synchronized void progress(Progress.Update update) {
    if (update.finished()) {
      line(update.line());
    } else if (columns > 0) {
      // A line that wraps could not be erased.
      err.print(ERASE + update.line(columns - 1));
      err.flush();
      bar = true;
    }
  }

  private void endBar() {
    if (bar) err.print(ERASE);
    bar = false;
  }
}
