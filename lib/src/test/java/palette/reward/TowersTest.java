package palette.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How rows are dealt out to threads. */
class TowersTest {

  @Test
  void noThreadHasHalfAsMuchAgainAsItsShare() {
    var random = new SplittableRandom(2);
    for (int round = 0; round < 2000; round++) {
      int[] counts = random.ints(1 + random.nextInt(12), 100, 3000).toArray();
      int threads = 1 + random.nextInt(4);
      int[] cuts = Towers.cuts(counts, threads);
      int rows = Arrays.stream(counts).sum();
      int shares = Math.min(threads, rows / 64);
      assertThat(cuts).isSorted().startsWith(0).endsWith(rows);
      for (int t = 0; t < threads; t++) {
        assertThat(cuts[t + 1] - cuts[t]).isLessThanOrEqualTo(rows * 3 / (2 * shares) + 1);
      }
    }
  }

  @Test
  void aCutMovesToANearEndOfAMapAndNotBeyond() {
    assertThat(Towers.cuts(new int[] {1600, 900, 900}, 2)).containsExactly(0, 1600, 3400);
    assertThat(Towers.cuts(new int[] {400, 2000}, 2)).containsExactly(0, 1200, 2400);
    int[] eightHeads = {1600, 900, 900, 900, 900, 900, 900, 900, 900};
    assertThat(Towers.cuts(eightHeads, 2)).containsExactly(0, 4300, 8800);
    assertThat(Towers.cuts(new int[] {20, 30}, 2)).containsExactly(0, 50, 50);
  }
}
