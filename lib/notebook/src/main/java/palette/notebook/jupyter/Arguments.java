package palette.notebook.jupyter;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.zip.ZipFile;
import palette.support.InputException;

/** The arguments of a command, one after the other. */
public final class Arguments {
  private Arguments() {}

  /**
   * What follows an option that needs a value.
   *
   * @throws UsageException if nothing does
   */
  public static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) throw new UsageException(option + " needs a value");
    return rest.next();
  }

  /** The jar that follows an option, as a class path can name it. */
  public static Path jar(String option, Iterator<String> rest) {
    String name = value(option, rest);
    var jar = Path.of(name).toAbsolutePath().normalize();
    try (var zip = new ZipFile(jar.toFile())) {
      if (zip.size() == 0) throw noJar(name, "an empty one", null);
    } catch (IOException e) {
      throw noJar(name, Files.exists(jar) ? "no jar" : "no such file", e);
    }
    if (!jar.toString().contains(File.pathSeparator)) return jar;
    throw noJar(name, "'" + File.pathSeparator + "' in its path, which parts a class path", null);
  }

  private static InputException noJar(String name, String found, IOException e) {
    return new InputException("--add-jar " + name, "a jar", found, "", e);
  }
}
