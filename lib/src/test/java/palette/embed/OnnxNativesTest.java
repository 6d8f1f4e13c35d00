package palette.embed;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxNativesTest {
  @TempDir Path folder;

  /** A process that needs ONNX Runtime. */
  public static void main(String[] arguments) {
    OnnxNatives.environment();
  }

  @Test
  void theLibrariesAreUnpackedWholeAndNotASecondTime() throws Exception {
    var library = OnnxNatives.unpack(folder).resolve(System.mapLibraryName("onnxruntime"));
    try (var jar = OrtEnvironment.class.getResourceAsStream(OnnxNatives.inJar("onnxruntime"))) {
      assertThat(library).hasBinaryContent(jar.readAllBytes());
    }
    var longAgo = FileTime.fromMillis(0);
    Files.setLastModifiedTime(library, longAgo);

    OnnxNatives.unpack(folder);

    assertThat(Files.getLastModifiedTime(library)).isEqualTo(longAgo);
    try (var files = Files.list(library.getParent())) {
      assertThat(files).as("no part of a file stays").hasSize(2);
    }
  }

  @Test
  void aProcessLeavesNothingAmongTheTemporaryFiles() throws Exception {
    var temporary = Files.createDirectory(folder.resolve("tmp"));

    assertThat(run(folder.resolve("cache"), temporary)).isZero();

    assertThat(temporary).isEmptyDirectory();
    assertThat(folder.resolve("cache/natives")).isNotEmptyDirectory();
  }

  @Test
  void withoutAFolderToWriteToItStillLoads() throws Exception {
    var noFolder = Files.writeString(folder.resolve("file"), "");
    var temporary = Files.createDirectory(folder.resolve("tmp"));

    assertThat(run(noFolder, temporary)).isZero();
  }

  private static int run(Path cache, Path temporary) throws IOException, InterruptedException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dpalette.cache=" + cache,
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            OnnxNativesTest.class.getName())
        .inheritIO()
        .start()
        .waitFor();
  }
}
