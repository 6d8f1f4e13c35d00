package palette.embed;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Where the cache of {@link Embedders} lies, and the libraries that run them. */
public final class CacheFolder {
  private CacheFolder() {}

  /** The folder of all cached vectors; it need not exist, and may be deleted at any time. */
  public static Path embeddings() {
    return folder().resolve("embeddings");
  }

  /** The folder of unpacked native libraries; it too may be deleted while nothing runs. */
  static Path natives() {
    return folder().resolve("natives");
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
