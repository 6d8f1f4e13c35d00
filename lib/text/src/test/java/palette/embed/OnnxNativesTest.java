package palette.embed;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.InputException;

class OnnxNativesTest {
  @TempDir Path folder;

  /** A process that needs ONNX Runtime. */
  public static void main(String[] arguments) {
    try {
      OnnxNatives.environment();
    } catch (InputException e) {
      System.out.println(e.getMessage());
      System.exit(3);
    }
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
  void aLibraryThatIsNotTheJarsIsUnpackedAgain() throws Exception {
    var library = OnnxNatives.unpack(folder).resolve(System.mapLibraryName("onnxruntime4j_jni"));
    byte[] whole = Files.readAllBytes(library);
    byte[] other = whole.clone();
    other[whole.length / 2]++;
    for (byte[] damaged : List.of(Arrays.copyOf(whole, 1000), new byte[0], other)) {
      Files.write(library, damaged);
      OnnxNatives.unpack(folder);

      assertThat(library).hasBinaryContent(whole);
    }
  }

  @Test
  void whatKeepsItsLibrariesFromLoadingIsSaidWithAWayOut() throws Exception {
    var said = folder.resolve("said").toFile();
    var nowhere = folder.resolve("nowhere");
    var process = process(folder.resolve("cache"), nowhere).redirectOutput(said).start();

    assertThat(process.waitFor()).isEqualTo(3);
    assertThat(said)
        .content()
        .startsWith("ONNX Runtime: expected native libraries that load, found java.nio.file.NoSuch")
        .contains(nowhere.toString(), "-Djava.io.tmpdir=FOLDER");
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

  @Test
  void whoNamesLibrariesOfTheirOwnGetsThose() throws Exception {
    var temporary = Files.createDirectory(folder.resolve("tmp"));
    var cache = folder.resolve("cache");
    var own = OnnxNatives.unpack(folder.resolve("own"));
    var library = own.resolve(System.mapLibraryName("onnxruntime"));

    assertThat(run(cache, temporary, "-Donnxruntime.native.path=" + own)).isZero();
    assertThat(run(cache, temporary, "-Donnxruntime.native.onnxruntime.path=" + library)).isZero();

    assertThat(cache).as("none of ours").doesNotExist();
  }

  private static int run(Path cache, Path temporary, String... options)
      throws IOException, InterruptedException {
    return process(cache, temporary, options).start().waitFor();
  }

  private static ProcessBuilder process(Path cache, Path temporary, String... options) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = new ArrayList<>(List.of(java, "-Dpalette.cache=" + cache));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(OnnxNativesTest.class.getName());
    return new ProcessBuilder(command).inheritIO();
  }
}
