package palette.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.Home;

/** The notebook by which the launcher learns what a first fit takes; nobody sees it fail. */
class RehearsalTest {
  @TempDir Path folder;

  @Test
  void itReachesFitAndFigureAndLeavesNothing() throws Exception {
    var temporary = Files.createDirectory(folder.resolve("tmp"));
    var log = folder.resolve("log");
    int status =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + temporary,
                "-Dpalette.home=" + Home.folder(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                Home.resolve("lib/rehearsal.ipynb").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();

    assertThat(status).isZero();
    assertThat(log).content().contains(" palette.family.PalA ", " palette.plot.Plots ");
    assertThat(temporary).isEmptyDirectory();
  }
}
