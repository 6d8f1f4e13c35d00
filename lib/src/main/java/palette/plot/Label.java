package palette.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
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
    ABOVE_LEFT
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
    graphics.setFont(font);
    graphics.setColor(colour);
    var metrics = graphics.getFontMetrics(font);
    float wide = metrics.stringWidth(word);
    float rise = metrics.getAscent() * 0.72f; // height of a digit
    float left = getXAxisScreenValue(x);
    float base = getYAxisScreenValue(y);
    switch (side) {
      case CENTRE -> graphics.drawString(word, left - wide / 2, base + rise / 2 + gap);
      case ABOVE -> graphics.drawString(word, left - wide / 2, base - gap);
      case BELOW -> graphics.drawString(word, left - wide / 2, base + rise + gap);
      case LEFT -> graphics.drawString(word, left - wide - gap, base + rise / 2);
      case RIGHT -> graphics.drawString(word, left + gap, base + rise / 2);
      default -> graphics.drawString(word, left - wide - 2, base - gap);
    }
  }
}
