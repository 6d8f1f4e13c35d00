package palette.data.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import palette.support.AtomicFile;
import palette.support.Sha256;

/**
 * Files in the cache, and whether they are what they should be. Where no hash is known beforehand
 * that of the first download lies beside the file, {@code NAME.sha256}.
 */
final class Kept {
  private Kept() {}

  /** There by its name and size. */
  static boolean isThere(Path path, RemoteFile file) {
    if (!Files.isRegularFile(path)) return false;
    if (!file.isKnownWhole() && !Files.isRegularFile(record(path))) return false;
    return file.bytes() == 0 || path.toFile().length() == file.bytes();
  }

  /** There, and its content is the right one. */
  static boolean isWhole(Path path, RemoteFile file) throws IOException {
    if (!isThere(path, file)) return false;
    String hash = hash(path);
    return file.allows(hash) && (file.isKnownWhole() || recorded(path).equals(hash));
  }

  private static String recorded(Path path) throws IOException {
    return Files.readString(record(path), StandardCharsets.ISO_8859_1).strip();
  }

  /** Before the file gets its name, so that it never lies there with another hash beside it. */
  static void write(Path path, String hash) {
    AtomicFile.write(
        record(path), out -> out.write((hash + "\n").getBytes(StandardCharsets.US_ASCII)));
  }

  private static Path record(Path path) {
    return path.resolveSibling(path.getFileName() + ".sha256");
  }

  static String hash(Path path) throws IOException {
    return Sha256.hex(out -> Files.copy(path, out));
  }
}
