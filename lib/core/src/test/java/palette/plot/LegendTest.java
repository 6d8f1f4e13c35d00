package palette.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LegendTest {
  private static final int HEIGHT = 200;

  private static BufferedImage legend(int width, String... names) {
    var sketch = Sketch.of("", "", "").size(width, HEIGHT).bare();
    for (var name : names) sketch = sketch.dot(name, 0, 0);
    return sketch.figure().image();
  }

  private static boolean dark(BufferedImage image, int x, int y) {
    return (image.getRGB(x, y) & 0xFF) < 0xA0 && (image.getRGB(x, y) >> 16 & 0xFF) < 0xA0;
  }

  /** The lowest line of pixels with ink in the right half, where the word is and not its sign. */
  private static int lowest(BufferedImage image) {
    return IntStream.range(0, 2 * HEIGHT)
        .filter(
            y ->
                IntStream.range(image.getWidth() / 2, image.getWidth())
                    .anyMatch(x -> dark(image, x, y)))
        .max()
        .getAsInt();
  }

  @Test
  void highWordsAndLowOnesStandOnOneLine() {
    assertThat(lowest(legend(300, "hhhh"))).isEqualTo(lowest(legend(300, "nnnn")));
  }

  @Test
  void aLineThatIsTooLongIsFolded() {
    String[] names = {"the first of three", "the second of three", "the third of three"};
    var wide = legend(600, names);
    var narrow = legend(300, names);
    int above = 2 * HEIGHT - 2 * 36; // the line above the last, which only the narrow one has
    assertThat(IntStream.range(0, 600)).anyMatch(x -> dark(narrow, x, above));
    assertThat(IntStream.range(0, 1200)).noneMatch(x -> dark(wide, x, above));
    for (int x = 0; x < 8; x++) {
      int left = x;
      assertThat(IntStream.range(0, 2 * HEIGHT)).noneMatch(y -> dark(narrow, left, y));
      assertThat(IntStream.range(0, 2 * HEIGHT)).noneMatch(y -> dark(narrow, 599 - left, y));
    }
  }
}
