package palette.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorLoopsTest {
  private final SplittableRandom random = new SplittableRandom(7);

  private double[][] drawn(int rows, int n) {
    double[][] drawn = new double[rows][n];
    for (double[] row : drawn) for (int i = 0; i < n; i++) row[i] = random.nextDouble(-1, 1);
    return drawn;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void aProductIsTheSumOfItsTermsWhateverIsLeftOverOfFours(int rows) {
    int n = 33;
    for (int wanted = 0; wanted < 6; wanted++) {
      double[][] x = drawn(rows, n + 1);
      double[] factors = drawn(1, wanted * rows)[0];
      double[][] to = drawn(wanted, n + 1);
      double[][] expected = new double[wanted][];
      for (int i = 0; i < wanted; i++) {
        expected[i] = to[i].clone();
        for (int j = 0; j < rows; j++) {
          for (int t = 0; t < n; t++) expected[i][t] += factors[i * rows + j] * x[j][t];
        }
      }
      double[][] byRow = new double[wanted][];
      for (int i = 0; i < wanted; i++) {
        byRow[i] = to[i].clone();
        VectorLoops.addRows(factors, i * rows, x, byRow[i], n);
      }

      VectorLoops.addProduct(factors, x, to, n);

      for (int i = 0; i < wanted; i++) {
        assertThat(to[i]).containsExactly(expected[i], within(1e-14));
        assertThat(to[i]).as("the same bits as row by row").containsExactly(byRow[i]);
      }
    }
  }
}
