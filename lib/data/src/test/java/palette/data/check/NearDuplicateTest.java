package palette.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.check.Finding.Kind;
import palette.support.Seeds;

class NearDuplicateTest {
  private static final int D = 16;

  private static float[][] random(int n, long seed) {
    var random = Seeds.stream(seed, "vectors");
    float[][] rows = new float[n][D];
    for (var row : rows) for (int c = 0; c < D; c++) row[c] = (float) random.nextGaussian();
    return rows;
  }

  /** A ring of n items, each chosen over the next. */
  private static Preferences ring(String name, float[][] vectors) {
    var rows = new ArrayList<Comparison>();
    for (int i = 0; i < vectors.length; i++) {
      rows.add(Comparison.of("ann", name + i, name + (i + 1) % vectors.length));
    }
    var answers = Preferences.of(rows);
    var ids = answers.items();
    float[][] ordered = new float[vectors.length][];
    for (int i = 0; i < vectors.length; i++) ordered[ids.indexOf(name + i)] = vectors[i];
    return answers.withItems(ids.withVectors(ordered));
  }

  @Test
  void aParaphraseIsFoundByItsVector() {
    float[][] test = random(150, 2);
    float[][] train = random(130, 1);
    for (int c = 0; c < D; c++) test[70][c] = train[129][c] * 1.05f;
    var checks = DataChecks.of(ring("a", train), ring("b", test));
    var found = checks.found(Kind.NEAR_ITEM);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).rows()).containsExactly(69, 70);
    assertThat(found.get(0).what()).contains("within 0.20", "first 'b70' and 'a129'");
    assertThat(Leakage.of(ring("a", train), ring("b", test)).byItem(0.2).leaked().size())
        .isEqualTo(2);
  }

  @Test
  void theCleanTwinHasNone() {
    var checks = DataChecks.of(ring("a", random(130, 1)), ring("b", random(150, 2)));
    assertThat(checks.found(Kind.NEAR_ITEM)).isEmpty();
  }

  @Test
  void blocksFindWhatASingleLookFinds() {
    float[][] from = random(200, 3);
    float[][] to = random(170, 4);
    int[] fast = NearItems.nearest(from, to, 0.8);
    for (int i = 0; i < from.length; i++) assertThat(fast[i]).isEqualTo(slow(from[i], to, 0.8));
    assertThat(fast).contains(-1);
    assertThat(Arrays.stream(fast).max().getAsInt()).isPositive();
  }

  private static int slow(float[] a, float[][] to, double limit) {
    int best = -1;
    double least = limit;
    for (int j = 0; j < to.length; j++) {
      double gap = 0;
      double aa = 0;
      double bb = 0;
      for (int c = 0; c < a.length; c++) {
        gap += Math.pow(a[c] - to[j][c], 2);
        aa += a[c] * a[c];
        bb += to[j][c] * to[j][c];
      }
      double d = Math.sqrt(gap / Math.max(aa, bb));
      if (d < least) {
        least = d;
        best = j;
      }
    }
    return best;
  }

  // The rest of the numbers decides where the first 64 are alike.
  @Test
  void longVectorsThatDifferInTheirTailOnlyAreApart() {
    float[][] one = new float[1][100];
    float[][] two = new float[2][100];
    for (int c = 0; c < 100; c++) one[0][c] = two[0][c] = two[1][c] = 1;
    for (int c = 64; c < 100; c++) two[0][c] = -1;
    two[1][99] = 0.5f;
    assertThat(NearItems.nearest(one, two, 0.2)).containsExactly(1);
    assertThat(NearItems.nearest(one, two, 0.01)).containsExactly(-1);
  }

  @Test
  void zeroVectorsAreEqualAndFarFromAllOthers() {
    float[][] zero = {new float[8]};
    float[][] one = {{1, 0, 0, 0, 0, 0, 0, 0}};
    assertThat(NearItems.nearest(zero, zero, 0.1)).containsExactly(0);
    assertThat(NearItems.nearest(zero, one, 0.9)).containsExactly(-1);
  }

  @Test
  void withoutVectorsOrInFewDimensionsItIsSaidThatNobodyLooked() {
    var checks = DataChecks.of(Letters.train(), Letters.test());
    assertThat(checks.notes())
        .containsExactly(
            "Near duplicates were not looked for: that needs vectors of one length, at least 8,"
                + " for the items of both parts.");
    assertThat(DataChecks.spec().near(0).of(Letters.train(), Letters.test()).notes())
        .isEqualTo(List.of());
  }
}
