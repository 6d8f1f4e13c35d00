package palette.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most resident memory of this process since a moment, where the system is Linux. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path REFERENCES = Path.of("/proc/self/clear_refs");

  private PeakMemory() {}

  /** From now on; garbage is collected first, so that it does not count. */
  static void reset() {
    System.gc();
    try {
      if (Files.isWritable(REFERENCES)) Files.writeString(REFERENCES, "5");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In MB; 0 where the system does not say. */
  static long megabytes() {
    if (!Files.exists(STATUS)) return 0;
    try (var lines = Files.lines(STATUS)) {
      String line = lines.filter(l -> l.startsWith("VmHWM")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
