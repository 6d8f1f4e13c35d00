package palette.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import palette.data.Embedder;

class MiniLmTest {
  private static final Embedder ENCODER = Packaged.MINI_LM;
  private static final List<String> STATEMENTS =
      List.of(
          "The city should build more bicycle lanes.",
          "We need safe paths for cyclists downtown.",
          "Property taxes are too high.",
          "Ünïcödé, 你好, and 🎨🧑🏽‍🎨 too",
          "short");

  private static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private static String words(int n) {
    return String.join(" ", Collections.nCopies(n, "housing"));
  }

  @Test
  void vectorsHaveLengthOneAndLikeTextsLieClose() {
    float[][] v = ENCODER.embed(STATEMENTS);
    for (var row : v) {
      assertThat(row).hasSize(384);
      assertThat(dot(row, row)).isCloseTo(1, within(1e-6));
    }
    assertThat(dot(v[0], v[1])).isGreaterThan(dot(v[0], v[2]) + 0.3);
  }

  @Test
  void agreesWithLangchain4jUpToItsLimit() {
    var theirs = new AllMiniLmL6V2EmbeddingModel();
    var texts = new ArrayList<>(STATEMENTS);
    texts.add(words(126));
    float[][] ours = ENCODER.embed(texts);
    for (int i = 0; i < texts.size(); i++) {
      var expected = theirs.embed(TextSegment.from(texts.get(i))).content().vector();
      float[] mine = ours[i];
      double apart =
          IntStream.range(0, 384).mapToDouble(c -> Math.abs(mine[c] - expected[c])).max().orElse(1);
      assertThat(apart).as(texts.get(i)).isLessThan(2e-6);
    }
  }

  @Test
  void aTextHasTheSameBitsAloneAndAmongOthersInAnyOrder() {
    var random = new Random(5);
    var vocabulary = "a right to free public transport in every city near rising housing costs";
    var words = vocabulary.split(" ");
    var texts = new ArrayList<String>();
    for (int i = 0; i < 150; i++) {
      var text = new StringBuilder();
      for (int w = random.nextInt(40); w >= 0; w--) {
        text.append(words[random.nextInt(words.length)]).append(' ');
      }
      texts.add(text.toString());
    }
    float[][] together = ENCODER.embed(texts);
    var order = new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
    Collections.shuffle(order, random);
    float[][] shuffled = ENCODER.embed(order.stream().map(texts::get).toList());
    for (int i = 0; i < order.size(); i++) {
      assertThat(shuffled[i]).isEqualTo(together[order.get(i)]);
    }
    for (int i = 0; i < texts.size(); i += 10) {
      assertThat(ENCODER.embed(List.of(texts.get(i)))[0]).isEqualTo(together[i]);
    }
  }

  @Test
  void nothingOfALongTextIsLost() {
    float[][] v = ENCODER.embed(List.of(words(200), words(200) + " ends in peace", words(3_000)));
    assertThat(dot(v[0], v[1])).as("the tail counts").isLessThan(0.999);
    assertThat(dot(v[2], v[2])).isCloseTo(1, within(1e-6));
  }

  @Test
  void aLongTextIsTheMeanOfItsPiecesByTheirLength() throws OrtException {
    var tokens = Packaged.MINI_LM.tokens();
    var model = Packaged.MINI_LM.weights();
    var session =
        new OnnxSession("MiniLM", false, (ort, options) -> ort.createSession(model, options));
    var tail = " trees and parks and gardens";
    double[] first = session.vectors(new long[][] {tokens.pieces(words(126)).get(0)})[0];
    double[] second = session.vectors(new long[][] {tokens.pieces(tail).get(0)})[0];
    float[] whole = ENCODER.embed(List.of(words(126) + tail))[0];
    double[] sum =
        IntStream.range(0, 384).mapToDouble(i -> 126 * first[i] + 5 * second[i]).toArray();
    double norm = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
    for (int i = 0; i < 384; i++) {
      assertThat((double) whole[i]).isCloseTo(sum[i] / norm, within(1e-6));
    }
  }

  @Test
  void piecesBeginWithAWordAndKeepEveryToken() {
    var tokens = Packaged.MINI_LM.tokens();
    // Five tokens, so that 126 does not fall between two words.
    var one = tokens.pieces("photosynthetically").get(0);
    var pieces = tokens.pieces("photosynthetically ".repeat(300));
    int perWord = one.length - 2;
    assertThat(126 % perWord).as("tokens of the word: %d", perWord).isNotZero();
    assertThat(tokens.longest()).isEqualTo(128);
    assertThat(pieces).hasSizeGreaterThan(1);
    assertThat(pieces.stream().mapToInt(p -> p.length - 2).sum()).isEqualTo(300 * perWord);
    for (var piece : pieces) {
      assertThat(piece.length).isLessThanOrEqualTo(128);
      assertThat(Arrays.copyOf(piece, perWord + 1)).isEqualTo(Arrays.copyOf(one, perWord + 1));
      assertThat(piece[piece.length - 1]).isEqualTo(one[one.length - 1]);
    }
  }

  @Test
  void blankTextsAllHaveTheVectorOfTheEmptySentence() {
    float[][] v = ENCODER.embed(List.of("", " ", "\n\t "));
    assertThat(dot(v[0], v[0])).isCloseTo(1, within(1e-6));
    assertThat(v[1]).isEqualTo(v[0]);
    assertThat(v[2]).isEqualTo(v[0]);
  }

  @Test
  void oddCharactersAreNoObstacle() {
    // An emoji, a half of one, a NUL, a lone combining mark.
    float[][] v = ENCODER.embed(List.of("I love it 🎉", "I love it \uD83C", "a\0b", "\u0301"));
    for (var row : v) assertThat(dot(row, row)).isCloseTo(1, within(1e-6));
  }

  @Test
  void manyThreadsGetTheSameVectors() throws Exception {
    float[][] expected = ENCODER.embed(STATEMENTS);
    var pool = Executors.newFixedThreadPool(4);
    try {
      Callable<float[][]> again = () -> ENCODER.embed(STATEMENTS);
      for (var result : pool.invokeAll(Collections.nCopies(12, again))) {
        assertThat(result.get()).isDeepEqualTo(expected);
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void theFingerprintComesFromTheWeights() {
    var crc = new CRC32();
    crc.update(Packaged.MINI_LM.weights());
    assertThat(Packaged.MINI_LM.checksum()).isEqualTo(crc.getValue());
    assertThat(ENCODER.fingerprint()).matches("all-minilm-l6-v2-[0-9a-f]{16}");
  }

  @Test
  void theProcessHasOneMiniLm() {
    assertThat(Embedders.miniLm()).isSameAs(Embedders.miniLm());
    assertThat(Embedders.miniLm().dimension()).isEqualTo(384);
  }
}
