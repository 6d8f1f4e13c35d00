package palette.engine;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Some threads that do one thing together again and again. What one of them has begun, a graph of
 * libtorch above all, stays its own: part t always runs on the same thread, part 0 on the caller's.
 * Who waits does so awake for some microseconds first, because waking up takes longer than the
 * others mostly need.
 */
public final class ThreadTeam implements AutoCloseable {
  private static final int AWAKE = 1000; // looks, some tens of microseconds
  private static final IntConsumer END = part -> {};

  private final Member[] others;
  private IntConsumer work;
  private Thread caller;
  private volatile int round;

  /** So many threads, the caller among them. */
  public ThreadTeam(int size) {
    others = new Member[size - 1];
    for (int i = 0; i < others.length; i++) others[i] = new Member(i + 1);
    for (var member : others) member.start();
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
    for (var member : others) LockSupport.unpark(member);
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

  private final class Member extends Thread {
    private final int part;
    private volatile int done;
    private Throwable failure;

    public Member(int part) {
      super("palette crew " + part);
      this.part = part;
      setDaemon(true); // a fit that is left behind must not hold up the end of the process
    }

    @Override
    public void run() {
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
