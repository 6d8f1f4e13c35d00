package palette.support;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A value that shows itself as a picture, such as a figure. */
public interface Pictured extends Rendered {

  /** The picture as a whole PNG file. */
  byte[] png();

  /** What the picture shows, in words, for those who do not see it. */
  String alt();

  /** The width it is shown at, in CSS pixels; the PNG may have more (sharp on dense screens). */
  int width();

  /** An image as a whole PNG file, in memory: the folder for temporary files may be missing. */
  static byte[] png(BufferedImage image) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      Checks.require(ImageIO.write(image, "png", out), "png", "an encoder", "none");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  default String text() {
    return alt();
  }

  @Override
  default String html() {
    return "<img width=\""
        + width()
        + "\" alt=\""
        + Html.escape(alt())
        + "\" src=\"data:image/png;base64,"
        + Base64.getEncoder().encodeToString(png())
        + "\">";
  }
}
