package palette.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Files that are written whole or not at all: aside first, then moved to their final name. Who may
 * read them is what the process's umask says, as for any new file.
 */
public final class WholeFile {
  private WholeFile() {}

  /** What fills the file. */
  @FunctionalInterface
  public interface Writer {
    /** Writes everything to the stream; the caller closes it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes the file, making its folders where they are missing. */
  public static void write(Path file, Writer writer) {
    Path target = file.toAbsolutePath();
    Path aside = null;
    try {
      Files.createDirectories(target.getParent());
      aside = aside(target);
      try (var out = Files.newOutputStream(aside, StandardOpenOption.CREATE_NEW)) {
        writer.writeTo(out);
      }
      move(aside, target);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + file + ": " + e.getMessage(), e);
    } finally {
      remove(aside);
    }
  }

  // Files.createTempFile would give the owner alone the right to read what is written.
  private static Path aside(Path target) {
    var random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return target.resolveSibling("." + target.getFileName() + "." + random + ".part");
  }

  /** Moves a finished file or folder to its final name, in one step where the disk can do so. */
  public static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void remove(Path aside) {
    try {
      if (aside != null) Files.deleteIfExists(aside);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
