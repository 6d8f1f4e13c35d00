package palette.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedCacheTest {
  private static final int TEXTS = 400;

  @TempDir Path folder;

  /** Embeds overlapping slices in many small calls, so that files come, merge and go meanwhile. */
  static void work(Path folder, int seed) {
    var embedder = Embedders.cached(new CountingEmbedder("shared"), folder);
    for (int i = 0; i < TEXTS; i++) {
      var slice = texts((i * 7 + seed) % TEXTS, 3);
      float[][] v = embedder.embed(slice);
      for (int t = 0; t < v.length; t++) {
        assertThat(v[t]).isEqualTo(CountingEmbedder.vector(slice.get(t)));
      }
    }
  }

  /** The other process. */
  public static void main(String[] arguments) {
    work(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
  }

  private static List<String> texts(int from, int n) {
    return IntStream.range(from, from + n).mapToObj(i -> "shared text " + i % TEXTS).toList();
  }

  private void assertComplete() throws IOException {
    var third = new CountingEmbedder("shared");
    Embedders.cached(third, folder).embed(texts(0, TEXTS));
    assertThat(third.asked).as("nothing was lost").isEmpty();
    try (var all = Files.walk(folder)) {
      assertThat(all.filter(file -> file.toString().endsWith(".part"))).isEmpty();
    }
  }

  @Test
  void twoEmbeddersOnOneFolder() throws Exception {
    var pool = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Void>> both = List.of(worker(0), worker(3));
      for (var result : pool.invokeAll(both)) result.get();
    } finally {
      pool.shutdown();
    }
    assertComplete();
  }

  private Callable<Void> worker(int seed) {
    return () -> {
      work(folder, seed);
      return null;
    };
  }

  @Test
  void oneEmbedderForManyThreadsEncodesEachTextOnce() throws Exception {
    var encoder = new CountingEmbedder("shared");
    var embedder = Embedders.cached(encoder, folder);
    var pool = Executors.newFixedThreadPool(4);
    try {
      Callable<float[][]> all = () -> embedder.embed(texts(0, TEXTS));
      for (var result : pool.invokeAll(List.of(all, all, all, all))) result.get();
    } finally {
      pool.shutdown();
    }
    assertThat(encoder.asked).hasSize(TEXTS);
  }

  @Test
  @Tag("slow")
  void twoProcessesOnOneFolder() throws Exception {
    var first = process(0);
    var second = process(3);
    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    assertComplete();
  }

  private Process process(int seed) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("java.class.path");
    var main = SharedCacheTest.class.getName();
    return new ProcessBuilder(java, "-cp", classPath, main, folder.toString(), "" + seed)
        .inheritIO()
        .start();
  }
}
