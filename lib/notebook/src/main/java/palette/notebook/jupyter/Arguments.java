package palette.notebook.jupyter;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import palette.support.InputException;

/** The arguments of a command: what it is about, and options, each said once. */
public final class Arguments {
  private final Map<String, List<String>> options = new HashMap<>(); // and the values of each
  private String subject; // null: none

  /**
   * @param about what the command may be about, {@code "notebook"}; null for nothing
   * @param known its options, {@code "--all --out=VALUE --jar=VALUES"}
   * @throws UsageException if there are others, or more than there may be
   */
  public Arguments(List<String> arguments, String about, String known) {
    var forms = new HashMap<String, String>();
    for (var option : known.split(" ")) forms.put(option.replaceFirst("=.*", ""), option);
    for (var rest = arguments.iterator(); rest.hasNext(); ) {
      var argument = rest.next();
      if (about != null && !argument.startsWith("-")) {
        if (subject != null) throw new UsageException("more than one " + about + ": " + argument);
        subject = argument;
        continue;
      }
      var form = forms.get(argument);
      if (form == null) throw new UsageException("unknown option " + argument);
      if (has(argument) && !form.endsWith("=VALUES"))
        throw new UsageException(argument + " is given twice");
      var values = options.computeIfAbsent(argument, option -> new ArrayList<>());
      if (form.equals(argument)) continue;
      if (!rest.hasNext()) throw new UsageException(argument + " needs a value");
      values.add(rest.next());
    }
  }

  /** What the command is about; null where it does not say. */
  public String subject() {
    return subject;
  }

  /** The same where it has to say; else what is wrong. */
  public String subject(String missing) {
    if (subject == null) throw new UsageException(missing);
    return subject;
  }

  public boolean has(String option) {
    return options.containsKey(option);
  }

  /** All values of an option. */
  public List<String> values(String option) {
    return options.getOrDefault(option, List.of());
  }

  /** The value of an option; null where it is not given. */
  public String value(String option) {
    return has(option) ? values(option).get(0) : null;
  }

  /** The same as a path. */
  public Path path(String option, Path initial) {
    return has(option) ? Path.of(value(option)) : initial;
  }

  /** The same as a number, of a port for example. */
  public int number(String option, int initial) {
    if (!has(option)) return initial;
    var given = value(option);
    if (given.matches("\\d{1,5}") && Integer.parseInt(given) < 65_536)
      return Integer.parseInt(given);
    throw new UsageException(option + " expects a number up to 65535, found '" + given + "'");
  }

  /** The jars of {@code --add-jar}, as a class path can name them. */
  public List<Path> jars() {
    return values("--add-jar").stream().map(Arguments::jar).toList();
  }

  private static Path jar(String name) {
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
