package palette.data.hub;

import java.net.URI;
import palette.support.InputException;

/**
 * Where files are fetched from: their own addresses, or a copy of the cache's folder {@code data}
 * on another server, {@code -Dpalette.mirror=https://mirror.example/palette}. Hashes are checked
 * all the same.
 */
final class Mirror {
  private static final String PROPERTY = "palette.mirror";

  private Mirror() {}

  static URI address(Dataset set, RemoteFile file) {
    String mirror = System.getProperty(PROPERTY, "").strip();
    if (mirror.isEmpty()) return URI.create(file.url());
    String folder = mirror.endsWith("/") ? mirror : mirror + "/";
    return checked(mirror, folder + set.id() + "/" + file.name());
  }

  private static URI checked(String mirror, String address) {
    if (mirror.matches("https?://[^/].*") && isUri(address)) return URI.create(address);
    throw new InputException(
        "-D" + PROPERTY, "an address that begins with http:// or https://", mirror, "Correct it.");
  }

  private static boolean isUri(String address) {
    try {
      return URI.create(address).getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
