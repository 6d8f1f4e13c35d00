package palette.notebook.guest;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.core.Transform;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;
import org.rapaio.jupyter.kernel.message.Message;
import org.rapaio.jupyter.kernel.message.MessageType;
import org.rapaio.jupyter.kernel.message.messages.IOPubStatus;
import palette.notebook.cells.Bundle;
import palette.notebook.cells.Displays;
import palette.notebook.cells.Rich;

/**
 * Palette in rapaio's kernel, which finds this provider on its class path. Its start-up script
 * takes one statement only and is run before the kernel is there, so it is started from here.
 */
public final class RapaioGuest implements DisplayProvider, DisplayRenderer, Displays {
  private static final String EAR = "Shell-0"; // of two channels, shell and control

  /** Starts the kernel with {@code show} and live progress; the argument is the connection file. */
  public static void main(String[] arguments) throws Exception {
    MainApp.kernel.javaEngine().getShell().eval("import static palette.notebook.cells.Cells.show;");
    Guest.of(new RapaioGuest());
    // A request that comes while rapaio connects ends its thread too: the less to load, the rarer.
    Transform.toJson(new Message<>(MessageType.IOPUB_STATUS, IOPubStatus.STARTING));
    watch(Thread.currentThread());
    MainApp.main(arguments);
  }

  // Once all threads were started: rapaio tells one to go on after it has started it, so one that
  // asks too soon has ended. A kernel that ends is better than one that never answers.
  private static void watch(Thread main) {
    Runnable look = waitsForTheEnd(main) ? RapaioGuest::endIfDeaf : () -> watch(main);
    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(look);
  }

  private static void endIfDeaf() {
    var threads = Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    if (Collections.frequency(threads, EAR) == 2) return;
    System.err.println("palette: rapaio's kernel lost a race as it started; start it again.");
    Runtime.getRuntime().halt(1);
  }

  private static boolean waitsForTheEnd(Thread main) {
    var frames = Arrays.stream(main.getStackTrace()).map(StackTraceElement::getMethodName);
    return frames.anyMatch("joinUntilClose"::equals);
  }

  @Override
  public List<DisplayRenderer> getDisplayRenderers() {
    return List.of(this);
  }

  @Override
  public List<DisplayTransformer> getDisplayTransformers() {
    return List.of();
  }

  @Override
  public Class<?> rendererClass() {
    return Object.class;
  }

  /** Who asks for a type of his own gets it from rapaio. */
  @Override
  public boolean canRender(String mime) {
    return mime == null;
  }

  @Override
  public DisplayData render(String mime, Object value) {
    var bundle = Rich.of(value);
    var data = DisplayData.fromText(bundle.plain());
    bundle.data().forEach((String type, String form) -> data.putData(type, form));
    bundle.metadata().forEach(data::putMetaData);
    return data;
  }

  @Override
  public void display(String id, Bundle bundle) {
    MainApp.kernel.display(data(id, bundle));
  }

  @Override
  public void update(String id, Bundle bundle) {
    MainApp.kernel.updateDisplay(data(id, bundle));
  }

  private DisplayData data(String id, Bundle bundle) {
    var data = render(null, bundle);
    data.setDisplayId(id);
    return data;
  }
}
