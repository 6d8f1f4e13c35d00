package palette.notebook;

import java.util.UUID;

/** What cells may call without importing it. */
public final class Cells {
  private static volatile Outputs outputs;
  private static volatile String lastId;

  private Cells() {}

  /** Shows a value now, as if the cell ended with it, and returns the name of its place. */
  public static String display(Object value) {
    lastId = UUID.randomUUID().toString();
    outputs.display(lastId, Rich.of(value));
    return lastId;
  }

  /** Shows another value in the place that {@link #display} named. */
  public static void updateDisplay(String id, Object value) {
    outputs.update(id, Rich.of(value));
  }

  /** Shows a value now; for the middle of a cell. */
  public static void show(Object value) {
    display(value);
  }

  static void goTo(Outputs where) {
    outputs = where;
  }

  // display(x) as a last line has shown x already; its id says nothing to a reader.
  static boolean isPlace(Object value) {
    return value != null && value == lastId;
  }
}
