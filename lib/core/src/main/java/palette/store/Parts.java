package palette.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import palette.support.Asides;

/** The folders beside a saved model while it is written, named after it and the process. */
final class Parts {
  private static final int TRIES = 100;
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
      for (var part : of(target))
        if (Asides.isLeft(part, process(target, part))) ModelFolder.remove(part);
    } catch (IOException | RuntimeException e) {
      // Not ours to remove; the model is saved.
    }
  }

  /** Gives the model before a save that was cut short between its two moves its name back. */
  static void restore(Path dir) {
    try {
      for (int tries = 0; !Files.exists(dir, LinkOption.NOFOLLOW_LINKS) && tries < TRIES; tries++) {
        var target = dir.toAbsolutePath().normalize();
        var old = of(target).stream().filter(part -> part.toString().endsWith(OLD)).findFirst();
        if (old.isEmpty()) return;
        if (ProcessHandle.of(process(target, old.get())).isPresent()) Thread.sleep(10);
        else Files.move(old.get(), target, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      // Somebody else was quicker, or it is not ours to move: who asks says what is missing.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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

  private static long process(Path target, Path part) {
    var name = name(target).matcher(part.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }
}
