package palette.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
  @TempDir Path folder;

  @Test
  void aCheckoutIsFoundFromAFolderInsideIt() throws Exception {
    Files.createFile(folder.resolve("palette"));
    Files.createFile(folder.resolve("pom.xml"));
    var deep = Files.createDirectories(folder.resolve("tutorials/solutions"));

    assertThat(Home.above(deep)).isEqualTo(folder.toAbsolutePath());
  }

  @Test
  void outsideOfOneTheErrorSaysWhatToDo() {
    assertThatThrownBy(() -> Home.above(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected a folder inside a Palette checkout")
        .hasMessageEndingWith("Start there, or set -Dpalette.home=FOLDER.");
  }

  @Test
  void samplesResolveInsideItAndAbsolutePathsStay() {
    assertThat(Home.resolve("data/x")).isEqualTo(Home.folder().resolve("data").resolve("x"));
    assertThat(Home.resolve(folder.toString())).isEqualTo(folder);
  }
}
