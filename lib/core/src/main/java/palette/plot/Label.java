package palette.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import org.knowm.xchart.internal.chartpart.Annotation;

/** A word beside a point of the data. */
final class Label extends Annotation {

  /** Where the word stands as seen from the point; a gap moves a centred word down. */
  enum Side {
    CENTRE,
    ABOVE,
    BELOW,
    LEFT,
    RIGHT,
    ABOVE_LEFT,
    ABOVE_RIGHT
  }

  private static final int GAP = 4;

  private final String word;
  private final double x;
  private final double y;
  private final Side side;
  private final Color colour;
  private final int gap;
  private final Font font;

  Label(String word, double x, double y, Side side, Color colour) {
    this(word, x, y, side, colour, GAP, Ink.font(Font.PLAIN, 11));
  }

  Label(String word, double x, double y, Side side, Color colour, int gap, Font font) {
    super(false);
    this.word = word;
    this.x = x;
    this.y = y;
    this.side = side;
    this.colour = colour;
    this.gap = gap;
    this.font = font;
  }

  @Override
  public void paint(Graphics2D graphics) {
    if (word.isEmpty()) return;
    graphics.setColor(colour);
    var letters = new TextLayout(word, font, graphics.getFontRenderContext());
    double wide = letters.getAdvance();
    double rise = letters.getBounds().getHeight();
    double left = getXAxisScreenValue(x);
    double base = getYAxisScreenValue(y);
    // As outlines, as XChart does: an SVG then looks alike wherever it is opened.
    switch (side) {
      case CENTRE -> draw(graphics, letters, left - wide / 2, base + rise / 2 + gap);
      case ABOVE -> draw(graphics, letters, left - wide / 2, base - gap);
      case BELOW -> draw(graphics, letters, left - wide / 2, base + rise + gap);
      case LEFT -> draw(graphics, letters, left - wide - gap, base + rise / 2);
      case RIGHT -> draw(graphics, letters, left + gap, base + rise / 2);
      case ABOVE_LEFT -> draw(graphics, letters, left - wide - 2, base - gap);
      default -> draw(graphics, letters, left + 3, base - gap);
    }
  }

  private static void draw(Graphics2D graphics, TextLayout letters, double x, double y) {
    graphics.fill(letters.getOutline(AffineTransform.getTranslateInstance(x, y)));
  }
}
