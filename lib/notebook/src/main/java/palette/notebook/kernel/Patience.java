package palette.notebook.kernel;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import palette.notebook.cells.CellRunner;
import palette.notebook.cells.Outputs;
import palette.support.Daemons;

/**
 * Interrupts cells, and says so where one does not listen. Palette's own long work, sleeps and
 * waits listen; a loop of plain arithmetic does not, and no Java from 20 on can end one.
 */
final class Patience {
  private static final int SECONDS = 2;
  private static final String AGAIN =
      "Interrupt once more to end it by force, or restart the kernel.\n";
  private static final String RESTART = "This Java cannot end it by force: restart the kernel.\n";

  private final Outputs outputs;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Daemons.named("palette-patience"));
  private Object cell;
  private boolean asked;

  Patience(Outputs outputs) {
    this.outputs = outputs;
  }

  synchronized void begin() {
    cell = new Object();
    asked = false;
  }

  synchronized void end() {
    cell = null;
  }

  /** Interrupts the cell that runs, if one does; the second time by force. */
  synchronized void interrupt(CellRunner runner) {
    if (cell == null) return;
    if (asked && runner.kill()) return;
    asked = true;
    runner.interrupt();
    var interrupted = cell;
    timer.schedule(() -> complain(interrupted), SECONDS, TimeUnit.SECONDS);
  }

  private synchronized void complain(Object interrupted) {
    if (cell != interrupted) return;
    var next = Runtime.version().feature() < 20 ? AGAIN : RESTART;
    outputs.stream("stderr", "The cell has not noticed the interrupt so far. " + next);
  }
}
