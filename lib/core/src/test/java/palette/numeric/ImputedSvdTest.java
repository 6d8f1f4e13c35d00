package palette.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.family.Golden;

/** RIVALS 2.4. */
class ImputedSvdTest {
  private static final JsonNode GOLDEN = Golden.read("pref.json").get("filling");
  private static final ImputedSvd.Filling HALF = new ImputedSvd.Filling(0.5, 0, 1);
  private static final Offset<Double> EXACT = within(1e-9);

  private static double[][] matrix() {
    double[][] rows = Golden.rows(GOLDEN.get("matrix"));
    for (var hole : GOLDEN.get("missing")) {
      rows[hole.get(0).asInt()][hole.get(1).asInt()] = Double.NaN;
    }
    return rows;
  }

  static Stream<Named<JsonNode>> cases() {
    return StreamSupport.stream(GOLDEN.get("cases").spliterator(), false)
        .map(one -> Named.of(one.get("desc").asText(), one));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void holesAreFilledByWhatTheLargestValuesSay(JsonNode one) {
    int rank = one.get("rank").asInt();
    var svd = ImputedSvd.of(matrix(), rank, one.get("rounds").asInt(), HALF);
    assertThat(svd.values()).containsExactly(Golden.numbers(one.get("values")), EXACT);
    double[] filled = Golden.numbers(one.get("filled"));
    for (int i = 0; i < filled.length; i++) {
      var hole = GOLDEN.get("missing").get(i);
      assertThat(svd.filled()[hole.get(0).asInt()][hole.get(1).asInt()])
          .isCloseTo(filled[i], EXACT);
    }
    if (one.has("product")) {
      double[][] product = Golden.rows(one.get("product"));
      for (int i = 0; i < product.length; i++) {
        for (int j = 0; j < product[i].length; j++) {
          assertThat(dot(svd.left(rank)[i], svd.right(rank)[j])).isCloseTo(product[i][j], EXACT);
        }
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) sum += a[c] * b[c];
    return sum;
  }

  @Test
  void aWideMatrixHasTheValuesOfItsTurnedOne() {
    double[][] wide = {{1, 2, 3}, {0, 1, -1}};
    double[][] high = {{1, 0}, {2, 1}, {3, -1}};
    double[] values = ImputedSvd.of(wide, 2, 1, HALF).values();
    assertThat(values).containsExactly(ImputedSvd.of(high, 2, 1, HALF).values(), EXACT);
    assertThat(ImputedSvd.of(wide, 2, 1, HALF).product(0, 2, 2)).isCloseTo(3, EXACT);
  }
}
