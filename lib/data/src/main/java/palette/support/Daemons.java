package palette.support;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep Java from ending. */
public final class Daemons {
  private Daemons() {}

  /** Makes such threads, all of one name. */
  public static ThreadFactory named(String name) {
    return work -> {
      var thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
