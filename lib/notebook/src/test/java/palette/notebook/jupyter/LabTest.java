package palette.notebook.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.notebook.Scratch;
import palette.support.Home;

class LabTest {
  private static final String NOTEBOOK = Home.resolve("notebooks/whole-path.ipynb").toString();

  @TempDir Path folder;

  private Path jupyter(String name, String version) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
    var file = Files.writeString(folder.resolve(name), "#!/bin/sh\necho " + version + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  @Test
  void theTutorialsOpenInEveryJupyter() throws IOException {
    var lab = new Lab(List.of("--no-browser", "--port", "8899", "--allow-root"));

    assertThat(lab.arguments(jupyter("jupyter-notebook", "6.4.12")))
        .contains("--NotebookApp.notebook_dir=" + Home.folder())
        .contains(
            "--NotebookApp.default_url=/tree/tutorials",
            "--no-browser",
            "--allow-root",
            "--port=8899");
    assertThat(lab.arguments(jupyter("jupyter-notebook", "7.2.0")))
        .contains("--ServerApp.root_dir=" + Home.folder())
        .contains("--JupyterNotebookApp.default_url=/tree/tutorials");
    assertThat(lab.arguments(folder.resolve("jupyter-lab")))
        .contains("--ServerApp.root_dir=" + Home.folder())
        .contains("--LabApp.default_url=/lab/tree/tutorials");
  }

  @Test
  void aNotebookOpensItself() throws IOException {
    var lab = new Lab(List.of(NOTEBOOK));

    assertThat(lab.arguments(jupyter("jupyter-notebook", "6.4.12")))
        .contains("--NotebookApp.default_url=/notebooks/notebooks/whole-path.ipynb");
    assertThat(lab.arguments(folder.resolve("jupyter-lab")))
        .contains("--LabApp.default_url=/lab/tree/notebooks/whole-path.ipynb");
  }

  @Test
  void withoutJupyterItSaysHowToGetOne() {
    var err = new ByteArrayOutputStream();
    int status =
        new Lab(List.of())
            .start(Optional.empty(), new PrintStream(err, true, StandardCharsets.UTF_8));

    assertThat(status).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("palette: no Jupyter found")
        .contains("Debian, Ubuntu", "Fedora", "macOS", "Windows", "sudo apt install", "brew");
  }

  /** A Python whose environments have a pip that ends with this line of shell. */
  private Optional<Path> python(String pip) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
    var script =
        """
        #!/bin/sh
        mkdir -p "$3/bin"
        printf '#!/bin/sh\\n%s\\n' > "$3/bin/pip"
        chmod +x "$3/bin/pip"
        """
            .formatted(pip);
    var file = Files.writeString(folder.resolve("python3"), script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return Optional.of(file);
  }

  @Test
  void withoutJupyterPipPutsOneIntoTheCheckoutOnce() throws IOException {
    var err = new ByteArrayOutputStream();
    var own = new PrivateJupyter(folder.resolve("own"), new PrintStream(err, true));
    var lab = folder.resolve("own/bin/jupyter-lab");

    assertThat(own.findOrInstall(Optional.empty())).isEmpty();
    assertThat(own.findOrInstall(python("cp \"$0\" \"${0%%pip}jupyter-lab\""))).contains(lab);
    assertThat(own.findOrInstall(Optional.empty())).contains(lab);
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
  }

  @Test
  @Tag("network")
  void pipItselfPutsAJupyterLabThatStarts() {
    var own = new PrivateJupyter(folder.resolve("own"), System.err);
    var lab = own.findOrInstall(Programs.onPath("python3")).orElseThrow();
    assertThat(Programs.version(lab)).startsWith("4.");
  }

  @Test
  void wherePipReachesNothingItsLastLineIsShown() throws IOException {
    var err = new ByteArrayOutputStream();
    var own = new PrivateJupyter(folder.resolve("own"), new PrintStream(err, true));

    assertThat(own.findOrInstall(python("echo trying; echo no index; exit 1"))).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("installing JupyterLab into ", "\nno index\npalette: that did not work.\n");
  }

  @Test
  void wrongArgumentsAreNamed() throws IOException {
    var elsewhere = Files.writeString(folder.resolve("my.ipynb"), "{}").toString();

    assertThat(Scratch.palette("lab", "--port", "many").err())
        .contains("--port expects a number up to 65535, found 'many'");
    assertThat(Scratch.palette("lab", "--fast").err()).contains("unknown option --fast");
    assertThat(Scratch.palette("lab", "gone.ipynb").err()).contains("found no such file");
    assertThat(Scratch.palette("lab", elsewhere).err())
        .contains("expected a notebook in " + Home.folder() + ", found one elsewhere.");
  }
}
