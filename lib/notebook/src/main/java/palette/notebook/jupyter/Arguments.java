package palette.notebook.jupyter;

import java.util.Iterator;

/** The arguments of a command, one after the other. */
public final class Arguments {
  private Arguments() {}

  /**
   * What follows an option that needs a value.
   *
   * @throws UsageException if nothing does
   */
  public static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) throw new UsageException(option + " needs a value");
    return rest.next();
  }
}
