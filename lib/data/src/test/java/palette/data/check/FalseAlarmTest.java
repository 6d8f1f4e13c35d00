package palette.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.check.Finding.Kind;
import palette.support.Seeds;

/** Formatting that has nothing to do with winning, on items some of which nearly always win. */
class FalseAlarmTest {
  private static final int WORLDS = 200;

  private static Preferences world(int items, int rows, long seed) {
    var random = Seeds.stream(seed, "world");
    double[] quality = Seeds.normal(items, 3, random);
    String[] texts = new String[items];
    for (int i = 0; i < items; i++) {
      String text = Letters.letter(random.nextInt(6000)) + " ".repeat(random.nextInt(2));
      if (random.nextInt(3) == 0) text = "[" + text + "]";
      if (random.nextInt(3) == 0) text = text.replace("The", "the");
      if (random.nextInt(3) == 0) text = text.replace("and", "\"and\"");
      texts[i] = i + " " + text;
    }
    var builder = Preferences.builder();
    while (rows > 0) {
      int a = random.nextInt(items);
      int b = random.nextInt(items);
      if (a == b) continue;
      boolean first = random.nextDouble() < 1 / (1 + Math.exp(quality[b] - quality[a]));
      builder.add(Comparison.of("u" + rows % 7, texts[first ? a : b], texts[first ? b : a]));
      rows--;
    }
    return builder.build();
  }

  private static int alarms(int items, int rows) {
    int alarms = 0;
    for (int seed = 0; seed < WORLDS; seed++) {
      if (!DataChecks.of(world(items, rows, seed)).found(Kind.FORMAT).isEmpty()) alarms++;
    }
    return alarms;
  }

  // One in twenty is promised; 200 worlds at .05 give more than 18 with probability .006.
  @Test
  void fewItemsComparedOftenRaiseNoMoreFalseAlarmsThanPromised() {
    assertThat(alarms(20, 600)).isLessThanOrEqualTo(18);
  }

  @Test
  void manyItemsComparedSeldomRaiseNoMoreEither() {
    assertThat(alarms(300, 300)).isLessThanOrEqualTo(18);
  }
}
