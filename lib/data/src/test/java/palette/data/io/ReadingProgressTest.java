package palette.data.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Written;
import palette.support.Progress;

/** Who reads a large file hears how far it is; who reads a small one hears nothing. */
class ReadingProgressTest {
  @TempDir Path folder;
  private final List<Progress.Update> heard = new ArrayList<>();

  @AfterEach
  void silence() {
    Progress.listen(Progress.SILENT);
  }

  private Path lines(int n) {
    var lines = new ArrayList<String>(List.of("user,x"));
    for (int i = 0; i < n; i++) lines.add("user " + i + "," + i);
    return Written.file(folder, "a.csv", lines.toArray(String[]::new));
  }

  private static void pause() {
    try {
      Thread.sleep(1_050);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void slowReadingSaysItsShareAndItsEnd() {
    Progress.listen(heard::add);
    var seen = new int[1];
    Input.of(lines(30_000))
        .each(
            row -> {
              if (seen[0]++ == 0) pause();
            });
    assertThat(heard).hasSizeGreaterThan(1);
    var first = heard.get(0);
    assertThat(first.task()).isEqualTo("Reading a.csv");
    assertThat(first.done()).isBetween(1L, 99L);
    assertThat(first.detail()).isEqualTo("4,096 records");
    assertThat(heard.get(heard.size() - 1).line()).startsWith("Reading a.csv: 30,000 records in ");
  }

  @Test
  void aSmallFileIsReadInSilence() {
    Progress.listen(heard::add);
    Input.of(lines(5)).each(row -> {});
    assertThat(heard).isEmpty();
  }
}
