package palette.notebook.kernel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;
import palette.notebook.cells.Bundle;
import palette.notebook.cells.CellError;
import palette.notebook.cells.Outputs;
import palette.support.Daemons;
import palette.support.Progress;

/**
 * Sends what cells show to Jupyter. One thread of its own does the sending: an interrupt that meets
 * a cell's thread inside a socket would close the socket.
 */
final class Publisher implements Outputs, Progress {
  /** Prints closer together than this become one message; Jupyter drops what comes in floods. */
  private static final long BETWEEN_PRINTS_MS = 20;

  private static final int LONGEST_PRINT = 1 << 16;

  private sealed interface Item permits Printed, Step {}

  private record Printed(MessageContext cell, StreamType name, String text) implements Item {
    boolean sameAs(Item other) {
      return other instanceof Printed p && p.cell == cell && p.name == name;
    }
  }

  private record Step(Runnable run) implements Item {}

  private final JupyterSocket to;
  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final Set<String> places = new HashSet<>();
  private final Map<String, String> work = new HashMap<>();
  private volatile MessageContext cell;
  private volatile int count;
  private volatile CellError error;

  Publisher(JupyterSocket to) {
    this.to = to;
    Daemons.named("palette-publisher").newThread(this::sendAll).start();
  }

  /** From now on outputs belong to this request; with null nothing is shown. */
  synchronized void begin(MessageContext request, int number) {
    work.clear();
    cell = request;
    count = number;
    error = null;
  }

  /** Why the cell failed, null if it did not. */
  CellError failure() {
    return error;
  }

  /** Waits until all that was shown so far is sent. */
  void flush() {
    var reached = new CountDownLatch(1);
    queue.add(new Step(reached::countDown));
    try {
      reached.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stream(String name, String text) {
    var type = name.equals("stdout") ? StreamType.OUT : StreamType.ERR;
    if (cell != null) queue.add(new Printed(cell, type, text));
  }

  @Override
  public synchronized void display(String id, Bundle bundle) {
    places.add(id);
    show(new PublishDisplayData(data(bundle, id)));
  }

  @Override
  public synchronized void update(String id, Bundle bundle) {
    if (!places.contains(id)) display(id, bundle);
    else show(new PublishUpdateDisplayData(data(bundle, id)));
  }

  @Override
  public void result(Bundle bundle) {
    show(new PublishExecuteResult(count, data(bundle, null)));
  }

  @Override
  public void error(CellError failure) {
    error = failure;
    show(new PublishError(failure.name(), failure.message(), failure.lines()));
  }

  /** One piece of work is one output, which ends as its summary. */
  @Override
  public synchronized void update(Progress.Update update) {
    var id = work.computeIfAbsent(update.task(), task -> UUID.randomUUID().toString());
    update(id, Bundle.text(update.line()));
    if (update.finished()) work.remove(update.task());
  }

  private static DisplayData data(Bundle bundle, String id) {
    var data = new DisplayData();
    bundle.data().forEach(data::putData);
    bundle.metadata().forEach(data::putMetaData);
    if (id != null) data.setDisplayId(id);
    return data;
  }

  private <T extends ContentType<T>> void show(T content) {
    var request = cell;
    if (request == null) return;
    var message = new Message<>(request, content.getType(), content);
    queue.add(new Step(() -> to.sendMessage(message)));
  }

  private void sendAll() {
    long sent = 0;
    try {
      while (true) {
        var item = queue.take();
        if (item instanceof Printed printed) {
          long wait = sent + BETWEEN_PRINTS_MS - now();
          if (wait > 0 && queue.isEmpty()) Thread.sleep(wait);
          send(joined(printed));
          sent = now();
        } else if (item instanceof Step step) {
          step.run().run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private Printed joined(Printed first) {
    var text = new StringBuilder(first.text());
    while (first.sameAs(queue.peek()) && text.length() < LONGEST_PRINT)
      text.append(((Printed) queue.remove()).text());
    return new Printed(first.cell(), first.name(), text.toString());
  }

  private void send(Printed printed) {
    var content = new PublishStream(printed.name(), printed.text());
    to.sendMessage(new Message<>(printed.cell(), content.getType(), content));
  }
}
