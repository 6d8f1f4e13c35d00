package palette.support;

/**
 * Input from outside (a file, a saved model, a notebook) that is not what it should be. The message
 * has four parts: where, what was expected, what was found, what to do next. Whatever the input, it
 * is shorter than 2 KB.
 */
public class InputException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int LONGEST = 480; // characters of a part; of four parts less than 2 KB

  /**
   * @param where file and line and column as far as known, {@code "answers.jsonl line 17"}
   * @param expected {@code "a field 'chosen'"}
   * @param found {@code "[winner, loser, post]"}
   * @param next a whole sentence, {@code "Name it with .chosen(\"winner\")."}; may be empty
   */
  public InputException(String where, String expected, String found, String next) {
    this(where, expected, found, next, null);
  }

  /** The same with the exception that revealed it. */
  public InputException(String where, String expected, String found, String next, Throwable cause) {
    super(
        (ending(where) + ": expected " + begin(expected) + ", found " + begin(found) + ". ")
            .concat(begin(next))
            .stripTrailing(),
        cause);
  }

  /**
   * That native libraries do not load, most often from a folder that is missing, read-only or may
   * hold no programs; {@code settings} name another one.
   */
  public static InputException natives(String where, String settings, Throwable e) {
    return new InputException(
        where,
        "native libraries that load",
        root(e).toString(),
        "Name a folder that exists and may hold programs, " + settings + ", and start Java anew.",
        e);
  }

  /** Where it began. */
  public static Throwable root(Throwable e) {
    return e.getCause() == null ? e : root(e.getCause());
  }

  private static String begin(String part) {
    return Texts.shortened(String.valueOf(part), LONGEST);
  }

  // The line stands at the end, behind a path of any length.
  private static String ending(String where) {
    if (where.length() <= LONGEST) return where;
    return "..." + where.substring(where.length() - LONGEST + 3);
  }
}
