package palette.notebook;

import java.util.stream.Stream;

/**
 * What still happens where Java ends in the middle of a run: by {@code System.exit} in a cell, by
 * Ctrl-C or by a signal. What ran is kept, and an exit by a cell is no success.
 */
final class Ending {
  private static final int FAILED = 1;

  private final Recorder recorder;
  private final Runnable keep;
  private final Thread hook = new Thread(this::end, "palette-ending");

  private Ending(Recorder recorder, Runnable keep) {
    this.recorder = recorder;
    this.keep = keep;
  }

  /** From now on, until the run is over, the end of Java keeps what ran. */
  static Ending guard(Recorder recorder, Runnable keep) {
    var ending = new Ending(recorder, keep);
    Runtime.getRuntime().addShutdownHook(ending.hook);
    return ending;
  }

  private void end() {
    boolean exit = isExit();
    var what = exit ? " ended Java" : " was stopped from outside";
    recorder.stop("cell " + recorder.cell() + what, keep);
    // The status that a cell gave to System.exit may be that of a success.
    if (exit) Runtime.getRuntime().halt(FAILED);
  }

  // A signal's thread does not come by Runtime.exit.
  private static boolean isExit() {
    return Thread.getAllStackTraces().values().stream().flatMap(Stream::of).anyMatch(Ending::exits);
  }

  private static boolean exits(StackTraceElement frame) {
    return frame.getClassName().equals("java.lang.Runtime") && frame.getMethodName().equals("exit");
  }

  /** The run has ended by itself. */
  void over() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Java is about to end: the hook has the word.
    }
  }
}
