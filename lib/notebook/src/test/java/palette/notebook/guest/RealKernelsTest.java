package palette.notebook.guest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapaio.jupyter.kernel.MainApp;
import palette.notebook.Scratch;
import palette.notebook.kernel.KernelClient;

/**
 * Palette as the guest of the kernels themselves. rapaio's comes from Maven Central. IJava and
 * JJava are on GitHub: their tests run where {@code -Dpalette.ijava} names the jar, and {@code
 * -Dpalette.jjava} the folder of the installed kernel.
 */
class RealKernelsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void rapaio() throws Exception {
    var jar = Path.of(MainApp.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    // three in ten of its starts end: see RapaioGuest
    feelsAtHomeIn("rapaio", 8, jar);
  }

  @Test
  void iJava() throws Exception {
    feelsAtHomeIn("ijava", 1, named("palette.ijava"));
  }

  @Test
  void jJava() throws Exception {
    var folder = named("palette.jjava");
    feelsAtHomeIn("jjava", 1, folder.resolve("jjava-launcher.jar"), folder.resolve("jjava.jar"));
  }

  private static Path named(String property) {
    var place = System.getProperty(property);
    Assumptions.assumeTrue(place != null, "needs -D" + property);
    return Path.of(place).toAbsolutePath();
  }

  private void feelsAtHomeIn(String host, int tries, Path... jars) throws IOException {
    install(host, jars);
    assertThat(Scratch.palette("kernel", "--for", host, "--prefix", folder.toString()).err())
        .isEmpty();
    try (var kernel = started(spec("palette-" + host), tries)) {
      showShowsInTheMiddleOfACell(kernel);
      aValueIsShownAsPaletteShowsIt(kernel);
      workIsOneOutputThatEndsAsItsSummary(kernel);
    }
  }

  private void showShowsInTheMiddleOfACell(KernelClient kernel) {
    var shown = kernel.execute("show(41 + 1);\nint after = 1;").all("display_data");
    assertThat(shown).extracting(RealKernelsTest::text).containsExactly("42");
  }

  private void aValueIsShownAsPaletteShowsIt(KernelClient kernel) {
    var result = kernel.execute("\"<b>\" + palette.support.Texts.count(2, \"user\")");
    assertThat(result.all("execute_result").get(0).path("data").has("text/html")).isFalse();
    assertThat(text(result.all("execute_result").get(0))).isEqualTo("<b>2 users");

    var picture = kernel.execute("new java.awt.image.BufferedImage(3, 2, 1)");
    assertThat(picture.all("execute_result").get(0).path("data").has("image/png")).isTrue();
  }

  private void workIsOneOutputThatEndsAsItsSummary(KernelClient kernel) {
    var cell =
        kernel.execute(
            """
            var work = palette.support.Progress.start("Training", 2);
            work.at(1, "half");
            work.finish("done");
            """);
    var id = cell.all("display_data").get(0).at("/transient/display_id").asText();
    assertThat(id).isNotEmpty();
    assertThat(cell.all("update_display_data"))
        .allMatch(update -> update.at("/transient/display_id").asText().equals(id))
        .last()
        .extracting(RealKernelsTest::text)
        .isEqualTo("Training: done");
  }

  private static String text(JsonNode shown) {
    return shown.at("/data/text~1plain").asText();
  }

  // --------------------------------------------------------------------------------- the kernel

  private Path spec(String name) {
    return folder.resolve("share/jupyter/kernels").resolve(name).resolve("kernel.json");
  }

  /** A spec as the kernel's own installer writes it. */
  private void install(String name, Path... jars) throws IOException {
    Files.createDirectories(spec(name).getParent());
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var words = new ArrayList<>(List.of(java, "-jar"));
    for (var jar : jars) words.add(jar.toString());
    words.add("{connection_file}");
    var json = Map.of("argv", words, "language", "java", "interrupt_mode", "message");
    JSON.writeValue(spec(name).toFile(), json);
  }

  private KernelClient started(Path spec, int tries) throws IOException {
    var json = JSON.readTree(spec.toFile());
    var command = JSON.convertValue(json.path("argv"), new TypeReference<List<String>>() {});
    var environment =
        JSON.convertValue(json.path("env"), new TypeReference<Map<String, String>>() {});
    var kernel = new KernelClient(folder);
    try {
      return kernel.start(command, environment);
    } catch (IllegalStateException e) {
      kernel.close();
      if (tries == 1) throw e;
      return started(spec, tries - 1);
    }
  }
}
