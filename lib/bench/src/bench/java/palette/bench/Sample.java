package palette.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Sound files and how they are read; {@code reader} gets the folder they lie in and whether bad
 * lines are skipped, and does with what it reads what a notebook would do first.
 */
record Sample(String name, Map<String, byte[]> files, BiFunction<Path, Boolean, Object> reader) {

  Sample {
    files = new TreeMap<>(files); // one order, or seeds would mean something else elsewhere
  }

  // A file that is cut and filled again is brought to the disk at once by ext4; a new one is not.
  static void write(Path folder, Map<String, byte[]> files) {
    try {
      Files.createDirectories(folder);
      for (var file : files.entrySet()) {
        var path = folder.resolve(file.getKey());
        Files.deleteIfExists(path);
        Files.write(path, file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
