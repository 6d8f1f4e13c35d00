package palette.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;

/**
 * Frees the arrays that this thread makes while it is open, but for those that are kept, and then
 * records operations, or not, as before it. To be closed by the thread that opened it.
 */
public final class Scope implements AutoCloseable {
  private final boolean outer = Torch.recording();
  private final NDScope arrays = new NDScope();
  private NDManager manager;

  Scope() {
    arrays.suppressNotUsedWarning();
    Torch.recording(false);
  }

  /** A manager on a device that ends with this scope. */
  public NDManager manager(Device device) {
    if (manager == null) manager = Torch.manager(device);
    return manager;
  }

  @Override
  public void close() {
    Torch.recording(outer);
    arrays.close();
    if (manager != null) manager.close();
  }
}
