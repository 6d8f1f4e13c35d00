package palette.notebook.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.Loop;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import palette.support.InputException;
import palette.support.Reasons;

/** The sockets that a front end has named in its connection file. */
final class Connection extends JupyterConnection {
  private Connection(KernelConnectionProperties properties) throws GeneralSecurityException {
    super(properties);
    // No mark: what Jupyter is slow to take must wait, not vanish.
    getIOPub().setSndHWM(0);
  }

  /** Not open yet. */
  static Connection of(Path file) {
    try {
      return new Connection(KernelConnectionProperties.parse(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file + ": " + Reasons.of(e), e);
    } catch (RuntimeException | GeneralSecurityException e) {
      throw new InputException(
          file.toString(), "a connection file of Jupyter", String.valueOf(e.getMessage()), "", e);
    }
  }

  void open() {
    // A message that cannot be read must not end the thread that reads messages. One may be
    // waiting:
    // whoever reads holds its socket, so nobody reads before that is settled.
    synchronized (shell) {
      synchronized (control) {
        connect();
        for (var thread : Thread.getAllStackTraces().keySet())
          if (thread instanceof Loop loop) loop.onError(e -> 0);
      }
    }
  }

  /** Where readers of a notebook are asked. */
  StdinChannel stdin() {
    return stdin;
  }
}
