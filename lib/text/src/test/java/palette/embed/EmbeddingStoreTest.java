package palette.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingStoreTest {
  @TempDir Path folder;

  private EmbeddingStore store() {
    return new EmbeddingStore(folder, "toy", 2);
  }

  private static TextKey key(int i) {
    return TextKey.of("text " + i);
  }

  private static List<TextKey> keys(int n) {
    return IntStream.range(0, n).mapToObj(EmbeddingStoreTest::key).toList();
  }

  private void write(int from, int to) {
    var store = store();
    for (int i = from; i < to; i++) store.put(key(i), new float[] {i, -i});
    store.flush();
  }

  private List<Path> files() throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void readsBackWhatWasFlushed() {
    write(0, 10);
    var found = store().find(keys(11));
    assertThat(found).hasSize(10);
    assertThat(found.get(key(3))).containsExactly(3, -3);
  }

  @Test
  void aFlippedBitLosesItsEntryAndNoOther() throws IOException {
    write(0, 10);
    var file = files().get(0);
    var bytes = Files.readAllBytes(file);
    for (int at = 48; at < bytes.length; at++) {
      var damaged = bytes.clone();
      damaged[at] ^= 4;
      Files.write(file, damaged);
      var found = store().find(keys(10));
      assertThat(found).as("bit flipped in byte %d", at).hasSize(9);
      found.forEach((key, v) -> assertThat(v[1]).isEqualTo(-v[0]));
    }
  }

  @Test
  void damageAfterTheFirstLookIsSeenToo() throws IOException {
    write(0, 2);
    var store = store();
    assertThat(store.find(keys(2))).hasSize(2);
    var file = files().get(0);
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length - 6] ^= 1;
    Files.write(file, bytes);
    assertThat(store.find(keys(2))).containsOnlyKeys(key(0));
    store.put(key(1), new float[] {1, -1});
    store.flush();
    assertThat(store.find(keys(2))).hasSize(2);
    assertThat(store().find(keys(2))).hasSize(2);
  }

  @Test
  void aCutFileKeepsItsWholeEntries() throws IOException {
    write(0, 10);
    var file = files().get(0);
    var bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      int whole = Math.max(0, length - 48) / 44;
      assertThat(store().find(keys(10))).as("%d bytes", length).hasSize(whole);
    }
  }

  @Test
  void filesOfAnotherEmbedderOrNoneAreIgnored() throws IOException {
    write(0, 1);
    var place = files().get(0).getParent();
    Files.writeString(place.resolve("garbage.vectors"), "x".repeat(1000));
    Files.write(place.resolve(".half.vectors123.part"), Files.readAllBytes(files().get(0)));
    var other = new EmbeddingStore(folder, "other", 2);
    other.put(key(1), new float[] {8, 8});
    other.flush();
    for (var file : files()) {
      if (!file.startsWith(place)) Files.copy(file, place.resolve("swapped.vectors"));
    }
    assertThat(store().find(keys(2))).containsOnlyKeys(key(0));
  }

  @Test
  void twoStoresSeeEachOthersVectors() {
    var a = store();
    var b = store();
    a.put(key(0), new float[] {0, 0});
    a.flush();
    assertThat(b.find(keys(2))).containsOnlyKeys(key(0));
    b.put(key(1), new float[] {1, -1});
    b.flush();
    assertThat(a.find(keys(2))).hasSize(2);
  }

  @Test
  void whatIsNotFlushedIsKnownToItsStoreOnly() {
    var a = store();
    a.put(key(0), new float[] {0, 0});
    assertThat(a.find(keys(1))).hasSize(1);
    assertThat(store().find(keys(1))).isEmpty();
  }

  @Test
  void manySmallFilesAreMergedWhileAnotherStoreReads() throws IOException {
    var reader = store();
    for (int i = 0; i < 65; i++) {
      write(i, i + 1);
      if (i == 63) assertThat(reader.find(keys(64))).hasSize(64);
    }
    assertThat(files()).hasSize(65);
    assertThat(store().find(keys(65))).hasSize(65);
    assertThat(files()).hasSize(1);
    Map<TextKey, float[]> found = reader.find(keys(65));
    assertThat(found).hasSize(65);
    assertThat(found.get(key(40))).containsExactly(40, -40);
  }

  @Test
  void anInterruptDoesNotAbortTheWrite() {
    var store = store();
    store.put(key(0), new float[] {1, 2});
    Thread.currentThread().interrupt();
    store.flush();
    assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
    assertThat(store().find(keys(1))).hasSize(1);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no named pipes among files there")
  void aPipeAmongItsFilesIsNoFileOfItsOwn() throws Exception {
    write(0, 1);
    var pipe = files().get(0).resolveSibling("pipe.vectors").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();

    assertThat(store().find(keys(1))).hasSize(1);
  }

  @Test
  void aDeletedCacheIsMadeAgain() throws IOException {
    var store = store();
    store.put(key(0), new float[] {1, 2});
    store.flush();
    Files.delete(files().get(0));
    assertThat(store.find(keys(1))).isEmpty();
    store.put(key(0), new float[] {1, 2});
    store.flush();
    assertThat(store().find(keys(1))).hasSize(1);
  }
}
