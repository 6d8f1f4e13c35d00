package palette.notebook.cells;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs snippets in this JVM, in the thread that calls {@code eval}, and keeps what JShell itself
 * would turn into a string: the value, or the exception.
 *
 * <p>An interrupt reaches the thread only while it runs code of a cell. The compiler, who reads
 * jars through channels that an interrupt closes for good, never hears of it.
 */
final class CellControl extends DirectExecutionControl {
  private Object value;
  private Throwable thrown;
  // Guarded by this.
  private Thread running;
  private boolean interrupted;

  /** What the last snippet gave, null if nothing. */
  Object value() {
    return value;
  }

  /**
   * What a statement threw, null if nothing: the first throw, where it declares several variables.
   */
  Throwable thrown() {
    return thrown;
  }

  void forget() {
    value = null;
    thrown = null;
  }

  /** A new cell begins, which nobody has interrupted. */
  synchronized void begin() {
    interrupted = false;
  }

  /** Asks the snippet that runs to end, and lets no further one of this cell begin. */
  synchronized void interrupt() {
    interrupted = true;
    if (running != null) running.interrupt();
  }

  synchronized boolean wasInterrupted() {
    return interrupted;
  }

  /** Ends a snippet that does not listen; on Java 20 and newer there is no way to do so. */
  @SuppressWarnings("deprecation")
  synchronized boolean kill() {
    if (running == null || Runtime.version().feature() >= 20) return false;
    running.stop();
    return true;
  }

  private synchronized void enter() throws InterruptedException {
    if (interrupted) throw new InterruptedException("the cell was interrupted");
    running = Thread.currentThread();
  }

  // An interrupt that nobody has noticed must not reach the compiler or the next cell.
  private synchronized void leave() {
    running = null;
    Thread.interrupted();
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    value = null;
    try {
      enter();
      value = snippet.invoke(null);
      return "";
    } catch (InvocationTargetException e) {
      if (thrown == null) thrown = e.getCause();
      throw e;
    } catch (InterruptedException e) {
      if (thrown == null) thrown = e;
      throw new InvocationTargetException(e);
    } finally {
      leave();
    }
  }

  ExecutionControlProvider provider() {
    return new ExecutionControlProvider() {
      @Override
      public String name() {
        return "palette";
      }

      @Override
      public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
        return CellControl.this;
      }
    };
  }
}
