package palette.notebook.guest;

import java.awt.image.BufferedImage;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import palette.notebook.cells.Bundle;
import palette.notebook.cells.Displays;
import palette.notebook.cells.Rich;

/**
 * Palette in JJava, which finds this extension on its class path. JJava loads extensions apart from
 * what cells see, so all that this one does is to run a line of code as a cell would.
 */
public final class JJavaGuest implements Extension, Displays {
  private static final String LINE =
      "import static palette.notebook.cells.Cells.show;\npalette.notebook.guest.JJavaGuest.start();";

  @Override
  public void install(BaseKernel kernel) {
    BaseNotebookStatics.eval(LINE);
  }

  /** Shows values as Palette's kernel does; the line that JJava runs when it starts. */
  public static void start() {
    var renderer = BaseKernel.notebookKernel().getRenderer();
    // JJava has encoders of pictures of its own; for all else, what it knows of is left to it.
    renderer
        .createRegistration(BufferedImage.class)
        .register((v, to) -> fill(v, to.getOutputContainer()));
    renderer.createRegistration(Object.class).register((v, to) -> fill(v, to.getOutputContainer()));
    Guest.of(new JJavaGuest());
  }

  @Override
  public void display(String id, Bundle bundle) {
    BaseKernel.notebookKernel().display(data(id, bundle));
  }

  @Override
  public void update(String id, Bundle bundle) {
    BaseKernel.notebookKernel().getIO().display.updateDisplay(data(id, bundle));
  }

  private static DisplayData data(String id, Bundle bundle) {
    var data = new DisplayData();
    fill(bundle, data);
    data.putTransientData("display_id", id);
    return data;
  }

  private static void fill(Object value, DisplayData data) {
    var bundle = Rich.of(value);
    bundle.data().forEach(data::putData);
    bundle.metadata().forEach(data::putMetaData);
  }
}
