package palette.notebook.jupyter;

/** A command line that asks for something that there is not. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }
}
