package palette.support;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Where things lie that can be had again: vectors of texts, downloaded data, unpacked libraries.
 * The property {@code palette.cache} names the folder, or else {@code PALETTE_CACHE} in the
 * environment, or {@code palette} below {@code XDG_CACHE_HOME} or below {@code .cache} at home.
 */
public final class CacheFolder {
  private CacheFolder() {}

  /** The folder of all cached vectors; it need not exist, and may be deleted at any time. */
  public static Path embeddings() {
    return folder().resolve("embeddings");
  }

  /** The folder of unpacked native libraries; it too may be deleted while nothing runs. */
  public static Path natives() {
    return folder().resolve("natives");
  }

  /**
   * The folder of downloaded data sets; what is deleted there is fetched again when it is asked
   * for.
   */
  public static Path data() {
    return folder().resolve("data");
  }

  /**
   * What is kept for a user lies below {@code HOME}, the engine's libraries too, for programs that
   * are ours: Java asks the password file instead, and names a home "?" that it does not know.
   */
  public static void belowHome() {
    String home = System.getenv("HOME");
    if (given(home) && Path.of(home).isAbsolute()) System.setProperty("user.home", home);
  }

  private static Path folder() {
    return choose(System::getProperty, System::getenv);
  }

  static Path choose(UnaryOperator<String> property, UnaryOperator<String> environment) {
    if (given(property.apply("palette.cache"))) return absolute(property.apply("palette.cache"));
    if (given(environment.apply("PALETTE_CACHE"))) {
      return absolute(environment.apply("PALETTE_CACHE"));
    }
    // The XDG specification asks to ignore relative paths.
    String xdg = environment.apply("XDG_CACHE_HOME");
    if (given(xdg) && Path.of(xdg).isAbsolute()) return absolute(xdg).resolve("palette");
    return absolute(property.apply("user.home")).resolve(".cache").resolve("palette");
  }

  private static boolean given(String value) {
    return value != null && !value.isBlank();
  }

  private static Path absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }
}
