package palette.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private long files() throws IOException {
    try (var all = Files.list(folder)) {
      return all.count();
    }
  }

  @Test
  void aFileAndItsFoldersAreMadeAndNothingElseStays() throws Exception {
    write(folder.resolve("a/b/page.html"), "whole");

    assertThat(folder.resolve("a/b")).isDirectoryContaining(f -> f.endsWith("page.html"));
    assertThat(folder.resolve("a/b/page.html")).hasContent("whole");
    try (var all = Files.list(folder.resolve("a/b"))) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void aFailureLeavesWhatWasThereBefore() throws Exception {
    var file = folder.resolve("notebook.ipynb");
    write(file, "before");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write("half".getBytes(StandardCharsets.UTF_8));
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Could not write " + file + ": disk full");
    assertThat(file).hasContent("before");
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void othersMayReadItAsTheyMayAnyNewFile() throws Exception {
    assumePosix();
    var any = Files.writeString(folder.resolve("any"), "new");
    var file = folder.resolve("page.html");
    write(file, "new");

    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(any));
  }

  @Test
  void anExistingFileKeepsItsPermissions() throws Exception {
    assumePosix();
    var file = Files.writeString(folder.resolve("private"), "before");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    write(file, "after");

    assertThat(file).hasContent("after");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void linksAreFollowedAlsoToWhatIsNotThereYet() throws Exception {
    assumePosix();
    var real = Files.writeString(folder.resolve("real"), "before");
    var link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    var twice = Files.createSymbolicLink(folder.resolve("twice"), link);
    write(twice, "after");
    write(Files.createSymbolicLink(folder.resolve("open"), folder.resolve("new")), "new");
    write(Files.createSymbolicLink(folder.resolve("folder"), folder).resolve("in"), "in");

    assertThat(real).hasContent("after");
    assertThat(link).isSymbolicLink();
    assertThat(twice).isSymbolicLink();
    assertThat(folder.resolve("new")).isRegularFile().hasContent("new");
    assertThat(folder.resolve("in")).hasContent("in");
  }

  @Test
  void aCircleOfLinksIsSaid() throws Exception {
    assumePosix();
    var one = Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
    Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));

    assertThatThrownBy(() -> write(one, "lost"))
        .hasMessage("Could not write " + one + ": its links lead in a circle");
  }

  @Test
  void devicesAndPipesAreWrittenToAndStayWhatTheyAre() throws Exception {
    var nothing = Path.of("/dev/null");
    Assumptions.assumeTrue(Files.exists(nothing), "needs devices");
    write(nothing, "gone");
    var link = Files.createSymbolicLink(folder.resolve("link"), nothing);
    write(link, "gone");
    Files.delete(link);
    assertThat(Files.isRegularFile(nothing)).isFalse();

    var pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var reader = new ProcessBuilder("cat", pipe.toString()).start();
    write(pipe, "through");
    assertThat(reader.getInputStream().readAllBytes()).asString().isEqualTo("through");
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  @Test
  void theReasonIsNamed() throws Exception {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "needs /proc");
    assertThatThrownBy(() -> write(Path.of("/proc/x.ipynb"), "lost"))
        .hasMessage("Could not write /proc/x.ipynb: no such file or folder");
    var file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> write(file.resolve("below"), "lost"))
        .hasMessage(
            "Could not write " + file.resolve("below") + ": a file of that name is in the way");
  }

  @Test
  void aNameOfAnyLengthThatTheDiskTakesIsWritten() {
    var file = folder.resolve("n".repeat(250));
    write(file, "long");

    assertThat(file).hasContent("long");
  }

  @Test
  void partsOfProcessesThatAreGoneAreRemovedInTime() throws Exception {
    var gone = part("999999999999", Duration.ofHours(25));
    var fresh = part("999999999999", Duration.ofHours(23));
    var ours = part("" + ProcessHandle.current().pid(), Duration.ofHours(25));
    write(folder.resolve("any"), "new");

    assertThat(gone).doesNotExist();
    assertThat(fresh).exists();
    assertThat(ours).exists();
  }

  private Path part(String process, Duration age) throws IOException {
    var file = folder.resolve(".palette-" + process + "-" + age.toMinutes() + ".part");
    Files.writeString(file, "half");
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private void assumePosix() throws IOException {
    Assumptions.assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("posix"), "needs POSIX");
  }
}
