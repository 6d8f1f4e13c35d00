package palette.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.InputException;
import palette.support.Pictured;

/** A machine where the engine's libraries cannot be unpacked, in a process of its own. */
class NoNativesTest {
  @TempDir Path folder;

  /** Draws, without a folder for temporary files, and then asks for the engine. */
  public static void main(String[] none) {
    var image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    System.out.println(Pictured.png(image).length > 8 ? "drawn" : "not drawn");
    try {
      EngineInfo.of();
    } catch (InputException e) {
      System.out.println(e.getMessage());
    }
  }

  @Test
  void whatKeepsTheEngineFromLoadingIsSaidWithAWayOutAndFiguresNeedNoFolder() throws Exception {
    var file = Files.writeString(folder.resolve("no-folder"), "a file");
    var said = folder.resolve("said");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var options = List.of("-DDJL_CACHE_DIR=" + file, "-Djava.io.tmpdir=" + folder.resolve("gone"));
    var builder =
        new ProcessBuilder(java, options.get(0), options.get(1), "-Djava.awt.headless=true");
    builder.command().addAll(List.of("-cp", System.getProperty("java.class.path")));
    builder.command().add(NoNativesTest.class.getName());
    builder.environment().remove("DJL_CACHE_DIR");
    var process = builder.redirectOutput(said.toFile()).start();

    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(said))
        .startsWith("drawn\nPyTorch: expected native libraries that load, found java.nio.file.")
        .contains(
            file.toString(), "may hold programs, -DDJL_CACHE_DIR=FOLDER, and start Java anew.");
  }
}
