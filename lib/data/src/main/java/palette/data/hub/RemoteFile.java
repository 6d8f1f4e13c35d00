package palette.data.hub;

import palette.support.Texts;

/**
 * A file at an address. {@code bytes} is 0 where the size is not known beforehand. {@code sha256}
 * is the hash in hex, its beginning, or empty where none is known; then the first download is
 * recorded ({@link Kept}).
 */
public record RemoteFile(String name, String url, long bytes, String sha256) {
  private static final int WHOLE_HASH = 64;

  /** Whether this can be the hash of its content. */
  boolean allows(String hash) {
    return hash.startsWith(sha256);
  }

  /** Whether bytes of an earlier day can be told from others: only then is a part gone on with. */
  boolean isKnown() {
    return !sha256.isEmpty();
  }

  boolean isKnownWhole() {
    return sha256.length() == WHOLE_HASH;
  }

  /** Its size as a list shows it. */
  static String size(long bytes) {
    if (bytes <= 0) return "not known";
    return bytes < 1 << 20
        ? Texts.format("%,.0f kB", bytes / 1024.0)
        : Texts.format("%,.1f MB", bytes / 1048576.0);
  }
}
