package palette.data.io;

import java.io.IOException;

/** The cause of a fault behind which nothing can be read, so that there is nothing to skip. */
final class Unreadable extends IOException {
  private static final long serialVersionUID = 1;

  Unreadable(String message) {
    super(message);
  }
}
