package palette.notebook.kernel;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.reply.InputReply;
import org.dflib.jjava.jupyter.messages.request.InputRequest;
import org.zeromq.ZMQ;
import palette.support.Daemons;

/**
 * {@code System.in} of cells: asks the reader for a line by the front end when a cell reads and
 * there is nothing left. Where the front end does not allow that, it is at its end.
 *
 * <p>One thread of its own touches the socket: an interrupt that meets a cell's thread inside a
 * socket would close the socket.
 */
final class Keyboard extends InputStream {
  private static final int LOOK_MS = 20;

  private final JupyterSocket socket;
  private final Runnable beforeAsking;
  private final ExecutorService asker =
      Executors.newSingleThreadExecutor(Daemons.named("palette-keyboard"));
  private volatile MessageContext cell;
  private byte[] line = {};
  private int next;

  /** {@code beforeAsking} shows what the cell has printed so far, the question most likely. */
  Keyboard(JupyterSocket socket, Runnable beforeAsking) {
    this.socket = socket;
    this.beforeAsking = beforeAsking;
  }

  /** A new cell begins; with null nobody can be asked. What an earlier one left unread is gone. */
  synchronized void begin(MessageContext request) {
    cell = request;
    line = new byte[0];
    next = 0;
  }

  @Override
  public synchronized int read() {
    if (next == line.length && !ask()) return -1;
    return line[next++] & 0xff;
  }

  // No more than the line at hand: the next one is asked for when it is wanted.
  @Override
  public synchronized int read(byte[] to, int from, int length) {
    if (length == 0) return 0;
    if (next == line.length && !ask()) return -1;
    int n = Math.min(length, line.length - next);
    System.arraycopy(line, next, to, from, n);
    next += n;
    return n;
  }

  @Override
  public synchronized int available() {
    return line.length - next;
  }

  private boolean ask() {
    var request = cell;
    if (request == null) return false;
    beforeAsking.run();
    var answer = new CompletableFuture<String>();
    asker.execute(() -> ask(request, answer));
    line = (await(answer) + "\n").getBytes(StandardCharsets.UTF_8);
    next = 0;
    return true;
  }

  private static String await(CompletableFuture<String> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(false);
      throw Keyboard.<RuntimeException>unchecked(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  // The cell has to end, and a Scanner takes any IOException for the end of the file.
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unchecked(Throwable e) throws E {
    throw (E) e;
  }

  private void ask(MessageContext request, CompletableFuture<String> answer) {
    try {
      // The reply to a question that an interrupt took back.
      while (hasReply()) socket.readMessage();
      var question = new InputRequest("", false);
      socket.sendMessage(new Message<>(request, InputRequest.MESSAGE_TYPE, question));
      while (!hasReply() && !answer.isDone()) Thread.sleep(LOOK_MS);
      if (!answer.isDone())
        answer.complete(socket.readMessage(InputReply.MESSAGE_TYPE).getContent().getValue());
    } catch (InterruptedException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private boolean hasReply() {
    return (socket.getEvents() & ZMQ.Poller.POLLIN) != 0;
  }
}
