package palette.data.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java that fetches is killed fifty times: what has the file's name is the file. */
@Tag("slow")
class KilledDownloadTest {
  private static final int KILLS = 50;

  @TempDir Path cache;

  /** What is killed: address, bytes and hash are its arguments. */
  public static void main(String[] arguments) {
    var file = new RemoteFile("a.bin", arguments[0], Long.parseLong(arguments[1]), arguments[2]);
    Store.folder(new Dataset("test", "one", "bytes", "CC0", "Nobody.", List.of(file)));
  }

  private static byte[] content() {
    var random = new SplittableRandom(7);
    byte[] content = new byte[4_000_000];
    for (int i = 0; i < content.length; i++) content[i] = (byte) random.nextInt();
    return content;
  }

  private Process child(Origin origin, byte[] content) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dpalette.cache=" + cache,
            "-cp",
            System.getProperty("java.class.path"),
            KilledDownloadTest.class.getName(),
            origin.address() + "/a.bin",
            "" + content.length,
            DownloadTest.sha256(content))
        .redirectError(Redirect.DISCARD)
        .redirectOutput(Redirect.DISCARD)
        .start();
  }

  @Test
  void whatHasTheNameIsTheFile() throws Exception {
    byte[] content = content();
    var random = new SplittableRandom(11);
    try (var origin = new Origin()) {
      origin.serve("/a.bin", content);
      origin.slow = 15;
      int finished = 0;
      for (int kills = 0; kills < KILLS; ) {
        var child = child(origin, content);
        if (killed(child, random)) kills++;
        else finished++;
        checkAndClear(content);
      }
      assertThat(child(origin, content).waitFor()).isZero();
      assertThat(Files.readAllBytes(file())).isEqualTo(content);
      long resumed = origin.asked.stream().filter(asked -> asked.contains("bytes=")).count();
      System.out.printf(
          "%d kills, %d requests, %d gone on with, %d finished before%n",
          KILLS, origin.asked.size(), resumed, finished);
      assertThat(resumed).isPositive();
    }
  }

  /** Some time after it began to write, however long Java took to begin; false: it ended before. */
  private boolean killed(Process child, SplittableRandom random) throws Exception {
    long before = part();
    while (child.isAlive() && part() == before) Thread.sleep(1);
    if (child.waitFor(random.nextInt(1000), TimeUnit.MILLISECONDS)) {
      assertThat(child.exitValue()).isZero();
      return false;
    }
    child.destroyForcibly().waitFor();
    return true;
  }

  private long part() {
    return file().resolveSibling(".a.bin.part").toFile().length();
  }

  private Path file() {
    return cache.resolve("data/test/one/a.bin");
  }

  private void checkAndClear(byte[] content) throws IOException {
    if (!Files.exists(file())) return;
    assertThat(Files.readAllBytes(file())).isEqualTo(content);
    Files.delete(file());
  }
}
