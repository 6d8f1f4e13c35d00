package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.InputException;

/** What people's files are like: each fault is named with its place, or harmless. */
class BadInputTest {
  private static final String HEADER = "user,chosen,rejected\n";

  @TempDir Path folder;

  private Path csv(byte[] content) {
    return Written.bytes(folder.resolve("a.csv"), content);
  }

  private Path csv(String content) {
    return csv(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreHarmless() {
    var read = Preferences.csv(csv("\uFEFF" + HEADER.replace("\n", "\r\n") + "é,x,y\r\n")).read();
    assertThat(read.comparisons()).containsExactly(Comparison.of("é", "x", "y"));
  }

  @Test
  void theLastLineNeedsNoEnd() {
    assertThat(Preferences.csv(csv(HEADER + "a,x,y")).read().size()).isEqualTo(1);
  }

  @Test
  void bytesThatAreNoUtf8AreNamedWithLineAndOffset() {
    var file = csv((HEADER + "a,x,y\nb\u00e9,x,y\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Preferences.csv(file).read())
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a.csv line 3: expected text in UTF-8, found byte 0xE9 at offset 28."
                + " Name the charset with .charset(\"windows-1252\") or the one it has.");
    var read = Preferences.csv(file).charset("ISO-8859-1").read();
    assertThat(read.comparison(1).user()).isEqualTo("bé");
    var bad = new ArrayList<BadLine>();
    assertThat(Preferences.csv(file).skipInvalid(bad).read().size()).isEqualTo(1);
    assertThat(bad).extracting(BadLine::line).containsExactly(3L);
  }

  @Test
  void utf16IsRecognised() {
    var file = csv((HEADER + "a,x,y\n").getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> Preferences.csv(file).read())
        .hasMessageContaining(".charset(\"UTF-16\")");
    assertThat(Preferences.csv(file).charset("UTF-16").read().size()).isEqualTo(1);
  }

  @Test
  void anUnknownCharsetIsRefusedBeforeReading() {
    assertThatThrownBy(() -> Preferences.csv(Path.of("none")).charset("latin-99"))
        .hasMessage(
            "charset: expected a name that Java knows, such as UTF-8, UTF-16 or windows-1252,"
                + " found latin-99.");
  }

  @Test
  void aTruncatedGzipSaysAfterWhichLine() throws IOException {
    var lines = new String[2000];
    for (int i = 0; i < lines.length; i++) lines[i] = i == 0 ? HEADER.strip() : i + ",x,y" + i * i;
    var whole = Files.readAllBytes(Written.gz(folder, "a.csv.gz", lines));
    var file =
        Written.bytes(folder.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length * 9 / 10));
    assertThatThrownBy(() -> Preferences.csv(file).read())
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            "cut.csv.gz after line 1[0-9]{3}: expected a whole gzip file, found its end cut off."
                + " Fetch the file again.");
    var bad = new ArrayList<BadLine>();
    assertThat(Preferences.csv(file).skipInvalid(bad).read().size()).isGreaterThan(1000);
    assertThat(bad).hasSize(1);
  }

  @Test
  void aDamagedGzipIsAnErrorToo() throws IOException {
    var whole = Files.readAllBytes(Written.gz(folder, "a.csv.gz", HEADER.strip(), "a,x,y"));
    whole[whole.length - 6] ^= 1; // its checksum
    var file = Written.bytes(folder.resolve("b.csv.gz"), whole);
    assertThatThrownBy(() -> Preferences.csv(file).read())
        .hasMessageContaining("expected a whole gzip file, found damaged bytes");
  }

  @Test
  void aHundredMegabyteLineIsRefusedAndPassedOver() throws IOException {
    var file = folder.resolve("long.jsonl.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
      byte[] chunk = new byte[1 << 20];
      Arrays.fill(chunk, (byte) 'x');
      for (int i = 0; i < 100; i++) out.write(chunk);
      out.write("\n{\"user\":\"a\",\"chosen\":\"x\",\"rejected\":\"y\"}\n".getBytes());
    }
    assertThatThrownBy(() -> Preferences.jsonl(file).read())
        .hasMessage(
            "long.jsonl.gz line 1: expected at most 16,777,216 characters in a line,"
                + " found 104,857,600. Is it a file of lines at all?");
    assertThat(Preferences.jsonl(file).skipInvalid(new ArrayList<>()).read().size()).isEqualTo(1);
  }

  @Test
  void aQuoteThatNeverClosesNamesWhereItOpened() {
    var file = csv(HEADER + "a,x,y\nb,\"x,y\nc,x,y\n");
    assertThatThrownBy(() -> Preferences.csv(file).read())
        .hasMessage(
            "a.csv line 3: expected a closing quote, found the end of the file."
                + " Close or double the quote.");
  }

  @Test
  void tooFewFieldsAndTextBehindAQuoteAreNamedWithTheirPlace() {
    assertThatThrownBy(() -> Preferences.csv(csv(HEADER + "a,x\n")).read())
        .hasMessageStartingWith("a.csv line 2: expected 3 fields, found 2. The header names 3;");
    assertThatThrownBy(() -> Preferences.csv(csv(HEADER + "a,\"x\" z,y\n")).read())
        .hasMessage(
            "a.csv line 2 column 6: expected a separator behind the closing quote, found ' '."
                + " Double a quote inside a quoted field.");
  }

  @Test
  void aColumnTwiceAndAnEmptyFileAreErrors() {
    assertThatThrownBy(() -> Preferences.csv(csv("user,user,x\n")).read())
        .hasMessage(
            "a.csv line 1: expected each column once, found 'user' twice. Rename one of them.");
    assertThatThrownBy(() -> Preferences.csv(csv("")).read())
        .hasMessage("a.csv: expected a header line, found an empty file.");
    assertThatThrownBy(() -> Preferences.csv(csv(HEADER)).read())
        .hasMessage("a.csv: expected at least one record, found none. Check the file.");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Preferences.csv(folder.resolve("none.csv")).read())
        .hasMessageEndingWith("none.csv: expected a file, found nothing. Check the path.");
  }

  @Test
  void aChosenEqualToItsRejectedAndAnEmptyIdAreErrors() {
    assertThatThrownBy(() -> Preferences.csv(csv(HEADER + "a,x,x\n")).read())
        .hasMessage(
            "a.csv line 2: expected two different items, found 'x' twice. Mend it, or read with"
                + " .skipInvalid(), which leaves bad lines out.");
    assertThatThrownBy(() -> Preferences.csv(csv(HEADER + "a,,x\n")).read())
        .hasMessage(
            "a.csv line 2: expected a value in 'chosen', found an empty one. Mend it, or read with"
                + " .skipInvalid(), which leaves bad lines out.");
    assertThatThrownBy(() -> Comparison.of("", "x", "y"))
        .hasMessageContaining("expected an id for 'user', found an empty one");
  }

  @Test
  void vectorsAreFiniteAndOfOneSize() {
    var items = Catalog.of(List.of("x", "y"));
    assertThatThrownBy(() -> items.withVectors(new float[][] {{1, 2}, {1, Float.NaN}}))
        .hasMessage("vector of 'y' position 2: expected a finite number, found NaN.");
    assertThatThrownBy(() -> items.withVectors(new float[][] {{Float.NEGATIVE_INFINITY}, {1}}))
        .hasMessageContaining("found -Infinity");
    assertThatThrownBy(() -> items.withVectors(new float[][] {{1, 2}, {1}}))
        .hasMessage("vector of 'y': expected 2 numbers, found 1 numbers.");
    assertThatThrownBy(() -> items.withVectors(Map.of("x", new float[1])))
        .hasMessageContaining("expected a vector for 'y', found none");
  }

  @Test
  void aFieldOfAFixedFormatIsNotToBeNamedOtherwise() {
    Path file = Written.file(folder, "tldr.jsonl", "{\"info\":{},\"choice\":0}\n");
    assertThatThrownBy(() -> Preferences.summarizeFromFeedback(file).read())
        .hasMessage(
            "tldr.jsonl line 1: expected a field 'worker', found [info, choice]. In this format it"
                + " has this name.");
  }

  @Test
  void aJudgementNeedsAUserAndAnItem() {
    assertThatThrownBy(() -> Judgements.builder().add("", "tea", 1))
        .hasMessage("user: expected a name that is not empty, found ''.");
    assertThatThrownBy(() -> Judgements.builder().add("ana", null, 1))
        .hasMessage("item: expected a name that is not empty, found none.");
  }
}
