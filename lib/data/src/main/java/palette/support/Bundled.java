package palette.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files that lie in the jar beside a class. */
public final class Bundled {
  private Bundled() {}

  public static byte[] bytes(Class<?> beside, String name) {
    try (var in = Checks.present(name, beside.getResourceAsStream(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + name + ": " + Reasons.of(e), e);
    }
  }

  /** A file's text, in UTF-8. */
  public static String text(Class<?> beside, String name) {
    return new String(bytes(beside, name), StandardCharsets.UTF_8);
  }
}
