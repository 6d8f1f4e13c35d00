package palette.support;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The checkout that a notebook belongs to, so that its samples are found wherever the notebook is
 * run from: {@code palette run} keeps the caller's working directory, Jupyter uses the notebook's
 * folder.
 *
 * <pre>{@code
 * var data = Home.resolve("data/bowling-green");
 * }</pre>
 */
public final class Home {
  private Home() {}

  /** A path inside the checkout; an absolute one is left as it is. */
  public static Path resolve(String path) {
    return folder().resolve(path).normalize();
  }

  /**
   * The root of the checkout: what the launcher passes as {@code palette.home}, else the first
   * folder upwards of the working directory that holds {@code palette} and {@code pom.xml}.
   *
   * @throws InputException if there is none
   */
  public static Path folder() {
    var given = System.getProperty("palette.home");
    return given == null ? above(Path.of("")) : Path.of(given).toAbsolutePath();
  }

  /** The checkout that the folder lies in. */
  static Path above(Path start) {
    for (var at = start.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("palette")) && Files.isRegularFile(at.resolve("pom.xml")))
        return at;
    }
    throw new InputException(
        "working directory " + start.toAbsolutePath(),
        "a folder inside a Palette checkout",
        "neither 'palette' nor 'pom.xml' on the way up",
        "Start there, or set -Dpalette.home=FOLDER.");
  }
}
