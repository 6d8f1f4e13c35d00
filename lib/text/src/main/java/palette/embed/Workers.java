package palette.embed;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import palette.support.Daemons;

/** One thread a core for all encoders of the process; they end when there is nothing to do. */
final class Workers {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final ThreadPoolExecutor POOL =
      new ThreadPoolExecutor(
          CORES,
          CORES,
          5,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Daemons.named("palette-embedding"));

  static {
    POOL.allowCoreThreadTimeOut(true);
  }

  private Workers() {}

  static <T> Future<T> submit(Callable<T> work) {
    return POOL.submit(work);
  }
}
