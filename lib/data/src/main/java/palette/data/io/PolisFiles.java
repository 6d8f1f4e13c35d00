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
    var there = names.stream().map(folder::resolve).filter(Files::exists).toList();
    if (!Files.isDirectory(folder)) return folder.resolve(names.get(0)); // whose reader complains
    var found = there.isEmpty() ? prefixed(folder, names) : there;
    if (found.size() == 1) return found.get(0);
    throw new InputException(
        folder.toString(),
        "one file " + String.join(" or ", names) + ", by that name or behind \"...-\"",
        found.isEmpty() ? "none" : Mapping.listed(found.stream().map(Place::name).toList()),
        found.isEmpty() ? "Check the folder." : "Give each export a folder of its own.");
  }

  private static List<Path> prefixed(Path folder, List<String> names) {
    try (var inside = Files.list(folder)) {
      return inside
          .filter(file -> names.stream().anyMatch(name -> Place.name(file).endsWith("-" + name)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + folder + ": " + Reasons.of(e), e);
    }
  }
}
