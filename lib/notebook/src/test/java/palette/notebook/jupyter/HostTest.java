package palette.notebook.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.dflib.jjava.jupyter.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapaio.jupyter.kernel.display.DisplaySystem;
import palette.notebook.Scratch;
import palette.notebook.guest.JJavaGuest;
import palette.notebook.guest.RapaioGuest;
import palette.support.Home;

/**
 * Palette as a guest: the specs for other kernels, and what those kernels find on its class path.
 */
class HostTest {
  @TempDir Path folder;

  private Path kernels() {
    return folder.resolve("share/jupyter/kernels");
  }

  private void install(String name, String arguments, String environment) throws IOException {
    var spec = Files.createDirectories(kernels().resolve(name)).resolve("kernel.json");
    var json = "{\"argv\":[%s],\"env\":{%s},\"interrupt_mode\":\"message\",\"language\":\"java\"}";
    Files.writeString(spec, json.formatted(arguments, environment));
  }

  private Scratch.Ran kernel(String host, String... more) {
    var arguments = new java.util.ArrayList<>(java.util.List.of("kernel", "--for", host));
    arguments.addAll(java.util.List.of("--prefix", folder.toString()));
    arguments.addAll(java.util.List.of(more));
    return Scratch.palette(arguments.toArray(String[]::new));
  }

  private JsonNode written(String name) throws IOException {
    return new ObjectMapper().readTree(kernels().resolve(name).resolve("kernel.json").toFile());
  }

  @Test
  void iJavaGetsTheClassPathAndTheLineThatStartsPalette() throws IOException {
    install(
        "java", "\"java\",\"-jar\",\"/x/ijava-1.3.0.jar\",\"{connection_file}\"", "\"A\":\"1\"");
    assertThat(kernel("ijava").out()).startsWith("Kernel 'palette-ijava' written to ");

    var spec = written("palette-ijava");
    assertThat(spec.path("argv").toString()).contains("/x/ijava-1.3.0.jar", "{connection_file}");
    assertThat(spec.at("/env/A").asText()).isEqualTo("1");
    assertThat(spec.at("/env/IJAVA_STARTUP_SCRIPT").asText())
        .contains("import static palette.notebook.cells.Cells.show;");
    assertThat(spec.at("/env/JDK_JAVA_OPTIONS").asText())
        .contains("-Djava.awt.headless=true", "-Dpalette.home=" + Home.folder());
    assertThat(spec.path("interrupt_mode").asText()).isEqualTo("message");
  }

  @Test
  void noKernelGetsThePartsOfAnother() throws IOException {
    install("j", "\"java\",\"-jar\",\"{resource_dir}/jjava.jar\",\"{connection_file}\"", "");
    kernel("jjava");

    assertThat(written("palette-jjava").at("/env/JJAVA_CLASSPATH").asText())
        .contains("gson-")
        .doesNotContain("jjava-jupyter", "jeromq", "rapaio", "basekernel");
    assertThat(written("palette-jjava").at("/argv/2").asText())
        .isEqualTo(kernels().resolve("j").resolve("jjava.jar").toString());
  }

  @Test
  void rapaioIsStartedByPaletteAndKeepsItsOptions() throws IOException {
    install(
        "r",
        "\"java\",\"-Xmx1g\",\"-jar\",\"/x/rapaio-jupyter-kernel.jar\",\"{connection_file}\"",
        "");
    kernel("rapaio");

    var arguments = written("palette-rapaio").path("argv");
    assertThat(arguments.at("/1").asText()).isEqualTo("-Xmx1g");
    assertThat(arguments.at("/3").asText()).endsWith(":/x/rapaio-jupyter-kernel.jar");
    assertThat(arguments.at("/4").asText()).isEqualTo(RapaioGuest.class.getName());
    assertThat(arguments.at("/5").asText()).isEqualTo("{connection_file}");
  }

  @Test
  void aSpecIsPrintedWithoutBeingWrittenAndTakenAwayLikeOurs() throws IOException {
    install("java", "\"java\",\"-jar\",\"/x/ijava.jar\",\"{connection_file}\"", "");
    assertThat(new ObjectMapper().readTree(kernel("ijava", "--print").out()).has("argv")).isTrue();
    assertThat(kernels().resolve("palette-ijava")).doesNotExist();

    kernel("ijava");
    assertThat(kernel("ijava", "--remove").out()).startsWith("Removed ");
    assertThat(kernels().resolve("java")).exists();
  }

  @Test
  void whatIsNotInstalledIsSaidWithAWayToGetIt() {
    assertThat(kernel("rapaio", "--print").err())
        .contains(
            "kernel --for rapaio: expected an installed kernel rapaio, found none in " + folder)
        .contains("rapaio-jupyter-kernel:3.0.1");
    assertThat(kernel("scala").err())
        .contains("--for expects ijava, jjava or rapaio, found 'scala'");
  }

  @Test
  void jJavaFindsItsExtension() {
    assertThat(ServiceLoader.load(Extension.class)).hasAtLeastOneElementOfType(JJavaGuest.class);
  }

  @Test
  void rapaioShowsWhatPaletteShows() {
    var hostile = DisplaySystem.inst().render("<script>alert(1)</script>");
    assertThat(hostile.data()).containsOnlyKeys("text/plain");

    var picture = DisplaySystem.inst().render(new java.awt.image.BufferedImage(3, 2, 1));
    assertThat(picture.data()).containsKeys("text/plain", "image/png");
    assertThat(picture.metadata()).containsKey("image/png");
  }
}
