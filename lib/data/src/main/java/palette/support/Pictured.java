package palette.support;

import java.util.Base64;

/** A value that shows itself as a picture, such as a figure. */
public interface Pictured extends Rendered {

  /** The picture as a whole PNG file. */
  byte[] png();

  /** What the picture shows, in words, for those who do not see it. */
  String alt();

  /** The width it is shown at, in CSS pixels; the PNG may have more (sharp on dense screens). */
  int width();

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
