package palette.support;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Hears how far long work is. Whoever runs the code (a kernel, the notebook runner, a terminal)
 * sets the listener once by {@link #listen}; whoever works reports by {@link #start}.
 *
 * <pre>{@code
 * var work = Progress.start("Training", epochs);
 * for (int e = 1; e <= epochs; e++) work.at(e, "loss .412");
 * work.finish("60 epochs in 1.2 s, loss .401");
 * }</pre>
 */
public interface Progress {

  /** One report. {@code done} of {@code total} steps; {@code detail} may be empty. */
  record Update(
      String task, long done, long total, String detail, Duration elapsed, boolean finished) {
    private static final String CUT = "...";

    /** Remaining time at the pace so far; zero when nothing is done yet or all is. */
    public Duration remaining() {
      if (done <= 0 || finished) return Duration.ZERO;
      return Duration.ofNanos(
          (long) (elapsed.toNanos() / (double) done * Math.max(0, total - done)));
    }

    /** One line: a bar while at work, the summary at the end. */
    public String line() {
      return finished ? task + ": " + detail : line(detail);
    }

    /** The same in a given width; what there is no room for is taken from the detail. */
    public String line(int width) {
      int more = finished ? 0 : line().length() - width;
      if (more <= 0) return line();
      int kept = detail.length() - more - CUT.length();
      var line = line(kept > 0 ? detail.substring(0, kept) + CUT : "");
      return line.substring(0, Math.min(width, line.length()));
    }

    private String line(String detail) {
      int filled = total <= 0 ? 0 : (int) Math.min(20, 20 * done / total);
      return Texts.format(
          "%s [%s%s] %,d/%,d %s, %s left",
          task,
          "#".repeat(filled),
          ".".repeat(20 - filled),
          done,
          total,
          detail,
          seconds(remaining()));
    }

    private static String seconds(Duration d) {
      long s = d.toSeconds();
      if (s < 60) return s + " s";
      if (s < 3600) return Texts.format("%d:%02d min", s / 60, s % 60);
      return Texts.format("%d:%02d h", s / 3600, s / 60 % 60);
    }
  }

  /** Called at most ten times a second for one piece of work, and once more when it has ended. */
  void update(Update update);

  /** Sets the listener of this process; {@link #SILENT} by default. */
  static void listen(Progress listener) {
    Work.listener = Checks.present("listener", listener);
  }

  /** Says nothing. */
  Progress SILENT = update -> {};

  /**
   * Does something whose own reports are not passed on: work of this thread that is a step of other
   * work, which reports for it.
   */
  static <T> T quietly(Supplier<T> work) {
    boolean before = Work.QUIET.get();
    Work.QUIET.set(true);
    try {
      return work.get();
    } finally {
      Work.QUIET.set(before);
    }
  }

  /** Begins a piece of work of {@code total} steps. */
  static Work start(String task, long total) {
    return new Work(task, total, 0);
  }

  /** The same for work that is mostly over at once: it is silent in its first second. */
  static Work later(String task, long total) {
    return new Work(task, total, 1_000_000_000);
  }

  /** One piece of work under way. Safe to report from several threads. */
  final class Work {
    private static final ThreadLocal<Boolean> QUIET = ThreadLocal.withInitial(() -> false);
    private static volatile Progress listener = SILENT;
    private static final long BETWEEN_UPDATES = 100_000_000;

    private final String task;
    private final long total;
    private final boolean quiet = QUIET.get();
    private final long began = System.nanoTime();
    private boolean silent; // so far, and so to the end where it ends now
    private long next; // moment of the next update

    private Work(String task, long total, long patience) {
      this.task = task;
      this.total = total;
      silent = patience > 0;
      next = began + patience;
    }

    /** {@code done} steps are finished. Passed on no more than ten times a second. */
    public void at(long done, String detail) {
      at(done, () -> detail);
    }

    /** The same with a detail that is put into words only where it is passed on. */
    public synchronized void at(long done, Supplier<String> detail) {
      long now = System.nanoTime();
      if (now - next < 0) return;
      next = now + BETWEEN_UPDATES;
      silent = false;
      if (!quiet) report(done, detail.get(), now, false);
    }

    /**
     * The work has ended; {@code summary} is the one line that stays. Where an interrupt ended it,
     * the line says so.
     */
    public synchronized void finish(String summary) {
      if (silent) return;
      boolean cut = Thread.currentThread().isInterrupted() && !summary.contains("interrupted");
      report(total, cut ? summary + " (interrupted)" : summary, System.nanoTime(), true);
    }

    private void report(long done, String detail, long now, boolean finished) {
      if (quiet) return;
      var elapsed = Duration.ofNanos(now - began);
      listener.update(new Update(task, done, total, detail, elapsed, finished));
    }
  }
}
