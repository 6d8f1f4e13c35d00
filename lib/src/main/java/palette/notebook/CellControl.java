package palette.notebook;

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
 */
final class CellControl extends DirectExecutionControl {
  private Object value;
  private Throwable thrown;

  /** What the last snippet gave, null if nothing. */
  Object value() {
    return value;
  }

  /** What the last snippet threw, null if nothing. */
  Throwable thrown() {
    return thrown;
  }

  void forget() {
    value = null;
    thrown = null;
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    forget();
    try {
      value = snippet.invoke(null);
      return "";
    } catch (InvocationTargetException e) {
      thrown = e.getCause();
      throw e;
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
