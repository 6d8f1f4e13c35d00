package palette.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;

/** Small files for tests, and the shared folder where it is there. */
public final class Written {
  private Written() {}

  public static Path file(Path folder, String name, String... lines) {
    return bytes(folder.resolve(name), text(lines).getBytes(StandardCharsets.UTF_8));
  }

  public static Path gz(Path folder, String name, String... lines) {
    var file = folder.resolve(name);
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text(lines).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  public static Path bytes(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String... lines) {
    return String.join("\n", lines) + "\n";
  }

  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file or folder of the shared data; the test is skipped where it is not there. */
  public static Path shared(String name) {
    var path = Path.of(System.getProperty("palette.shared", "../shared")).resolve("data/" + name);
    Assumptions.assumeTrue(Files.exists(path), () -> "no " + path + ": shared data is not here");
    return path;
  }
}
