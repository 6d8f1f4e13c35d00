package palette.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import palette.support.Seeds;

/**
 * What a step needs on its way back is not the garbage collector's: a language model written with
 * plain {@code x.mul(2)} had gradients that were no numbers once in a while, and a crash.
 */
class StressTest {
  private static final int STEPS = 200;
  private static final int RUNS = Integer.getInteger("palette.runs", 12);

  @Test
  void aShortTrainingIsTheSameWhileGarbageIsCollectedAndItsMemoryWritten() {
    var quiet = trained(STEPS / 10);
    during(() -> assertThat(trained(STEPS / 10).weights).isEqualTo(quiet.weights));
  }

  @Test
  @Tag("slow")
  void manyTrainingsAreTheSameInFlatMemory() {
    var first = trained(STEPS);
    assertThat(first.history().epochs()).allMatch(epoch -> Double.isFinite(epoch.trainLoss()));
    long[] resident = new long[RUNS];
    during(
        () -> {
          for (int run = 0; run < resident.length; run++) {
            assertThat(trained(STEPS).weights).as("run " + run).isEqualTo(first.weights);
            resident[run] = resident();
          }
        });
    long third = resident[RUNS / 3 - 1];
    long last = resident[RUNS - 1];
    System.out.printf("MiB after a third of the runs, and after all: %d, %d%n", third, last);
    assertThat(last).isLessThan(third + 20); // 2.5 for each run between
  }

  private static void during(Runnable work) {
    var over = new AtomicBoolean();
    var collector = new Thread(() -> collect(over));
    collector.start();
    try {
      work.run();
    } finally {
      over.set(true);
    }
  }

  private static void collect(AtomicBoolean over) {
    while (!over.get()) {
      System.gc();
      for (int i = 0; i < 2000; i++) {
        byte[] junk = {0x7f, 0x7f, 0x7f, 0x7f};
        ByteBuffer.allocateDirect(4).put(junk);
      }
      LockSupport.parkNanos(10_000_000); // so that steps are taken between
    }
  }

  /** Five steps an epoch, on two threads. */
  private static Policy trained(int steps) {
    var random = Seeds.stream(1, "stress");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      var text = new StringBuilder();
      for (int w = 0; w < 4 + random.nextInt(6); w++) text.append("w" + random.nextInt(20) + " ");
      texts.add(text.toString());
    }
    var spec = Policy.spec().layers(2).width(32).batch(8).epochs(steps / 5).threads(2).seed(3);
    return spec.pretrain(texts);
  }

  private static long resident() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
