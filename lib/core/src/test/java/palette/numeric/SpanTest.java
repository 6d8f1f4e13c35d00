package palette.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import palette.support.Seeds;

class SpanTest {
  private static final int N = 30;
  private static final int COLUMNS = 70;

  /** Rows of which every third is almost, and every fifth wholly, in what the others span. */
  private static double[] rows() {
    var random = Seeds.stream(7, "rows");
    double[] rows = new double[N * COLUMNS];
    for (int i = 0; i < rows.length; i++) {
      int j = i / COLUMNS;
      double before = j == 0 ? 0 : rows[i - COLUMNS];
      if (j > 0 && j % 5 == 0) rows[i] = 2 * before;
      else rows[i] = j % 3 == 0 ? before + 1e-6 * random.nextGaussian() : random.nextGaussian();
    }
    return rows;
  }

  private static double[] row(double[] rows, int j, int length) {
    return Arrays.copyOfRange(rows, j * length, (j + 1) * length);
  }

  @Test
  void coordinatesGiveTheRowsBack() {
    double[] rows = rows();
    var span = Span.of(rows, N, COLUMNS);
    assertThat(span.rank()).isEqualTo(N - (N - 1) / 5);
    for (int j = 0; j < N; j++) {
      double[] point = new double[COLUMNS];
      span.move(point, row(span.rows(), j, span.rank()));
      assertThat(point).containsExactly(row(rows, j, COLUMNS), within(1e-13));
    }
  }

  @Test
  void directionsAreOrthonormalAlthoughRowsAreAlmostAlike() {
    var span = Span.of(rows(), N, COLUMNS);
    for (int i = 0; i < span.rank(); i++) {
      double[] direction = new double[COLUMNS];
      for (int c = 0; c < COLUMNS; c++) direction[c] = span.at(i, c);
      double[] unit = new double[span.rank()];
      unit[i] = 1;
      assertThat(span.inside(direction)).containsExactly(unit, within(1e-14));
    }
  }
}
