package palette.notebook.jupyter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import palette.notebook.guest.IJavaGuest;
import palette.support.Home;
import palette.support.InputException;
import palette.support.Reasons;

/**
 * A Java kernel that Palette can be a guest of. The spec for that starts the kernel as its own spec
 * does, with Palette's class path, settings and renderers added.
 */
enum Host {
  IJAVA("IJava", "ijava", "Take it from its releases on GitHub: SpencerPark/IJava."),
  JJAVA("JJava", "jjava", "Take it from its releases on GitHub, dflib/jjava, or by pip."),
  RAPAIO(
      "rapaio",
      "rapaio-jupyter-kernel",
      "Take io.github.padreati:rapaio-jupyter-kernel:3.0.1 from Maven Central; then java -jar"
          + " FILE.jar -i -auto.");

  /** What our own kernel is made of; these kernels bring their own. */
  private static final Pattern OF_KERNELS =
      Pattern.compile("(jjava-jupyter|jeromq|jnacl|jupyter-jvm-basekernel|rapaio-jupyter)-.*");

  // By name: here its class could not be loaded, for lack of rapaio's.
  private static final String RAPAIO_MAIN = "palette.notebook.guest.RapaioGuest";

  private final String title;
  private final String mark;
  private final String next;

  Host(String title, String mark, String next) {
    this.title = title;
    this.mark = mark;
    this.next = next;
  }

  static Host of(String name) {
    return Stream.of(values())
        .filter(host -> host.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () -> new UsageException("--for expects ijava, jjava or rapaio, found '" + name + "'"));
  }

  /** The name of the spec. */
  String spec() {
    return "palette-" + name().toLowerCase(Locale.ROOT);
  }

  /** The spec for Palette in this kernel, made of that of the installed kernel. */
  ObjectNode json(List<Path> dataFolders, List<String> classPath, Set<String> jars) {
    var installed = installed(dataFolders);
    var json = (ObjectNode) read(installed);
    var parts = Stream.concat(own(classPath), jars.stream()).toList();
    var arguments = arguments(json, installed.getParent());
    var environment = json.withObject("/env");
    KernelSpec.settle(environment);
    environment.put("JDK_JAVA_OPTIONS", options());
    switch (this) {
      case IJAVA ->
          environment
              .put("IJAVA_CLASSPATH", String.join(File.pathSeparator, parts))
              .put("IJAVA_STARTUP_SCRIPT", IJavaGuest.LINE);
      case JJAVA -> environment.put("JJAVA_CLASSPATH", String.join(File.pathSeparator, parts));
      case RAPAIO -> arguments = asMain(arguments, parts);
    }
    var argv = json.putArray("argv");
    arguments.forEach(argv::add);
    json.put("display_name", "Java (" + title + ", Palette)");
    return json;
  }

  private static Stream<String> own(List<String> classPath) {
    return classPath.stream()
        .filter(part -> !OF_KERNELS.matcher(Path.of(part).getFileName().toString()).matches());
  }

  private static String options() {
    return "-Dfile.encoding=UTF-8 -Djava.awt.headless=true -Dai.djl.offline=true"
        + " \"-Dpalette.home="
        + Home.folder()
        + "\"";
  }

  private static List<String> arguments(JsonNode json, Path folder) {
    return StreamSupport.stream(json.path("argv").spliterator(), false)
        .map(argument -> argument.asText().replace("{resource_dir}", folder.toString()))
        .toList();
  }

  // "java -jar KERNEL.jar FILE" becomes "java -cp PALETTE:KERNEL.jar MAIN FILE".
  private static List<String> asMain(List<String> arguments, List<String> parts) {
    var joined = String.join(File.pathSeparator, parts) + File.pathSeparator;
    int jar = arguments.indexOf("-jar");
    return Stream.of(
            arguments.subList(0, jar).stream(),
            Stream.of("-cp", joined + arguments.get(jar + 1), RAPAIO_MAIN),
            arguments.subList(jar + 2, arguments.size()).stream())
        .flatMap(part -> part)
        .toList();
  }

  private Path installed(List<Path> dataFolders) {
    return dataFolders.stream()
        .map(folder -> folder.resolve("kernels"))
        .flatMap(Host::specs)
        .filter(this::isMine)
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "kernel --for " + name().toLowerCase(Locale.ROOT),
                    "an installed kernel " + title,
                    "none in "
                        + dataFolders.stream()
                            .map(Path::toString)
                            .collect(Collectors.joining(", ")),
                    next));
  }

  private static Stream<Path> specs(Path kernels) {
    var folders = Optional.ofNullable(kernels.toFile().listFiles()).orElse(new File[0]);
    return Arrays.stream(folders)
        .sorted()
        .map(folder -> folder.toPath().resolve("kernel.json"))
        .filter(Files::isRegularFile);
  }

  private boolean isMine(Path file) {
    var json = read(file);
    boolean ours = json.path("metadata").has("palette");
    return !ours && json.path("argv").toString().toLowerCase(Locale.ROOT).contains(mark);
  }

  private static JsonNode read(Path file) {
    return Reasons.attempt(
        "read " + file, () -> new ObjectMapper().readTree(Files.readAllBytes(file)));
  }
}
