package palette.notebook;

import java.io.PrintStream;

/**
 * The terminal of a run. The progress of long work is one line updated in place where stderr is a
 * terminal, and only its last line where it is a file or a pipe.
 */
final class Terminal {
  private static final String ERASE = "\r\033[K";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean live;
  private boolean bar;

  Terminal(PrintStream out, PrintStream err, boolean live) {
    this.out = out;
    this.err = err;
    this.live = live;
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

  synchronized void progress(String line, boolean finished) {
    if (finished) {
      line(line);
    } else if (live) {
      err.print(ERASE + line);
      err.flush();
      bar = true;
    }
  }

  private void endBar() {
    if (bar) err.print(ERASE);
    bar = false;
  }
}
