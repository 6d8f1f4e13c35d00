package palette.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Files that are written aside, beside the place they are to have, and named after who writes. */
public final class Asides {
  private static final Pattern NAME = Pattern.compile("\\.palette-(\\d{1,18})-[0-9a-f]+\\.part");
  // A process of another machine, or container, on the same disk may have any number.
  private static final Duration LEFT = Duration.ofDays(1);

  private Asides() {}

  // Files.createTempFile would give the owner alone the right to read what is written.
  static Path beside(Path target) {
    var random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return target.resolveSibling(
        ".palette-" + ProcessHandle.current().pid() + "-" + random + ".part");
  }

  /** Removes what processes that are gone have left in a folder. */
  static void tidy(Path folder) {
    try (var files = Files.newDirectoryStream(folder, Asides::isLeft)) {
      for (var file : files) Files.deleteIfExists(file);
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // Not ours to remove; what is to be written matters more.
    }
  }

  private static boolean isLeft(Path file) throws IOException {
    var name = NAME.matcher(file.getFileName().toString());
    return name.matches() && isLeft(file, Long.parseLong(name.group(1)));
  }

  /** Whether the process that wrote something aside is gone, and it has lain there for a day. */
  public static boolean isLeft(Path path, long process) throws IOException {
    if (ProcessHandle.of(process).isPresent()) return false;
    return Files.getLastModifiedTime(path).toInstant().isBefore(Instant.now().minus(LEFT));
  }
}
