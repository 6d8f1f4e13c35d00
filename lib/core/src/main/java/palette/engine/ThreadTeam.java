package palette.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import palette.support.Daemons;

/**
 * Some threads that do one thing together again and again. What one of them has begun, a graph of
 * libtorch above all, stays its own: part t always runs on the same thread, part 0 on the caller's.
 * Who waits does so awake for some microseconds first, because waking up takes longer than the
 * others mostly need.
 *
 * <p>Its threads wait for the next team when it is closed, and none ends. glibc gives each new
 * thread another of its heaps, eight a core, and keeps what is freed there: new threads for every
 * fit would fill them one after the other.
 */
public final class ThreadTeam implements AutoCloseable {
  private static final int AWAKE = 1000; // looks, some tens of microseconds
  private static final IntConsumer END = part -> {};
  private static final Executor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          TimeUnit.NANOSECONDS,
          new SynchronousQueue<>(),
          Daemons.named("palette crew")); // a fit that is left behind must not hold up the end

  private final Member[] others;
  private IntConsumer work;
  private Thread caller;
  private volatile int round;

  /** So many threads, the caller among them. */
  public ThreadTeam(int size) {
    others = new Member[size - 1];
    for (int i = 0; i < others.length; i++) others[i] = new Member(i + 1);
    for (var member : others) THREADS.execute(member);
  }

  /** How many threads there are. */
  public int size() {
    return others.length + 1;
  }

  /**
   * Does every part and waits for all of them, also when one fails or the caller is interrupted.
   */
  public void each(IntConsumer part) {
    work = part;
    caller = Thread.currentThread();
    round++;
    for (var member : others) LockSupport.unpark(member.thread);
    try {
      part.accept(0);
    } finally {
      for (var member : others) await(() -> member.done == round);
    }
    for (var member : others) member.complain();
  }

  private static void await(BooleanSupplier ready) {
    for (int looks = 0; !ready.getAsBoolean(); looks++) {
      if (looks < AWAKE) Thread.onSpinWait();
      else LockSupport.park();
    }
  }

  @Override
  public void close() {
    if (work != END) each(END);
  }

  private final class Member implements Runnable {
    private final int part;
    private volatile Thread thread; // null: it has not begun, and will look first
    private volatile int done;
    private Throwable failure;

    Member(int part) {
      this.part = part;
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      boolean last = false;
      while (!last) {
        await(() -> done != round);
        last = work == END;
        failure = null; // another's of an earlier round may have been thrown instead
        try {
          work.accept(part);
        } catch (Throwable e) {
          failure = e;
        }
        done++;
        LockSupport.unpark(caller);
      }
    }

    public void complain() {
      if (failure instanceof RuntimeException e) throw e;
      if (failure instanceof Error e) throw e;
    }
  }
}
