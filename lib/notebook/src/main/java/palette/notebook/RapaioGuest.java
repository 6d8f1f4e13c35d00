package palette.notebook;

import java.util.Collections;
import java.util.List;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.core.Transform;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;
import org.rapaio.jupyter.kernel.message.Message;
import org.rapaio.jupyter.kernel.message.MessageType;
import org.rapaio.jupyter.kernel.message.messages.IOPubStatus;

/**
 * Palette in rapaio's kernel, which finds this provider on its class path. Its start-up script
 * takes one statement only and is run before the kernel is there, so it is started from here.
 */
public final class RapaioGuest implements DisplayProvider, DisplayRenderer, Displays {
  private static final int START_MS = 2000;
  // Of two channels, shell and control.
  private static final String EAR = "Shell-0";

  /** Starts the kernel with {@code show} and live progress; the argument is the connection file. */
  public static void main(String[] arguments) throws Exception {
    MainApp.kernel.javaEngine().getShell().eval("import static palette.notebook.Cells.show;");
    Guest.of(new RapaioGuest());
    // A request that comes while rapaio connects ends its thread: the less there is to load, the
    // rarer that is. Where it happens, a kernel that ends is better than one that never answers.
    Transform.toJson(new Message<>(MessageType.IOPUB_STATUS, IOPubStatus.STARTING));
    var watch = new Thread(RapaioGuest::endIfDeaf, "palette-watch");
    watch.setDaemon(true);
    watch.start();
    MainApp.main(arguments);
  }

  // Once its heart beats, the two threads that hear requests are there, or were.
  private static void endIfDeaf() {
    try {
      while (!threads().contains("Heartbeat-0")) Thread.sleep(100);
      Thread.sleep(START_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (Collections.frequency(threads(), EAR) == 2) return;
    System.err.println("palette: rapaio's kernel lost a race as it started; start it again.");
    Runtime.getRuntime().halt(1);
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
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
