package palette.notebook.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.notebook.Scratch;
import palette.support.Home;

class KernelSpecTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("share/jupyter/kernels/palette/kernel.json");
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(file()));
  }

  private Scratch.Ran kernel(String... more) {
    var arguments = new String[more.length + 3];
    arguments[0] = "kernel";
    arguments[1] = "--prefix";
    arguments[2] = folder.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Scratch.palette(arguments);
  }

  private Path jar(String name) throws IOException {
    var jar = folder.resolve(name);
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("a"));
    }
    return jar;
  }

  @Test
  void theSpecStartsThisJavaWithThisClassPathAndTheLaunchersSettings() throws IOException {
    assertThat(kernel().out()).isEqualTo("Kernel 'palette' written to " + file() + ".\n");

    var arguments = new java.util.ArrayList<String>();
    json().path("argv").forEach(argument -> arguments.add(argument.asText()));
    assertThat(arguments)
        .startsWith(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .contains("-Djava.awt.headless=true", "-Dpalette.home=" + Home.folder())
        .endsWith("palette.notebook.Main", "connect", "{connection_file}");
    assertThat(json().path("interrupt_mode").asText()).isEqualTo("message");
    assertThat(json().at("/env/OMP_WAIT_POLICY").asText()).isEqualTo("PASSIVE");
    assertThat(json().at("/env/RUST_FLAVOR").asText()).isEqualTo("cpu");
  }

  @Test
  void startedFromTheLaunchersJarItUsesTheArchiveBesideIt() {
    var state = Home.resolve("target/palette");

    assertThat(KernelSpec.archive(List.of(state.resolve("palette.jar").toString(), "lib.jar")))
        .startsWith("-XX:SharedArchiveFile=" + state.resolve("classes.jsa"));
    assertThat(KernelSpec.archive(List.of("elsewhere/palette.jar", "lib.jar"))).isEmpty();
  }

  @Test
  void jarsStayOnItsClassPathUntilItIsRemoved() throws IOException {
    var one = jar("one.jar");
    kernel("--add-jar", one.toString());
    kernel("--add-jar", jar("two.jar").toString());
    var path = json().path("argv").toString();
    assertThat(path).contains(one.toString(), "two.jar");

    assertThat(kernel("--remove").out()).isEqualTo("Removed " + file().getParent() + ".\n");
    assertThat(file().getParent()).doesNotExist();
    assertThat(kernel("--remove").out()).endsWith("nothing to remove.\n");
    kernel();
    assertThat(json().path("argv").toString()).doesNotContain("one.jar");
  }

  @Test
  void aColonPartsAClassPath() throws Exception {
    var odd = jar("one" + File.pathSeparator + "two.jar").toString();
    assertThat(kernel("--add-jar", odd).err())
        .contains("expected a jar, found '" + File.pathSeparator + "' in its path");
  }

  @Test
  void whatIsNoJarIsRefused() throws IOException {
    var text = Files.writeString(folder.resolve("text.jar"), "no zip").toString();

    assertThat(kernel("--add-jar", text).err())
        .isEqualTo("palette: --add-jar " + text + ": expected a jar, found no jar.\n");
    assertThat(kernel("--add-jar", "gone.jar").err()).contains("found no such file");
    assertThat(file()).doesNotExist();
  }

  @Test
  void anotherKernelsSpecIsNeitherOverwrittenNorRemoved() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "{\"argv\":[\"other\"]}");

    for (var ran : new Scratch.Ran[] {kernel(), kernel("--remove")}) {
      assertThat(ran.status()).isEqualTo(2);
      assertThat(ran.err()).contains("found that of another kernel. It is left as it is.");
    }
    assertThat(file()).hasContent("{\"argv\":[\"other\"]}");
  }

  @Test
  void thatOfAnotherCheckoutStaysAsLongAsTheCheckoutIsThere() throws IOException {
    kernel();
    var other = Files.createDirectory(folder.resolve("other"));
    var spec = Files.readString(file());
    Files.writeString(
        file(), spec.replace("\"home\" : \"" + Home.folder(), "\"home\" : \"" + other));
    assertThat(kernel().err()).contains("found that of the checkout " + other);

    Files.delete(other);
    assertThat(kernel().status()).isZero();
    assertThat(json().at("/metadata/palette/home").asText()).isEqualTo(Home.folder().toString());
  }

  @Test
  void aUsersSpecsLieWhereJupyterLooks() {
    assertThat(KernelSpec.userData("Linux", "/home/ana", Map.<String, String>of()::get))
        .isEqualTo(Path.of("/home/ana/.local/share/jupyter"));
    assertThat(KernelSpec.userData("Linux", "/home/ana", Map.of("XDG_DATA_HOME", "/x")::get))
        .isEqualTo(Path.of("/x/jupyter"));
    assertThat(KernelSpec.userData("Linux", "/home/ana", Map.of("JUPYTER_DATA_DIR", "/j")::get))
        .isEqualTo(Path.of("/j"));
    assertThat(KernelSpec.userData("Mac OS X", "/Users/ana", Map.<String, String>of()::get))
        .isEqualTo(Path.of("/Users/ana/Library/Jupyter"));
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThat(kernel("--add-jar").err()).contains("--add-jar needs a value");
    assertThat(kernel("--upside-down").err()).contains("unknown option --upside-down");
  }
}
