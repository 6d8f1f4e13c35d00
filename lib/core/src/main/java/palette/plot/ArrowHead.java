package palette.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import org.knowm.xchart.internal.chartpart.Annotation;

/** The head of an arrow along two points of the data. */
final class ArrowHead extends Annotation {
  private static final double LENGTH = 11;

  private final double[] x;
  private final double[] y;
  private final Color colour;

  ArrowHead(double[] x, double[] y, Color colour) {
    super(false);
    this.x = x;
    this.y = y;
    this.colour = colour;
  }

  @Override
  public void paint(Graphics2D graphics) {
    double tipX = getXAxisScreenValue(x[1]);
    double tipY = getYAxisScreenValue(y[1]);
    double turn = Math.atan2(tipY - getYAxisScreenValue(y[0]), tipX - getXAxisScreenValue(x[0]));
    var head = new Path2D.Double();
    head.moveTo(tipX, tipY);
    for (double side : new double[] {-0.42, 0.42}) {
      head.lineTo(tipX - LENGTH * Math.cos(turn + side), tipY - LENGTH * Math.sin(turn + side));
    }
    head.closePath();
    graphics.setColor(colour);
    graphics.fill(head);
  }
}
