package palette.notebook.cells;

import java.util.UUID;

/**
 * What cells may call without importing it. Other Java kernels have {@code display} and {@code
 * updateDisplay} of their own; they get {@code show} from {@code palette kernel --for}.
 */
public final class Cells {
  private static volatile Displays displays;
  private static volatile String lastId;

  private Cells() {}

  /** Shows a value now, as if the cell ended with it, and returns the name of its place. */
  public static String display(Object value) {
    lastId = UUID.randomUUID().toString();
    displays.display(lastId, Rich.of(value));
    return lastId;
  }

  /** Shows another value in the place that {@link #display} named. */
  public static void updateDisplay(String id, Object value) {
    displays.update(id, Rich.of(value));
  }

  /** Shows a value now; for the middle of a cell. */
  public static void show(Object value) {
    display(value);
  }

  public static void goTo(Displays where) {
    displays = where;
  }

  // display(x) as a last line has shown x already; its id says nothing to a reader.
  static boolean isPlace(Object value) {
    return value != null && value == lastId;
  }
}
