package palette.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resident memory of this process, and the most of it since a moment, where it is Linux. */
public final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path REFERENCES = Path.of("/proc/self/clear_refs");

  private ResidentMemory() {}

  /** From now on; garbage is collected first, so that it does not count. */
  static void reset() {
    System.gc();
    try {
      if (Files.isWritable(REFERENCES)) Files.writeString(REFERENCES, "5");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The most since then, in MB; 0 where the system does not say. */
  static long peakMegabytes() {
    return kilobytes("VmHWM") >> 10;
  }

  /** Without that of mapped files, which come and go as the system likes, in kB; 0 elsewhere. */
  public static long anonymousKilobytes() {
    return kilobytes("RssAnon");
  }

  private static long kilobytes(String name) {
    if (!Files.exists(STATUS)) return 0;
    try (var lines = Files.lines(STATUS)) {
      String line = lines.filter(l -> l.startsWith(name)).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
