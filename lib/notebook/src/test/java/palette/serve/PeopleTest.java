package palette.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.InputException;

class PeopleTest {
  @TempDir Path folder;

  private People open() {
    return new People(folder, "hash", 2);
  }

  private void keepThree() throws IOException {
    try (var people = open()) {
      for (int u = 0; u < 3; u++) people.keep("user " + u, new double[] {u / 3.0, 1 - u / 3.0});
    }
  }

  @Test
  void whoIsKeptIsThereAgainToTheLastBit() throws IOException {
    keepThree();
    try (var people = open()) {
      people.keep("user 1", new double[] {0.1, 0.9});
    }
    try (var people = open()) {
      assertThat(people.size()).isEqualTo(3);
      assertThat(people.weights("user 2")).containsExactly(2 / 3.0, 1 - 2 / 3.0);
      assertThat(people.weights("user 1")).containsExactly(0.1, 0.9);
    }
  }

  @Test
  void cutAnywhereTheWholeLinesBeforeStay() throws IOException {
    keepThree();
    var log = folder.resolve("people.log");
    byte[] whole = Files.readAllBytes(log);
    int first = new String(whole).indexOf('\n') + 1;
    for (int length = first; length < whole.length; length++) {
      Files.write(log, Arrays.copyOf(whole, length));
      int lines = (int) new String(whole, 0, length).lines().filter(l -> l.endsWith("}")).count();
      boolean ended = whole[length - 1] == '\n';
      try (var people = open()) {
        assertThat(people.size()).isEqualTo(ended || lines == 0 ? lines - 1 : people.size());
        people.keep("later", new double[] {1, 0});
      }
      try (var people = open()) {
        assertThat(people.weights("later")).isNotNull();
      }
    }
  }

  @Test
  void zerosThatAPowerCutLeftAreCutOff() throws IOException {
    keepThree();
    Files.write(folder.resolve("people.log"), new byte[500], StandardOpenOption.APPEND);
    try (var people = open()) {
      assertThat(people.size()).isEqualTo(3);
    }
  }

  @Test
  void damageBeforeWholeLinesIsSaid() throws IOException {
    keepThree();
    var log = folder.resolve("people.log");
    byte[] whole = Files.readAllBytes(log);
    whole[new String(whole).indexOf("user 1")] ^= 1;
    Files.write(log, whole);
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("people.log line 3");
  }

  @Test
  void thoseOfAnotherModelAndAFolderInUseAreRefused() throws IOException {
    keepThree();
    assertThatThrownBy(() -> new People(folder, "other", 2))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("hash", "other");
    try (var people = open()) {
      assertThatThrownBy(this::open).isInstanceOf(InputException.class);
      assertThat(people.forget("nobody")).isFalse();
    }
  }

  @Test
  void whoIsForgottenIsNotInTheFileAndOthersAre() throws IOException {
    keepThree();
    try (var people = open()) {
      assertThat(people.forget("user 1")).isTrue();
      people.keep("user 7", new double[] {0, 1});
    }
    assertThat(Files.readString(folder.resolve("people.log")))
        .contains("user 0", "user 2", "user 7")
        .doesNotContain("user 1");
  }

  /** A full folder in the file's place is as a full disk: nothing can be written there. */
  @Test
  void whoCouldNotBeForgottenIsStillThereToBe() throws IOException {
    keepThree();
    var log = folder.resolve("people.log");
    try (var people = open()) {
      Files.delete(log);
      Files.createDirectories(log.resolve("full"));
      assertThatThrownBy(() -> people.forget("user 1")).isInstanceOf(UncheckedIOException.class);
      assertThat(people.weights("user 1")).containsExactly(1 / 3.0, 1 - 1 / 3.0);
      Files.delete(log.resolve("full"));
      Files.delete(log);
      assertThat(people.forget("user 1")).isTrue();
    }
    assertThat(Files.readString(log)).contains("user 0", "user 2").doesNotContain("user 1");
  }
}
