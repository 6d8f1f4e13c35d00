package palette.data.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import palette.support.AtomicFile;
import palette.support.Sha256;
import palette.support.Texts;

/**
 * A file at an address. {@code bytes} is 0 where the size is not known beforehand. {@code sha256}
 * is the hash in hex, its beginning, or empty where none is known; then that of the first download
 * lies beside the file in the cache, {@code NAME.sha256}.
 */
public record RemoteFile(String name, String url, long bytes, String sha256) {
  private static final int WHOLE_HASH = 64;

  /** Without a name it has that of its address. */
  public RemoteFile {
    if (name == null) name = url.substring(url.lastIndexOf('/') + 1);
  }

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

  /** There by its name and size. */
  boolean isThere(Path path) {
    if (!Files.isRegularFile(path)) return false;
    if (!isKnownWhole() && !Files.isRegularFile(record(path))) return false;
    return bytes == 0 || path.toFile().length() == bytes;
  }

  /** There, and its content is the right one. */
  boolean isWhole(Path path) throws IOException {
    if (!isThere(path)) return false;
    String hash = hash(path);
    return allows(hash) && (isKnownWhole() || Files.readString(record(path)).strip().equals(hash));
  }

  /** Before the file gets its name, so that it never lies there with another hash beside it. */
  static void keep(Path path, String hash) {
    AtomicFile.write(record(path), hash + "\n");
  }

  private static Path record(Path path) {
    return path.resolveSibling(path.getFileName() + ".sha256");
  }

  static String hash(Path path) throws IOException {
    return Sha256.hex(out -> Files.copy(path, out));
  }

  /** Its size as a list shows it. */
  static String size(long bytes) {
    if (bytes <= 0) return "not known";
    return bytes < 1 << 20
        ? Texts.format("%,.0f kB", bytes / 1024.0)
        : Texts.format("%,.1f MB", bytes / 1048576.0);
  }
}
