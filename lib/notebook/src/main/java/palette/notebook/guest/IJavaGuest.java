package palette.notebook.guest;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.awt.image.BufferedImage;
import palette.notebook.cells.Bundle;
import palette.notebook.cells.Displays;
import palette.notebook.cells.Rich;

/** Palette in IJava, which runs {@link #LINE} when it starts. */
public final class IJavaGuest implements Displays {
  public static final String LINE =
      "import static palette.notebook.cells.Cells.show;\n"
          + "palette.notebook.guest.IJavaGuest.start(getKernelInstance());";

  private final BaseKernel kernel;

  private IJavaGuest(BaseKernel kernel) {
    this.kernel = kernel;
  }

  /** Shows values as Palette's kernel does. */
  public static void start(BaseKernel kernel) {
    var renderer = kernel.getRenderer();
    // IJava has encoders of pictures of its own; for all else, what it knows of is left to it.
    renderer
        .createRegistration(BufferedImage.class)
        .register((v, to) -> fill(v, to.getOutputContainer()));
    renderer.createRegistration(Object.class).register((v, to) -> fill(v, to.getOutputContainer()));
    Guest.of(new IJavaGuest(kernel));
  }

  @Override
  public void display(String id, Bundle bundle) {
    kernel.display(data(id, bundle));
  }

  @Override
  public void update(String id, Bundle bundle) {
    kernel.getIO().display.updateDisplay(data(id, bundle));
  }

  private static DisplayData data(String id, Bundle bundle) {
    var data = new DisplayData();
    fill(bundle, data);
    data.setDisplayId(id);
    return data;
  }

  private static void fill(Object value, DisplayData data) {
    var bundle = Rich.of(value);
    bundle.data().forEach(data::putData);
    bundle.metadata().forEach(data::putMetaData);
  }
}
