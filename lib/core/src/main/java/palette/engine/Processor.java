package palette.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the processor can, where the system says it, as Linux does. */
final class Processor {
  private static final Path TOLD = Path.of("/proc/cpuinfo");

  private Processor() {}

  /** Whether it has some instructions, such as "avx512f"; false where nothing says so. */
  static boolean has(String instructions) {
    try (var lines = Files.lines(TOLD)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> List.of(line.split("\\s+")).contains(instructions))
          .orElse(false);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
