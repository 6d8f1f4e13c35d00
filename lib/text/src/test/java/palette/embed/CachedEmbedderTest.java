package palette.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Embedder;
import palette.support.InputException;
import palette.support.Progress;

class CachedEmbedderTest {
  @TempDir Path folder;
  private final CountingEmbedder encoder = new CountingEmbedder("counting v1");

  @AfterEach
  void quiet() {
    Progress.listen(Progress.SILENT);
  }

  private static List<String> texts(int n) {
    return IntStream.range(0, n).mapToObj(i -> "text number " + i).toList();
  }

  private Embedder cached() {
    return Embedders.cached(encoder, folder);
  }

  @Test
  void eachDistinctTextIsEncodedOnceAndRowsKeepTheirOrder() {
    float[][] v = cached().embed(List.of("bb", "a", "bb"));
    assertThat(encoder.asked).containsExactlyInAnyOrder("a", "bb");
    assertThat(v[0]).isEqualTo(CountingEmbedder.vector("bb"));
    assertThat(v[1]).isEqualTo(CountingEmbedder.vector("a"));
    assertThat(v[2]).isEqualTo(v[0]).isNotSameAs(v[0]);
  }

  @Test
  void anotherProcessFindsTheVectorsOnDisk() {
    float[][] first = cached().embed(texts(1_000));
    encoder.asked.clear();
    assertThat(cached().embed(texts(1_000))).isDeepEqualTo(first);
    assertThat(encoder.asked).isEmpty();
  }

  @Test
  void onlyNewTextsAreEncodedAndShorterOnesFirst() {
    var embedder = cached();
    embedder.embed(List.of("bb"));
    encoder.asked.clear();
    embedder.embed(List.of("dddd", "bb", "a", "ccc"));
    assertThat(encoder.asked).containsExactly("a", "ccc", "dddd");
  }

  @Test
  void anotherFingerprintHasItsOwnVectors() {
    cached().embed(List.of("a"));
    var other = new CountingEmbedder("counting: v2/β");
    Embedders.cached(other, folder).embed(List.of("a"));
    assertThat(other.asked).containsExactly("a");
  }

  @Test
  void changingAResultDoesNotChangeTheCache() {
    var embedder = cached();
    embedder.embed(List.of("a"))[0][0] = 99;
    assertThat(embedder.embed(List.of("a"))[0]).isEqualTo(CountingEmbedder.vector("a"));
  }

  @Test
  void noTextsNoVectors() {
    assertThat(cached().embed(List.of()).length).isZero();
  }

  @Test
  void malformedTextsStayApart() {
    cached().embed(List.of("\uD83C", "\uD83D", "?", ""));
    assertThat(encoder.asked).hasSize(4);
  }

  @Test
  void aMissingTextIsNamedByItsPlace() {
    var texts = new ArrayList<>(List.of("a"));
    texts.add(null);
    assertThatThrownBy(() -> cached().embed(texts))
        .hasMessage("text 1: expected a value, found null.");
  }

  private Embedder answering(float[]... rows) {
    return Embedders.cached(
        new CountingEmbedder("bad") {
          @Override
          public float[][] embed(List<String> texts) {
            return rows;
          }
        },
        folder);
  }

  @Test
  void aVectorWithNaNOrOfAnotherSizeNamesItsText() {
    assertThatThrownBy(() -> answering(new float[] {1, Float.NaN, 0}).embed(List.of("some text")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "embedder bad, text \"some text\": expected 3 finite numbers, found NaN at index 1."
                + " Remove the text or mend the embedder.");
    assertThatThrownBy(() -> answering(new float[2]).embed(List.of("some text")))
        .hasMessageContaining("\"some text\": expected 3 finite numbers, found 2 numbers.");
    assertThatThrownBy(() -> answering((float[]) null).embed(List.of("x".repeat(100))))
        .hasMessageContaining("text \"" + "x".repeat(60) + "...\": expected 3 finite");
  }

  @Test
  void aRowTooFewIsRefused() {
    assertThatThrownBy(() -> answering(new float[3]).embed(List.of("a", "b")))
        .hasMessageContaining("embedder bad: expected 2 vectors, one a text, found 1 vectors.");
  }

  @Test
  void anInterruptStopsWithinAChunkAndWhatWasDoneStays() {
    var interrupting =
        new CountingEmbedder("counting v1") {
          @Override
          public float[][] embed(List<String> texts) {
            if (!asked.isEmpty()) Thread.currentThread().interrupt();
            return super.embed(texts);
          }
        };
    var all = texts(100_000);
    assertThatThrownBy(() -> Embedders.cached(interrupting, folder).embed(all))
        .isInstanceOf(CancellationException.class)
        .hasMessageMatching(
            "Embedding was interrupted after [\\d,]+ of 100,000 new texts."
                + " Run it again to go on from there.");
    assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
    assertThat(interrupting.asked).hasSizeBetween(1, 50_000);
    cached().embed(List.copyOf(interrupting.asked));
    assertThat(encoder.asked).as("encoded before the interrupt").isEmpty();
  }

  @Test
  void anInterruptReachesMiniLm() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Packaged.MINI_LM.embed(texts(20)))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aFailureKeepsWhatWasDone() {
    var failing =
        new CountingEmbedder("counting v1") {
          @Override
          public float[][] embed(List<String> texts) {
            if (!asked.isEmpty()) throw new IllegalStateException("out of order");
            return super.embed(texts);
          }
        };
    assertThatThrownBy(() -> Embedders.cached(failing, folder).embed(texts(10_000)))
        .hasMessage("out of order");
    cached().embed(List.copyOf(failing.asked));
    assertThat(encoder.asked).isEmpty();
  }

  @Test
  void progressIsShownForLongWorkOnly() {
    var lines = new ArrayList<Progress.Update>();
    Progress.listen(lines::add);
    cached().embed(List.of("a"));
    assertThat(lines).isEmpty();
    cached().embed(texts(20_000));
    assertThat(lines.get(0).line())
        .startsWith("Embedding [")
        .contains("/20,000")
        .contains("texts/s");
    assertThat(lines.get(lines.size() - 1).line())
        .matches("Embedding: 20,000 texts in \\d+\\.\\d s");
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidOnceAndIsNoObstacle() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "in the way");
    var embedder = Embedders.cached(encoder, file);
    var said = new ByteArrayOutputStream();
    var before = System.err;
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(embedder.embed(List.of("a"))[0]).isEqualTo(CountingEmbedder.vector("a"));
      embedder.embed(List.of("a", "b"));
    } finally {
      System.setErr(before);
    }
    assertThat(encoder.asked).as("kept in memory").containsExactly("a", "b");
    assertThat(said.toString(StandardCharsets.UTF_8).lines().toList())
        .singleElement()
        .asString()
        .startsWith("palette: the embedding cache " + file)
        .contains("cannot be written")
        .endsWith("another folder is set by -Dpalette.cache=FOLDER.");
  }
}
