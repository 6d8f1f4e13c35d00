package palette.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Embedder;
import palette.support.InputException;

/** The encoders of the profile {@code encoders}; without their jars, what is said of that. */
class PackagedTest {
  private static final List<String> TEXTS =
      List.of("hello world", "every colour is a mix of a palette");

  /** By langchain4j's classes of the same packages, e5's texts behind "query: ". */
  private static final Map<Packaged, double[][]> FIRST_SIX =
      Map.of(
          Packaged.BGE_SMALL,
          new double[][] {
            {0.0151961, -0.0225706, 0.0085471, -0.0741705, 0.0038364, 0.0027135},
            {-0.0007141, 0.0307813, -0.0044151, 0.0000604, 0.026352, 0.0232169}
          },
          Packaged.E5_SMALL,
          new double[][] {
            {-0.0159015, 0.0554082, 0.0171547, 0.0012524, -0.0322512, -0.0119736},
            {-0.0581797, -0.0029631, 0.0440253, -0.0062862, -0.0150671, 0.0186985}
          });

  private static void assumeThere(Packaged encoder) {
    assumeTrue(encoder.isThere(), "no " + encoder.file + ": mvn -P encoders");
  }

  private static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  @ParameterizedTest
  @EnumSource(Packaged.class)
  void whatIsMissingIsNamedByItsCoordinates(Packaged encoder) {
    assumeFalse(encoder.isThere());
    String jar = "dev.langchain4j:langchain4j-embeddings-" + encoder.file.replace("1.5", "15");
    assertThatThrownBy(() -> Embedders.packaged(encoder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(jar)
        .hasMessageContaining("PALETTE_PROFILES=encoders");
  }

  @ParameterizedTest
  @EnumSource(
      value = Packaged.class,
      names = {"BGE_SMALL", "E5_SMALL"})
  void pooledAndPrefixedAsTheirAuthorsSay(Packaged encoder) {
    assumeThere(encoder);
    float[][] vectors = encoder.embed(TEXTS);
    for (int i = 0; i < vectors.length; i++) {
      assertThat(vectors[i]).hasSize(384);
      assertThat(dot(vectors[i], vectors[i])).isCloseTo(1, within(1e-6));
      for (int c = 0; c < 6; c++) {
        double golden = FIRST_SIX.get(encoder)[i][c];
        assertThat((double) vectors[i][c]).isCloseTo(golden, within(2e-6));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Packaged.class,
      names = {"BGE_SMALL", "E5_SMALL"})
  void anEncoderThatLearnsBeginsAsOnnxRuntimeHasIt(Packaged from) {
    assumeThere(from);
    var own = Encoders.packaged(from).learned(Map.of(), 128);
    assertThat(own.backbone().layers()).isEqualTo(12);
    float[][] expected = from.embed(TEXTS);
    float[][] found = own.embed(TEXTS);
    for (int i = 0; i < expected.length; i++) {
      for (int c = 0; c < 384; c++) {
        assertThat(found[i][c]).isCloseTo(expected[i][c], within(1e-5f));
      }
    }
  }

  static Stream<List<Packaged>> twins() {
    return Stream.of(
        List.of(Packaged.MINI_LM, Packaged.MINI_LM_INT8),
        List.of(Packaged.BGE_SMALL, Packaged.BGE_SMALL_INT8),
        List.of(Packaged.E5_SMALL, Packaged.E5_SMALL_INT8));
  }

  @ParameterizedTest
  @MethodSource("twins")
  void eightBitsAreAnotherEncoderThatSaysNearlyTheSame(List<Packaged> twins) {
    twins.forEach(PackagedTest::assumeThere);
    var whole = twins.get(0);
    var int8 = twins.get(1);
    assertThat(int8.fingerprint()).isNotEqualTo(whole.fingerprint());
    float[][] a = whole.embed(TEXTS);
    float[][] b = int8.embed(TEXTS);
    for (int i = 0; i < a.length; i++) assertThat(dot(a[i], b[i])).isBetween(0.99, 0.99999);
    // Each token's row has its own scale: what a text is read with changes no bit.
    var many = List.of(TEXTS.get(1), "a palette of every colour is a mix", "every mix is a colour");
    assertThat(int8.embed(many)[0]).isEqualTo(int8.embed(TEXTS.subList(1, 2))[0]).isEqualTo(b[1]);
  }

  /** With one scale for all rows of a run they could not be: each text would have to go alone. */
  @Test
  void eightBitsAreBatchedAsTheWholeIs() {
    byte[] model = EightBits.of(Packaged.MINI_LM.weights());
    var session = new OnnxSession("int8", false, (ort, how) -> ort.createSession(model, how));
    var encoder = new SentenceEncoder(Packaged.MINI_LM.tokens(), session, "int8");
    assertThat(encoder.batches()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Packaged.class)
  void aSavedModelFindsEachByItsName(Packaged encoder) {
    assumeThere(encoder);
    var still = Embedder.Source.anywhere(encoder.fingerprint());
    assertThat(still).containsSame(Embedders.packaged(encoder));
    var learning = Embedder.Source.anywhere(encoder.fingerprint() + "-encoder");
    assertThat(learning.map(Embedder::fingerprint).isPresent()).isNotEqualTo(encoder.int8);
  }

  @Test
  void thePrefixStandsBeforeEachPieceAndIsNoContent() {
    var tokens = new Tokens("MiniLM", Packaged.MINI_LM.words(), "query: ");
    long[] one = tokens.pieces("housing").get(0);
    var pieces = tokens.pieces("housing ".repeat(300));
    assertThat(one).hasSize(5); // [CLS] query : housing [SEP]
    assertThat(pieces).hasSize(3);
    assertThat(pieces.stream().mapToInt(tokens::content).sum()).isEqualTo(300);
    for (long[] piece : pieces) {
      assertThat(piece).hasSizeLessThanOrEqualTo(128).startsWith(one[0], one[1], one[2], one[3]);
    }
  }

  @Test
  void miniLmKeepsTheNameThatSavedModelsHave() {
    assertThat(Packaged.MINI_LM.fingerprint()).isEqualTo("all-minilm-l6-v2-17296a00fb5233fc");
  }
}
