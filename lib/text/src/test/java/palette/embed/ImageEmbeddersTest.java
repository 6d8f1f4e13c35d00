package palette.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.InputException;

class ImageEmbeddersTest {
  @TempDir Path folder;

  private static BufferedImage plain(Color colour, int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var pen = image.createGraphics();
    pen.setColor(colour);
    pen.fillRect(0, 0, width, height);
    pen.dispose();
    return image;
  }

  @Test
  void aRedImageIsRedInEveryCellAndFlat() {
    var embedder = ImageEmbedders.colourAndLayout();
    float[] red = embedder.embed(List.of(plain(Color.RED, 41, 30)))[0];
    assertThat(red).hasSize(embedder.dimension());
    for (int cell = 0; cell < 16; cell++) {
      assertThat(red[3 * cell]).isEqualTo(1);
      assertThat(red[3 * cell + 1]).isEqualTo(-1);
      assertThat(red[48 + cell]).isCloseTo(0, within(1e-6f));
    }
    assertThat(red[64]).as("all hues are the first").isEqualTo(1);
  }

  @Test
  void whereAColourStandsIsSeen() {
    var image = plain(Color.WHITE, 64, 64);
    image.setRGB(0, 63, 0); // one black pixel, bottom left: cell 12
    var embedder = ImageEmbedders.colourAndLayout();
    float[] dotted = embedder.embed(List.of(image))[0];
    float[] white = embedder.embed(List.of(plain(Color.WHITE, 64, 64)))[0];
    for (int c = 0; c < dotted.length; c++) {
      boolean there = c / 3 == 12 && c < 48 || c == 48 + 12;
      assertThat(dotted[c] != white[c]).as("number %d", c).isEqualTo(there);
    }
  }

  @Test
  void anImageOfOnePixelIsFine() {
    float[] one = ImageEmbedders.colourAndLayout().embed(List.of(plain(Color.BLUE, 1, 1)))[0];
    for (float v : one) assertThat(v).isFinite();
  }

  // ------------------------------------------------------------ a model of a few bytes: the mean

  private static byte[] field(int number, byte[]... parts) throws IOException {
    var inside = new ByteArrayOutputStream();
    for (var part : parts) inside.write(part);
    var all = new ByteArrayOutputStream();
    all.write(number << 3 | 2);
    int length = inside.size();
    for (; length > 127; length >>= 7) all.write(length & 127 | 128);
    all.write(length);
    all.write(inside.toByteArray());
    return all.toByteArray();
  }

  private static byte[] text(int number, String value) throws IOException {
    return field(number, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] number(int number, int value) {
    return new byte[] {(byte) (number << 3), (byte) value};
  }

  /** The mean of each colour over 4 by 4 pixels, and nothing more. */
  private Path means(String input) throws IOException {
    byte[] one = number(1, 1);
    byte[] four = number(1, 4);
    byte[] image = field(2, field(1, one), field(1, number(1, 3)), field(1, four), field(1, four));
    byte[] vector = field(2, field(1, one), field(1, number(1, 3)));
    byte[] graph =
        field(
            7,
            field(1, text(1, input), text(2, "p"), text(4, "GlobalAveragePool")),
            field(1, text(1, "p"), text(2, "image_embeds"), text(4, "Flatten")),
            text(2, "means"),
            field(11, text(1, input), field(2, field(1, number(1, 1), image))),
            field(12, text(1, "image_embeds"), field(2, field(1, number(1, 1), vector))));
    var model = new ByteArrayOutputStream();
    for (var part : List.of(number(1, 7), graph, field(8, number(2, 13)))) model.write(part);
    return Files.write(folder.resolve("means.onnx"), model.toByteArray());
  }

  @Test
  void aModelOfOnesOwnGetsNormalisedPixels() throws IOException {
    var embedder = ImageEmbedders.onnx(means("pixel_values"));
    assertThat(embedder.dimension()).isEqualTo(3);
    assertThat(embedder.fingerprint()).matches("means.onnx-[0-9a-f]{16}");
    float[] red = embedder.embed(List.of(plain(Color.RED, 90, 60)))[0];
    double r = (1 - 0.48145466) / 0.26862954;
    double g = -0.4578275 / 0.26130258;
    double b = -0.40821073 / 0.27577711;
    double length = Math.sqrt(r * r + g * g + b * b);
    assertThat(red[0]).isCloseTo((float) (r / length), within(1e-5f));
    assertThat(red[1]).isCloseTo((float) (g / length), within(1e-5f));
    assertThat(red[2]).isCloseTo((float) (b / length), within(1e-5f));
  }

  @Test
  void anImageLosesItsEndsNotItsProportions() throws IOException {
    var wide = plain(Color.RED, 300, 100);
    var pen = wide.createGraphics();
    pen.setColor(Color.BLUE);
    pen.fillRect(0, 0, 90, 100);
    pen.fillRect(210, 0, 90, 100);
    pen.dispose();
    var embedder = ImageEmbedders.onnx(means("pixel_values"));
    float[] cut = embedder.embed(List.of(wide))[0];
    float[] red = embedder.embed(List.of(plain(Color.RED, 100, 100)))[0];
    for (int c = 0; c < 3; c++) assertThat(cut[c]).isCloseTo(red[c], within(0.02f));
  }

  @Test
  void anotherModelIsRefusedWithWhatItWants() throws IOException {
    var texts = means("input_ids");
    assertThatThrownBy(() -> ImageEmbedders.onnx(texts))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "means.onnx: expected a CLIP image tower in ONNX format, found inputs [input_ids]."
                + " Export the image tower alone.");
    assertThatThrownBy(() -> ImageEmbedders.onnx(folder.resolve("none.onnx")))
        .hasMessageContaining("found no such file. Check the path.");
  }
}
