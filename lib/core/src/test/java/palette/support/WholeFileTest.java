package palette.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path folder;

  private void write(Path file, String text) {
    WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
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
                WholeFile.write(
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
    Assumptions.assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("posix"), "needs POSIX permissions");
    var any = Files.writeString(folder.resolve("any"), "new");
    var file = folder.resolve("page.html");
    write(file, "new");

    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(any));
  }
}
