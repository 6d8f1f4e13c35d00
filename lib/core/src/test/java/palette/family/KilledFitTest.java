package palette.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.store.ModelFolder;

/** A Java that fits is killed at random moments: the next goes on, and the model has the bits. */
class KilledFitTest {
  private static final int KILLS = 4;

  @TempDir Path folder;

  /** What is killed: fits and saves the model in a folder. */
  public static void main(String[] arguments) {
    var folder = Path.of(arguments[0]);
    var spec = SPEC.checkpoint(folder.resolve("fit.checkpoint"), 20);
    spec.fit(Small.camps(40, 1)).save(folder.resolve("model"));
  }

  private static final PalA.Spec SPEC =
      PalA.spec().prototypes(3).dimension(2).partition(1).batch(64).epochs(120).patience(120);

  @Test
  void endsWithTheBitsOfOneThatWasNot() throws Exception {
    var file = folder.resolve("fit.checkpoint");
    var random = new SplittableRandom(2);
    for (int kills = 0; kills < KILLS; kills++) {
      long before = stamp(file);
      var child = child();
      while (stamp(file) == before && child.isAlive()) Thread.sleep(1);
      Thread.sleep(random.nextInt(100));
      assertThat(child.isAlive()).as("still at work").isTrue();
      child.destroyForcibly().waitFor();
      assertThat(folder.resolve("model")).doesNotExist();
    }
    var last = child();
    assertThat(last.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(last.exitValue()).isZero();
    SPEC.fit(Small.camps(40, 1)).save(folder.resolve("whole"));
    assertThat(folder.resolve("model").resolve(ModelFolder.WEIGHTS))
        .hasSameBinaryContentAs(folder.resolve("whole").resolve(ModelFolder.WEIGHTS));
  }

  private static long stamp(Path file) throws IOException {
    return Files.exists(file) ? Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS) : 0;
  }

  private Process child() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java,
            "-Dai.djl.offline=true",
            "-cp",
            System.getProperty("java.class.path"),
            KilledFitTest.class.getName(),
            folder.toString());
    return builder.redirectError(Redirect.DISCARD).redirectOutput(Redirect.DISCARD).start();
  }
}
