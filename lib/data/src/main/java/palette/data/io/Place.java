package palette.data.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import palette.support.InputException;
import palette.support.Reasons;

/** A file before it is opened: what messages call it, what its ending says, what it is. */
public final class Place {
  private Place() {}

  /** The name of the file; of a root, which has none, its path. */
  public static String name(Path path) {
    return path.getFileName() == null ? path.toString() : path.getFileName().toString();
  }

  /** Whether the name ends in one of these, in capitals or not, {@code ".jsonl"}. */
  public static boolean ends(Path path, String... endings) {
    String name = name(path).toLowerCase(Locale.ROOT);
    for (var ending : endings) if (name.endsWith(ending)) return true;
    return false;
  }

  /** Whether its name says that it is packed. */
  public static boolean packed(Path path) {
    return ends(path, ".gz");
  }

  /** The name without {@code .gz}, in small letters, to look at the ending before it. */
  static String unpackedName(Path path) {
    String name = name(path).toLowerCase(Locale.ROOT);
    return packed(path) ? name.substring(0, name.length() - 3) : name;
  }

  /** The files in a folder for which the test holds, in the order of their names. */
  public static List<Path> inside(Path folder, Predicate<Path> test) {
    try (var files = Files.list(folder)) {
      return files.filter(test).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + folder + ": " + Reasons.of(e), e);
    }
  }

  /** The only one of those found in a folder; else what was expected, and what to do. */
  public static Path only(
      Path folder, List<Path> found, String expected, String ifNone, String ifMore) {
    if (found.size() == 1) return found.get(0);
    boolean none = found.isEmpty();
    String what = none ? "none" : Mapping.listed(found.stream().map(Place::name).toList());
    throw new InputException(folder.toString(), expected, what, none ? ifNone : ifMore);
  }

  /** Refuses what is no plain file: a folder, a pipe, a device, nothing at all. */
  static void readable(Path path, String where, String expected, String nothing) {
    if (Files.isRegularFile(path)) return;
    if (Files.isDirectory(path)) {
      throw new InputException(where, expected, "a folder", "Check the path.");
    }
    if (Files.exists(path)) {
      throw new InputException(
          where, expected, "a pipe or a device", "Write what comes out of it to a file first.");
    }
    throw new InputException(where, expected, nothing, "Check the path.");
  }
}
