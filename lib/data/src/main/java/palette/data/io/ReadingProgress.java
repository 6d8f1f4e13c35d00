package palette.data.io;

import palette.support.Progress;
import palette.support.Texts;

/** Says how far reading is, from the second second on: most files are read before that. */
final class ReadingProgress {
  private static final int EVERY = 4096; // records between looks at the clock
  private static final long PATIENCE = 1_000_000_000;

  private final String task;
  private final Rows<?> rows;
  private final long began = System.nanoTime();
  private Progress.Work work; // null: nothing was said so far

  ReadingProgress(String task, Rows<?> rows) {
    this.task = task;
    this.rows = rows;
  }

  void at(long records) {
    if (records % EVERY != 0 || System.nanoTime() - began < PATIENCE) return;
    if (work == null) work = Progress.start(task, 100);
    work.at((long) (100 * rows.share()), Texts.count(records, "record"));
  }

  void end(long records) {
    if (work == null) return;
    double seconds = (System.nanoTime() - began) / 1e9;
    work.finish(Texts.count(records, "record") + Texts.format(" in %.0f s", seconds));
  }
}
