package palette.notebook.jupyter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import palette.support.AtomicFile;
import palette.support.Home;
import palette.support.InputException;
import palette.support.Reasons;

/**
 * Tells Jupyter how to start a kernel: the file {@code kernels/NAME/kernel.json}, for our own
 * kernel or for Palette as the guest of another.
 */
public final class KernelSpec {
  private static final ObjectMapper JSON = new ObjectMapper();

  // By name: it stands to the right of this package.
  private static final String MAIN = "palette.notebook.Main";

  private final Path data;
  private final Host host;
  private final String name;
  private final Path folder;
  private final Path file;

  private KernelSpec(Path data, Host host) {
    this.data = data;
    this.host = host;
    name = host == null ? "palette" : host.spec();
    folder = data.resolve("kernels").resolve(name);
    file = folder.resolve("kernel.json");
  }

  /** The spec of the user who asks. */
  static KernelSpec ofUser() {
    return new KernelSpec(userData(), null);
  }

  /** The spec below a prefix, such as a virtual environment or {@code /usr/local}. */
  static KernelSpec below(Path prefix) {
    return new KernelSpec(data(prefix), null);
  }

  private static Path data(Path prefix) {
    return prefix.toAbsolutePath().normalize().resolve("share").resolve("jupyter");
  }

  private static Path userData() {
    return userData(System.getProperty("os.name"), System.getProperty("user.home"), System::getenv);
  }

  /** Where Jupyter keeps a user's files; its own rules. */
  static Path userData(String system, String home, UnaryOperator<String> environment) {
    var given = environment.apply("JUPYTER_DATA_DIR");
    if (given != null && !given.isEmpty()) return Path.of(given);
    if (system.startsWith("Mac")) return Path.of(home, "Library", "Jupyter");
    var windows = environment.apply("APPDATA");
    if (system.startsWith("Windows") && windows != null) return Path.of(windows, "jupyter");
    var xdg = environment.apply("XDG_DATA_HOME");
    var data = xdg == null || xdg.isEmpty() ? Path.of(home, ".local", "share") : Path.of(xdg);
    return data.resolve("jupyter");
  }

  /** What {@code palette kernel} was asked to do, done; the line to show. */
  public static String command(List<String> arguments) {
    var known = "--prefix=VALUE --for=VALUE --print --remove --add-jar=VALUES";
    var given = new Arguments(arguments, null, known);
    var jars = given.jars();
    if (given.has("--remove") && !jars.isEmpty())
      throw new UsageException("--remove takes the kernel away, not a jar");
    var data = given.has("--prefix") ? data(Path.of(given.value("--prefix"))) : userData();
    var spec = new KernelSpec(data, given.has("--for") ? Host.of(given.value("--for")) : null);
    if (given.has("--print")) return spec.json(spec.jars(jars)).toPrettyString();
    return given.has("--remove") ? spec.remove() : spec.write(jars);
  }

  /** Writes the spec for this checkout; jars of an earlier call stay. */
  String write(List<Path> more) {
    refuseForeign();
    var jars = jars(more);
    write(jars);
    var added = jars.isEmpty() ? "" : " with " + String.join(", ", jars) + " on its class path";
    return "Kernel '" + name + "' written to " + file + added + ".";
  }

  private Set<String> jars(List<Path> more) {
    var jars = new LinkedHashSet<>(jars());
    more.forEach(jar -> jars.add(jar.toString()));
    return jars;
  }

  void write(Set<String> jars) {
    AtomicFile.write(file, json(jars).toPrettyString());
  }

  private ObjectNode json(Set<String> jars) {
    var json = host == null ? own(jars) : host.json(dataFolders(), classPath(), jars);
    var ours = json.withObject("/metadata").putObject("palette");
    ours.put("home", Home.folder().toString());
    jars.forEach(ours.putArray("jars")::add);
    return json;
  }

  private static ObjectNode own(Set<String> jars) {
    var json = JSON.createObjectNode();
    arguments(jars).forEach(json.putArray("argv")::add);
    json.put("display_name", "Java (Palette)").put("language", "java");
    json.put("interrupt_mode", "message");
    settle(json.putObject("env"));
    return json;
  }

  /** The environment that the launcher sets too. */
  static void settle(ObjectNode environment) {
    environment.put("OMP_WAIT_POLICY", "PASSIVE").put("GOMP_SPINCOUNT", "3000");
    environment.put("RUST_FLAVOR", "cpu");
  }

  /** Where an installed kernel may be: here, and where Jupyter looks. */
  private List<Path> dataFolders() {
    var path = Optional.ofNullable(System.getenv("JUPYTER_PATH")).orElse("");
    var named = Stream.of(path.split(Pattern.quote(File.pathSeparator))).filter(p -> !p.isEmpty());
    var installed =
        Stream.of("jupyter", "jupyter-lab", "jupyter-notebook")
            .flatMap(command -> Programs.onPath(command).stream())
            .map(command -> data(command.toAbsolutePath().getParent().getParent()));
    var usual = Stream.of(userData(), data(Path.of("/usr/local")), data(Path.of("/usr")));
    return Stream.of(Stream.of(data), named.map(Path::of), installed, usual)
        .flatMap(folders -> folders)
        .distinct()
        .toList();
  }

  /** As the launcher starts Java, with the class path that it resolved. */
  private static List<String> arguments(Set<String> jars) {
    var arguments = new ArrayList<String>();
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) arguments.add("--enable-native-access=ALL-UNNAMED");
    arguments.addAll(archive(classPath()));
    arguments.add("-Dfile.encoding=UTF-8");
    arguments.add("-Djava.awt.headless=true");
    arguments.add("-Dai.djl.offline=true");
    arguments.add("-Dpalette.home=" + Home.folder());
    var path = Stream.concat(classPath().stream(), jars.stream());
    arguments.addAll(List.of("-cp", path.collect(Collectors.joining(File.pathSeparator))));
    arguments.add(MAIN);
    arguments.addAll(List.of("connect", "{connection_file}"));
    return arguments;
  }

  /** The classes that the launcher keeps beside its jar; Java ignores them if they do not fit. */
  static List<String> archive(List<String> classPath) {
    var jar = Path.of(classPath.get(0));
    if (!jar.equals(Home.resolve("target/palette/palette.jar"))) return List.of();
    return List.of("-XX:SharedArchiveFile=" + jar.resolveSibling("classes.jsa"), "-Xlog:cds*=off");
  }

  private static List<String> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
        .map(part -> Path.of(part).toAbsolutePath().normalize().toString())
        .toList();
  }

  /** Takes the spec away, and the folder that this leaves empty. */
  String remove() {
    if (!Files.exists(file))
      return "No kernel '" + name + "' in " + folder + "; nothing to remove.";
    refuseForeign();
    try {
      Files.delete(file);
      try (var left = Files.list(folder)) {
        if (left.findAny().isPresent()) return "Removed " + file + "; other files stay beside it.";
      }
      Files.delete(folder);
      return "Removed " + folder + ".";
    } catch (IOException e) {
      throw new UncheckedIOException("Could not remove " + file + ": " + Reasons.of(e), e);
    }
  }

  /** Jars that earlier calls put on this checkout's class path, as far as they are still there. */
  Set<String> jars() {
    var jars = new LinkedHashSet<String>();
    if (isOurs()) read().at("/metadata/palette/jars").forEach(jar -> jars.add(jar.asText()));
    jars.removeIf(jar -> !Files.exists(Path.of(jar)));
    return jars;
  }

  private boolean isOurs() {
    return Files.exists(file) && owner().equals(Home.folder().toString());
  }

  private String owner() {
    return read().at("/metadata/palette/home").asText();
  }

  private void refuseForeign() {
    if (!Files.exists(file) || isOurs()) return;
    var owner = owner();
    // A checkout that was moved or deleted leaves its spec behind.
    if (!owner.isEmpty() && !Files.exists(Path.of(owner))) return;
    var found = owner.isEmpty() ? "that of another kernel" : "that of the checkout " + owner;
    throw new InputException(
        file.toString(),
        "no kernel, or that of this checkout",
        found,
        "It is left as it is. Remove it first, or choose another place by --prefix DIR.");
  }

  private JsonNode read() {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }
}
