package palette.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import org.knowm.xchart.style.markers.Marker;

/** A marker of its own size, with a rim if wanted; shapes differ, for who sees no colours. */
final class Mark extends Marker {
  private static final int SHAPES = 6;

  private final int shape;
  private final double size;
  private final Color rim;

  private Mark(int shape, double size, Color rim) {
    this.shape = shape;
    this.size = size;
    this.rim = rim;
  }

  static Mark of(int i, double size) {
    return new Mark(i % SHAPES, size, null);
  }

  static Mark circle(double size) {
    return new Mark(0, size, null);
  }

  static Mark square(double size) {
    return new Mark(1, size, null);
  }

  /** A star of five points: somebody of one's own. */
  static Mark star(double size) {
    return new Mark(SHAPES, size, null);
  }

  /** How far the middle of the shape's body lies below its centre. */
  int sag() {
    return shape == 2 ? 2 : shape == 4 ? -1 : 0;
  }

  Mark rimmed(Color colour) {
    return new Mark(shape, size, colour);
  }

  @Override
  public void paint(Graphics2D graphics, double x, double y, int ignored) {
    var outline = outline(x, y);
    graphics.fill(outline);
    if (rim == null) return;
    var before = graphics.getStroke();
    graphics.setColor(rim);
    graphics.setStroke(new BasicStroke(1.4f));
    graphics.draw(outline);
    graphics.setStroke(before);
  }

  private Shape outline(double x, double y) {
    double r = size / 2;
    return switch (shape) {
      case 0 -> new Ellipse2D.Double(x - r, y - r, size, size);
      case 1 -> polygon(x, y, r * 1.13, 4, Math.PI / 4);
      case 2 -> polygon(x, y + r * 0.15, r * 1.4, 3, -Math.PI / 2);
      case 3 -> polygon(x, y, r * 1.25, 4, 0);
      case 4 -> polygon(x, y - r * 0.15, r * 1.4, 3, Math.PI / 2);
      case 5 -> polygon(x, y, r * 1.1, 6, 0);
      default -> star(x, y, r * 1.2, r * 0.54, 10, -Math.PI / 2);
    };
  }

  private static Shape polygon(double x, double y, double r, int n, double turn) {
    return star(x, y, r, r, n, turn);
  }

  /** Corners at two distances in turn. */
  private static Shape star(double x, double y, double far, double near, int n, double turn) {
    var path = new Path2D.Double();
    for (int i = 0; i < n; i++) {
      double angle = turn + 2 * Math.PI * i / n;
      double px = x + (i % 2 == 0 ? far : near) * Math.cos(angle);
      double py = y + (i % 2 == 0 ? far : near) * Math.sin(angle);
      if (i == 0) path.moveTo(px, py);
      else path.lineTo(px, py);
    }
    path.closePath();
    return path;
  }
}
