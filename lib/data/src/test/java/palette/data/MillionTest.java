package palette.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A million comparisons of a thousand users: retained memory is asserted, seconds are printed. */
@Tag("slow")
class MillionTest {
  private static final String[] USERS = names("user-", 1000);
  private static final String[] ITEMS = names("item-", 20_000);
  private static final String[] PROMPTS = names("prompt-", 5_000);

  private static String[] names(String prefix, int n) {
    var names = new String[n];
    for (int i = 0; i < n; i++) names[i] = prefix + i;
    return names;
  }

  private static Preferences million() {
    var random = new SplittableRandom(7);
    var builder = Preferences.builder();
    for (int row = 0; row < 1_000_000; row++) {
      int a = random.nextInt(ITEMS.length);
      int b = (a + 1 + random.nextInt(50)) % ITEMS.length;
      var prompt = PROMPTS[random.nextInt(PROMPTS.length)];
      builder.add(new Comparison(USERS[row % USERS.length], prompt, ITEMS[a], ITEMS[b]));
    }
    return builder.build();
  }

  private static long used() {
    for (int i = 0; i < 3; i++) System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void aMillionComparisonsAreLight() {
    long before = used();
    long start = System.nanoTime();
    var all = million();
    long built = System.nanoTime();
    long retained = used() - before;
    long counted = System.nanoTime();
    var summary = all.summary();
    long summarised = System.nanoTime();
    var split = all.splitByAnswer(0.8, 7);
    long parted = System.nanoTime();
    var print = all.fingerprint();
    long printed = System.nanoTime();
    System.out.printf(
        "a million comparisons: %.1f MB; built %.2f s, summary %.2f s, split %.2f s, print %.2f"
            + " s%n",
        retained / 1e6,
        (built - start) / 1e9,
        (summarised - counted) / 1e9,
        (parted - summarised) / 1e9,
        (printed - parted) / 1e9);
    assertThat(summary.comparisons()).isEqualTo(1_000_000);
    assertThat(split.train().size() + split.test().size()).isEqualTo(1_000_000);
    assertThat(print).hasSize(64);
    assertThat(retained).isLessThan(60_000_000);
  }
}
