package palette.support;

/**
 * Input from outside (a file, a saved model, a notebook) that is not what it should be. The message
 * has four parts: where, what was expected, what was found, what to do next.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1;

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
        (where + ": expected " + expected + ", found " + found + ". " + next).stripTrailing(),
        cause);
  }
}
