package palette.data.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palette.data.Written;
import palette.support.InputException;

/** Lines of files that are odd: their bytes, their ends, what they unpack to. */
class LinesTest {
  @TempDir Path folder;

  private List<String> lines(byte[] content) {
    return lines(Written.bytes(folder.resolve("a.txt"), content), StandardCharsets.UTF_8);
  }

  private static List<String> lines(Path file, Charset charset) {
    var all = new ArrayList<String>();
    try (var lines = new Lines(file, charset)) {
      for (String line = lines.next(); line != null; line = lines.next()) all.add(line);
    }
    return all;
  }

  // A buffer has 16,384 characters.
  @ParameterizedTest
  @ValueSource(ints = {16382, 16383, 16384, 16385, 32768})
  void aByteThatIsNoTextIsNamedWhereverTheBufferEnds(int before) {
    byte[] bytes = new byte[before + 2];
    Arrays.fill(bytes, (byte) 'a');
    bytes[before] = (byte) 0xff;
    bytes[before + 1] = '\n';
    assertThatThrownBy(() -> lines(bytes))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a.txt line 1: expected text in UTF-8, found byte 0xFF at offset ")
        .hasMessageContaining(String.format("%,d", before));
  }

  @Test
  void everyLineOfAnotherCharsetIsFoundBadByItself() {
    var line = "naïve façade,".repeat(40) + "\n";
    byte[] latin = line.repeat(500).getBytes(StandardCharsets.ISO_8859_1);
    var file = Written.bytes(folder.resolve("latin.txt"), latin);
    int bad = 0;
    try (var lines = new Lines(file, StandardCharsets.UTF_8)) {
      while (true) {
        try {
          if (lines.next() == null) break;
        } catch (InputException e) {
          bad++;
        }
      }
    }
    assertThat(bad).isEqualTo(500);
    assertThat(lines(file, StandardCharsets.ISO_8859_1)).hasSize(500).contains(line.strip());
  }

  @Test
  void carriageReturnsAloneEndLinesWhereTheFileBeginsSo() {
    assertThat(lines("a,b\r1,2\r3,4".getBytes())).containsExactly("a,b", "1,2", "3,4");
    assertThat(lines("a\rb,c\n1,2\n".getBytes())).containsExactly("a\rb,c", "1,2");
    assertThat(lines("a,b\r\n1,2\r\n".getBytes())).containsExactly("a,b", "1,2");
    assertThat(lines("one\r".getBytes())).containsExactly("one");
  }

  @Test
  void aSmallGzThatUnpacksWithoutEndIsRefused() throws IOException {
    var file = folder.resolve("blank.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
      byte[] chunk = new byte[1 << 20];
      Arrays.fill(chunk, (byte) '\n');
      for (int i = 0; i < 260; i++) out.write(chunk);
    }
    assertThatThrownBy(() -> lines(file, StandardCharsets.UTF_8))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a gz that unpacks to 200 times its size at most")
        .hasMessageContaining("found more than 268,435,456 bytes. Unpack it, if that is right");
    assertThat(DecodedFile.mostUnpacked(10_000_000)).isEqualTo(2_000_000_000);
  }

  @Test
  void anInterruptEndsReadingAndStaysSet() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> lines("a\n".getBytes()))
          .isInstanceOf(CancellationException.class)
          .hasMessage("Reading a.txt was interrupted. Nothing of it is kept; run it again.");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void whatIsNoPlainFileIsCalledWhatItIs() {
    assertThatThrownBy(() -> lines(Path.of("/"), StandardCharsets.UTF_8))
        .hasMessage("/: expected a file, found a folder. Check the path.");
    assertThatThrownBy(() -> lines(Path.of("/dev/null"), StandardCharsets.UTF_8))
        .hasMessageContaining("found a pipe or a device. Write what comes out of it to a file");
  }
}
