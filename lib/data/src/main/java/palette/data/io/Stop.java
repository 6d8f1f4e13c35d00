package palette.data.io;

import java.util.concurrent.CancellationException;

/** Hears interrupts: what was read so far is dropped, and the thread's flag stays set. */
public final class Stop {
  private Stop() {}

  /** Ends the work, {@code "Reading a.csv"}, if the thread was interrupted. */
  public static void ifInterrupted(String work) {
    if (!Thread.currentThread().isInterrupted()) return;
    throw new CancellationException(
        work + " was interrupted. Nothing of it is kept; run it again.");
  }
}
