package palette.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.engine.Tensor;
import palette.support.InputException;

/** The folder of a saved model: through links, and after saves that were cut short. */
class ModelFolderTest {
  private static final long NOBODY = 999_999_999_999_999_999L; // no system counts so far

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void realFolder() throws IOException {
    folder = temporary.toRealPath();
  }

  private static Path save(Path dir, float value) {
    ModelFolder.write(
        dir, Manifest.create(), Map.of("a", Tensor.of(new double[] {value}, 1)), ModelFolder.class);
    return dir;
  }

  private static float saved(Path dir) {
    var shapes = Map.of("a", new long[] {1});
    return ModelFolder.read(dir, ModelFolder.manifest(dir), shapes).get("a").values()[0];
  }

  private Path link(String name, String to) throws IOException {
    return Files.createSymbolicLink(folder.resolve(name), Path.of(to));
  }

  private String[] names() {
    return folder.toFile().list();
  }

  // -------------------------------------------------------------------------------------- links

  @Test
  void aSaveThroughALinkReplacesWhatItNamesAndLeavesTheLink() throws IOException {
    var first = save(folder.resolve("v1"), 1);
    var latest = link("latest", "v1");
    save(latest, 2);

    assertThat(Files.readSymbolicLink(latest)).isEqualTo(Path.of("v1"));
    assertThat(saved(first)).isEqualTo(2);
    assertThat(saved(latest)).isEqualTo(2);
    assertThat(names()).containsExactlyInAnyOrder("v1", "latest");
  }

  @Test
  void aLinkToAModelThatIsNotThereYetLeadsToIt() throws IOException {
    save(link("latest", "v2"), 3);
    assertThat(saved(folder.resolve("v2"))).isEqualTo(3);
    assertThat(names()).containsExactlyInAnyOrder("v2", "latest");
  }

  @Test
  void linksInACircleAreSaid() throws IOException {
    link("a", "b");
    var circle = link("b", "a");
    assertThatThrownBy(() -> save(circle, 1))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Could not save " + circle + ": its links lead in a circle");
  }

  @Test
  void aModelBelowALinkedFolderIsSavedThere() throws IOException {
    Files.createDirectory(folder.resolve("models"));
    save(link("here", "models").resolve("m"), 4);
    assertThat(saved(folder.resolve("models/m"))).isEqualTo(4);
  }

  // ------------------------------------------------------------------------- what was left aside

  private Path left(String model, long process, String end, Duration ago) throws IOException {
    var name = "." + model + ".palette-" + process + "-" + UUID.randomUUID() + end;
    var part = save(folder.resolve(name), 9);
    Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(ago)));
    return part;
  }

  @Test
  void whatDeadProcessesLeftIsRemovedAfterADay() throws IOException {
    var days = Duration.ofDays(2);
    var part = left("m", NOBODY, "", days);
    var old = left("m", NOBODY, "-old", days);
    var young = left("m", NOBODY, "", Duration.ofHours(23));
    var alive = left("m", ProcessHandle.current().pid(), "", days);
    var other = left("n", NOBODY, "", days);
    save(folder.resolve("m"), 1);

    assertThat(part).doesNotExist();
    assertThat(old).doesNotExist();
    assertThat(young).isDirectory();
    assertThat(alive).isDirectory();
    assertThat(other).isDirectory();
  }

  @Test
  void aSaveLeavesNothingOfItsOwn() throws IOException {
    save(save(folder.resolve("m"), 1), 2);
    assertThat(names()).containsExactly("m");
  }

  @Test
  void theModelThatACutSaveMovedAsideIsThereAgain() throws IOException {
    var old = left("m", NOBODY, "-old", Duration.ofDays(9));
    left("m", NOBODY, "", Duration.ofDays(9));
    assertThat(saved(folder.resolve("m"))).isEqualTo(9);
    assertThat(old).doesNotExist();
  }

  @Test
  void thatOfASaveAtWorkIsLeftWhereItIs() throws IOException {
    var old = left("m", ProcessHandle.current().pid(), "-old", Duration.ZERO);
    assertThatThrownBy(() -> ModelFolder.manifest(folder.resolve("m")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found no such folder");
    assertThat(old).isDirectory();
  }

  // ------------------------------------------------------------------------------------- limits

  @Test
  void aManifestOfGigabytesIsRefusedBeforeItIsRead() throws IOException {
    var dir = save(folder.resolve("m"), 1);
    try (var file = new RandomAccessFile(dir.resolve("manifest.json").toFile(), "rw")) {
      file.setLength(3L << 30);
    }
    assertThatThrownBy(() -> ModelFolder.manifest(dir))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("manifest.json: expected at most 256 MB of JSON, found 3221225472");
  }
}
