package palette.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small slice of the mutation program, and that it sees what it is there to see. */
class MutationTest {
  @TempDir Path folder;

  @Test
  void damagedFilesAreReadOrRefused() {
    var report = MutateBench.files(folder, 2_000, 5, 0);
    assertThat(report.faults()).isEmpty();
    assertThat(report.refused()).isGreaterThan(400);
    assertThat(report.read()).isGreaterThan(400);
  }

  @Test
  void damagedModelFoldersAreLoadedOrRefused() {
    var report = MutateBench.models(folder, 300, 5, 0);
    assertThat(report.faults()).isEmpty();
    assertThat(report.refused()).isGreaterThan(150);
  }

  @Test
  void anotherExceptionIsAFaultWithItsSeed() {
    var sample =
        new Sample(
            "a.txt",
            Map.of("a.txt", new byte[] {1, 2}),
            (dir, skip) -> {
              throw new IllegalStateException("not documented");
            });
    var report = new MutationRun(List.of(sample), folder, 3).run(10, 12);
    assertThat(report.faults()).hasSize(2);
    assertThat(report.faults().get(0))
        .asString()
        .startsWith("a.txt, seed 3, case 10: java.lang.IllegalStateException: not documented [");
  }

  @Test
  void aCaseThatDoesNotEndIsAFaultAndTheNextOnesRun() {
    var met = new AtomicInteger();
    var sample =
        new Sample(
            "a.txt",
            Map.of("a.txt", new byte[] {1, 2}),
            (dir, skip) -> {
              for (boolean first = met.getAndIncrement() == 0; first; ) {
                Thread.onSpinWait();
                first = !Thread.currentThread().isInterrupted();
              }
              return "";
            });
    var report = new MutationRun(List.of(sample), folder, 3).run(0, 4);
    assertThat(report.faults()).hasSize(1);
    assertThat(report.faults().get(0)).hasToString("a.txt, seed 3, case 0: no end after 5 s");
    assertThat(report.read()).isEqualTo(3);
  }

  @Test
  void everySoundSampleIsReadAsItIs() {
    for (var sample : FileSamples.in(folder)) {
      var dir = folder.resolve(sample.name() + "-whole");
      Sample.write(dir, sample.files());
      assertThat(sample.reader().apply(dir, false)).as(sample.name()).isNotNull();
    }
  }
}
