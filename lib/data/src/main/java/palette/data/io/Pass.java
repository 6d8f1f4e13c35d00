package palette.data.io;

import java.util.List;
import java.util.function.Consumer;
import palette.data.io.DecodedFile.Unreadable;
import palette.support.InputException;
import palette.support.Progress;
import palette.support.Texts;

/**
 * One pass over the records of a file. Bad ones are counted with their lines, handed on, and not
 * without end. It says how far it is where that takes longer than most files do.
 */
final class Pass {
  /** From here on a file with less than one good line in a hundred is taken for another kind. */
  private static final long MOST = 200_000;

  private static final int EVERY = 4096; // records between looks at the clock

  private final Input input;
  private final Rows<?> rows;
  private final String task;
  private final long began = System.nanoTime();
  private final Progress.Work work;
  private InputException first; // the first fault
  private long good;
  private long bad;
  private long badLines;

  private Pass(Input input, Rows<?> rows) {
    this.input = input;
    this.rows = rows;
    task = "Reading " + input.name();
    work = Progress.later(task, 100);
  }

  /** Hands on every record; returns what is worth saying of those that were left out. */
  static <R> List<String> over(Rows<? extends R> rows, Input input, Consumer<R> use) {
    var pass = new Pass(input, rows);
    try {
      do Stop.ifInterrupted(pass.task);
      while (pass.took(rows, use));
    } finally {
      pass.end();
    }
    return pass.notes();
  }

  private <R> boolean took(Rows<? extends R> rows, Consumer<R> use) {
    try {
      var row = rows.next();
      if (row == null) return false;
      use.accept(row);
      good++;
      if (good % EVERY == 0) work.at((long) (100 * rows.share()), Texts.count(good, "record"));
    } catch (InputException e) {
      if (!input.skip() || e.getCause() instanceof Unreadable) throw e;
      skip(e);
    }
    return true;
  }

  private void end() {
    double seconds = (System.nanoTime() - began) / 1e9;
    work.finish(Texts.count(good, "record") + Texts.format(" in %.0f s", seconds));
  }

  private void skip(InputException fault) {
    if (first == null) first = fault;
    bad++;
    badLines += rows.lines();
    if (input.collect() != null) input.collect().accept(fault.getMessage(), rows.number());
    if (bad <= MOST || good >= bad / 100) return;
    throw new InputException(
        input.name(),
        "one good line in a hundred at least",
        Texts.format("%,d bad ones and %,d good ones; the first: %s", badLines, good, reason()),
        "Is it a file of this kind?");
  }

  /** What is worth saying, told on {@code System.err} too where nobody collects. */
  private List<String> notes() {
    if (good == 0 && first != null) throw first;
    if (good == 0) {
      throw new InputException(input.name(), "at least one record", "none", "Check the file.");
    }
    if (first == null) return List.of();
    String what = Texts.count(bad, bad == badLines ? "bad line" : "bad record");
    if (bad != badLines) what += Texts.format(" (%,d lines)", badLines);
    String note = what + " of " + input.name() + " skipped; the first: " + reason();
    if (input.collect() == null) System.err.println(note);
    return List.of(note);
  }

  // Whoever reads this has done what the advice says.
  private String reason() {
    return first.getMessage().replace(Row.MEND, "").strip();
  }
}
