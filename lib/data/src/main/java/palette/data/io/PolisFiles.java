package palette.data.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import palette.support.InputException;
import palette.support.Reasons;

/**
 * Where the files of a Polis export are: their names changed, and today begin with the export's.
 */
public final class PolisFiles {
  private PolisFiles() {}

  /** The one file of these names, each by itself or behind a prefix and a hyphen. */
  public static Path find(Path folder, List<String> names) {
    if (!Files.isDirectory(folder)) return folder.resolve(names.get(0)); // whose reader complains
    var found = names(folder, names);
    if (found.size() == 1) return found.get(0);
    throw new InputException(
        folder.toString(),
        "one file " + String.join(" or ", names) + ", by that name or behind \"...-\"",
        found.isEmpty() ? "none" : Mapping.listed(found.stream().map(Place::name).toList()),
        found.isEmpty() ? "Check the folder." : "Give each export a folder of its own.");
  }

  /** The log of votes: the file itself, or that of a folder that has no table of votes; or null. */
  public static Path log(Path path, List<String> tables, List<String> logs) {
    if (!Files.isDirectory(path)) return isLog(path, tables, logs) ? path : null;
    if (names(path, tables).size() > 0) return null;
    var found = names(path, logs);
    return found.size() == 1 ? found.get(0) : null;
  }

  /** Whether this is a file with the name of a log, {@code votes.csv}. */
  public static boolean isLog(Path path, List<String> tables, List<String> logs) {
    boolean log = is(path, logs) && !is(path, tables);
    return log && Files.isRegularFile(path);
  }

  private static boolean is(Path file, List<String> names) {
    String name = Place.name(file);
    return names.stream().anyMatch(n -> name.equals(n) || name.endsWith("-" + n));
  }

  private static List<Path> names(Path folder, List<String> names) {
    var there = names.stream().map(folder::resolve).filter(Files::exists).toList();
    return there.isEmpty() ? prefixed(folder, names) : there;
  }

  private static List<Path> prefixed(Path folder, List<String> names) {
    try (var inside = Files.list(folder)) {
      return inside.filter(file -> is(file, names)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + folder + ": " + Reasons.of(e), e);
    }
  }
}
