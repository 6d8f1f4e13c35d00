package palette.notebook.jupyter;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;
import palette.support.InputException;

/** The arguments of a command, one after the other; what an option says, it says once. */
public final class Arguments {
  private final Iterator<String> rest;
  private final Set<String> repeated;
  private final Set<String> given = new HashSet<>();

  /**
   * @param repeated options that may be given more than once
   */
  public Arguments(List<String> arguments, String... repeated) {
    this.rest = arguments.iterator();
    this.repeated = Set.of(repeated);
  }

  public boolean hasNext() {
    return rest.hasNext();
  }

  /**
   * The next argument.
   *
   * @throws UsageException if it is an option that was given before, and may not be
   */
  public String next() {
    var argument = rest.next();
    boolean once = argument.startsWith("-") && !repeated.contains(argument);
    if (once && !given.add(argument)) throw new UsageException(argument + " is given twice");
    return argument;
  }

  /**
   * What follows an option that needs a value.
   *
   * @throws UsageException if nothing does
   */
  public String value(String option) {
    if (!rest.hasNext()) throw new UsageException(option + " needs a value");
    return rest.next();
  }

  /** The jar that follows an option, as a class path can name it. */
  public Path jar(String option) {
    String name = value(option);
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
