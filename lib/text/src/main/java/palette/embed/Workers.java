package palette.embed;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread a core for all encoders of the process; they end when there is nothing to do. */
final class Workers {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final ThreadPoolExecutor POOL =
      new ThreadPoolExecutor(
          CORES, CORES, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Workers::thread);

  static {
    POOL.allowCoreThreadTimeOut(true);
  }

  private Workers() {}

  static <T> Future<T> submit(Callable<T> work) {
    return POOL.submit(work);
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "palette-embedding");
    thread.setDaemon(true);
    return thread;
  }
}
