package palette.data.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.InputException;

/** A file on its way here: whole, broken off, gone on with, wrong, moved, or not to be had. */
class DownloadTest {
  private static final byte[] CONTENT = content(7);

  @TempDir Path cache;
  private Origin origin;

  private static byte[] content(long seed) {
    var random = new SplittableRandom(seed);
    byte[] content = new byte[400_000];
    for (int i = 0; i < content.length; i++) content[i] = (byte) random.nextInt();
    return content;
  }

  static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  @BeforeEach
  void start() throws IOException {
    origin = new Origin();
    origin.serve("/a.csv", CONTENT);
    System.setProperty("palette.cache", cache.toString());
  }

  @AfterEach
  void stop() {
    origin.close();
    System.clearProperty("palette.cache");
    System.clearProperty("palette.mirror");
  }

  private Dataset set(String path, long bytes, String sha256) {
    var file = new RemoteFile("a.csv", origin.address() + path, bytes, sha256);
    return new Dataset("test", "one", "bytes", "CC0", "Nobody.", List.of(file));
  }

  private Dataset known() throws Exception {
    return set("/a.csv", CONTENT.length, sha256(CONTENT));
  }

  private byte[] brought(Dataset set) throws IOException {
    return Files.readAllBytes(Store.folder(set).resolve("a.csv"));
  }

  private Path part() {
    return cache.resolve("data/test/one/.a.csv.part");
  }

  private Path file() {
    return cache.resolve("data/test/one/a.csv");
  }

  @Test
  void whatWasFetchedOnceNeedsNoNetwork() throws Exception {
    var set = known();
    assertThat(set.isHere()).isFalse();
    assertThat(brought(set)).isEqualTo(CONTENT);
    assertThat(set.isHere()).isTrue();
    origin.close();
    assertThat(brought(set)).isEqualTo(CONTENT);
    assertThat(origin.asked).containsExactly("/a.csv");
    assertThat(part()).doesNotExist();
  }

  @Test
  void aBrokenDownloadIsGoneOnWithInTheSameCall() throws Exception {
    origin.breakAfter = 100_000;
    origin.breaks = 2;
    assertThat(brought(known())).isEqualTo(CONTENT);
    assertThat(origin.asked).hasSize(3);
    assertThat(origin.asked.get(1)).startsWith("/a.csv bytes=");
  }

  @Test
  void whatAnEarlierCallLeftIsGoneOnWith() throws Exception {
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(CONTENT, 250_000));
    assertThat(brought(known())).isEqualTo(CONTENT);
    assertThat(origin.asked).containsExactly("/a.csv bytes=250000-");
  }

  @Test
  void aPartOfOtherBytesIsFoundOutByTheHashAndStartedAnew() throws Exception {
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(content(8), 250_000));
    assertThat(brought(known())).isEqualTo(CONTENT);
    assertThat(origin.asked).containsExactly("/a.csv bytes=250000-", "/a.csv");
  }

  @Test
  void aServerThatKnowsNoRangesSendsAllOfIt() throws Exception {
    origin.ranges = false;
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(CONTENT, 250_000));
    assertThat(brought(known())).isEqualTo(CONTENT);
  }

  @Test
  void aPartThatIsTooLongIsThrownAway() throws Exception {
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(CONTENT, CONTENT.length + 5));
    assertThat(brought(known())).isEqualTo(CONTENT);
  }

  @Test
  void whereNoHashIsKnownTheFirstDownloadIsRemembered() throws Exception {
    var set = set("/a.csv", 0, "");
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(content(8), 250_000));
    assertThat(brought(set)).isEqualTo(CONTENT);
    assertThat(origin.asked).as("nothing could tell the part").containsExactly("/a.csv");
    Files.write(file(), content(8));
    assertThat(brought(set)).as("changed in the cache").isEqualTo(CONTENT);
    assertThat(origin.asked).hasSize(2);
  }

  @Test
  void aHashOfWhichTheBeginningIsKnownIsChecked() throws Exception {
    assertThat(brought(set("/a.csv", 0, sha256(CONTENT).substring(0, 8)))).isEqualTo(CONTENT);
    Files.delete(file());
    assertThatThrownBy(() -> brought(set("/a.csv", 0, "00000000")))
        .hasMessageContaining("expected sha256 00000000, found " + sha256(CONTENT));
  }

  @Test
  void aWrongFileNeverGetsTheName() throws Exception {
    var set = set("/a.csv", CONTENT.length, sha256(content(8)));
    assertThatThrownBy(() -> Store.folder(set))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(origin.address() + "/a.csv: expected sha256 ")
        .hasMessageEndingWith("nothing of it is kept.");
    assertThat(file()).doesNotExist();
    assertThat(part()).doesNotExist();
  }

  @Test
  void moreBytesThanThereShouldBeAreNotTaken() throws Exception {
    var set = set("/a.csv", 1000, sha256(CONTENT));
    assertThatThrownBy(() -> Store.folder(set)).hasMessageContaining("expected 1000 bytes, found");
    assertThat(file()).doesNotExist();
  }

  @Test
  void whatBreaksAgainAndAgainSaysHowFarItCame() throws Exception {
    origin.breakAfter = 20_000;
    var set = known();
    assertThatThrownBy(() -> Store.folder(set))
        .hasMessageContaining("expected the whole file, found an end after ")
        .hasMessageEndingWith("what is here already is kept, and checked by its hash.");
    assertThat(origin.asked).hasSize(5);
    assertThat(file()).doesNotExist();
    origin.breakAfter = Integer.MAX_VALUE;
    assertThat(brought(set)).isEqualTo(CONTENT);
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    assertThat(brought(set("/moved/a.csv", CONTENT.length, sha256(CONTENT)))).isEqualTo(CONTENT);
  }

  @Test
  void aMirrorHasTheLayoutOfTheCache() throws Exception {
    origin.serve("/copy/test/one/a.csv", CONTENT);
    System.setProperty("palette.mirror", origin.address() + "/copy");
    var elsewhere = new RemoteFile("a.csv", "https://a.invalid/a", 0, sha256(CONTENT));
    var set = new Dataset("test", "one", "bytes", "CC0", "Nobody.", List.of(elsewhere));
    assertThat(brought(set)).isEqualTo(CONTENT);
    Files.delete(file());
    System.setProperty("palette.mirror", "file:/somewhere");
    assertThatThrownBy(() -> brought(set))
        .hasMessageStartingWith("-Dpalette.mirror: expected an address that begins with http://");
  }

  @Test
  void noNetworkIsSaidPlainly() throws Exception {
    var set = known();
    origin.close();
    assertThatThrownBy(() -> Store.folder(set))
        .isInstanceOf(InputException.class)
        .hasMessage(
            origin.address()
                + "/a.csv: expected a connection to 127.0.0.1, found no network, or no such server."
                + " Data that were fetched once need none. A copy elsewhere is named by"
                + " -Dpalette.mirror=URL.");
  }

  @Test
  void aFileThatIsGoneIsSaidWithItsStatus() {
    assertThatThrownBy(() -> Store.folder(set("/b.csv", 0, "")))
        .hasMessageContaining("expected the file, found HTTP status 404.");
  }

  @Test
  void aSilentServerIsGivenUp() throws Exception {
    origin.breakAfter = 10_000;
    origin.silent = true;
    origin.serve("/s.csv", CONTENT);
    var set = set("/s.csv", CONTENT.length, sha256(CONTENT));
    Files.createDirectories(part().getParent());
    assertThatThrownBy(() -> Download.of(set, set.files().get(0), Duration.ofMillis(400)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nothing came for");
    assertThat(file()).doesNotExist();
  }

  @Test
  void anInterruptEndsItAndKeepsWhatIsThere() throws Exception {
    var set = known();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Store.folder(set)).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(file()).doesNotExist();
    assertThat(brought(set)).isEqualTo(CONTENT);
  }
}
