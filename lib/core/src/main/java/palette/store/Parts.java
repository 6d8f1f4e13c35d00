package palette.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import palette.support.Asides;

/**
 * The folders beside a saved model while it is written: the new one, and the old one for the
 * instant in which the new one takes its place. Both are named after the model and the process.
 */
final class Parts {
  // A process of another machine, or container, on the same disk may have any number.
  private static final Duration LEFT = Duration.ofDays(1);
  private static final String OLD = "-old";

  private Parts() {}

  static Path beside(Path target) {
    long pid = ProcessHandle.current().pid();
    return target.resolveSibling(prefix(target) + pid + "-" + UUID.randomUUID());
  }

  static Path old(Path part) {
    return part.resolveSibling(part.getFileName() + OLD);
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".palette-";
  }

  /** Removes what processes that are gone have left; only where the model itself is there. */
  static void tidy(Path target) {
    try {
      for (var part : of(target)) if (isLeft(target, part)) ModelFolder.remove(part);
    } catch (IOException | RuntimeException e) {
      // Not ours to remove; the model is saved.
    }
  }

  /** The model before a save that was cut short between its two moves. */
  static Optional<Path> lost(Path target) {
    if (Files.exists(target)) return Optional.empty();
    try {
      return of(target.toAbsolutePath().normalize()).stream()
          .filter(part -> part.toString().endsWith(OLD))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<Path> of(Path target) throws IOException {
    var parts = new ArrayList<Path>();
    try (var folders =
        Files.newDirectoryStream(
            target.getParent(),
            path -> name(target).matcher(path.getFileName().toString()).matches())) {
      folders.forEach(parts::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return parts;
  }

  private static Pattern name(Path target) {
    return Pattern.compile(
        Pattern.quote(prefix(target)) + "(\\d{1,18})-[0-9a-f-]{36}(" + OLD + ")?");
  }

  private static boolean isLeft(Path target, Path part) throws IOException {
    var name = name(target).matcher(part.getFileName().toString());
    return name.matches() && Asides.isLeft(part, Long.parseLong(name.group(1)), LEFT);
  }
}
