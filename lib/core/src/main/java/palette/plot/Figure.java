package palette.plot;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import palette.support.AtomicFile;
import palette.support.Checks;
import palette.support.Pictured;

/**
 * One figure: a chart, or several side by side or one below the other. Drawn with two pixels for
 * each CSS pixel, so that it is sharp on dense screens. Changes made to {@link #chart} show in
 * whatever is drawn next.
 *
 * @param charts in reading order
 * @param stacked whether they stand one below the other
 * @param alt what is shown, in words
 */
public record Figure(List<Chart<?, ?>> charts, boolean stacked, String alt) implements Pictured {
  private static final int DENSITY = 2;

  public Figure {
    charts = List.copyOf(Checks.notEmpty("panels", charts));
    Checks.present("alt", alt);
  }

  /** A figure of one chart; {@code alt} says in words what it shows. */
  public static Figure of(Chart<?, ?> chart, String alt) {
    return new Figure(List.of(chart), false, alt);
  }

  /** A bare chart of XChart, its title for words; null for anything else. */
  public static Figure ofChart(Object value) {
    if (!(value instanceof Chart<?, ?> chart)) return null;
    String title = chart.getTitle();
    return of(chart, title == null || title.isBlank() ? chart.getClass().getSimpleName() : title);
  }

  /** Charts of one height, from left to right. */
  public static Figure beside(List<? extends Chart<?, ?>> panels, String alt) {
    return new Figure(List.copyOf(panels), false, alt);
  }

  /** Charts of one width, from top to bottom. */
  public static Figure stacked(List<? extends Chart<?, ?>> panels, String alt) {
    return new Figure(List.copyOf(panels), true, alt);
  }

  /** The chart as XChart knows it, to be styled further; the first of several. */
  public Chart<?, ?> chart() {
    return charts.get(0);
  }

  /** The title of the chart, or of the first of several. */
  public Figure title(String title) {
    chart().setTitle(Checks.present("title", title));
    return this;
  }

  /**
   * Another size in CSS pixels, shared by several charts as they share this one. What is as long up
   * as across, as in a map, stays so.
   */
  public Figure size(int width, int height) {
    Checks.atLeast(1, "width", width);
    Checks.atLeast(1, "height", height);
    double wide = (double) width / width();
    double high = (double) height / height();
    for (var panel : charts) Axes.resize(panel, wide, high);
    return this;
  }

  @Override
  public int width() {
    if (stacked) return charts.get(0).getWidth();
    return charts.stream().mapToInt(Chart::getWidth).sum();
  }

  /** The height it is shown at, in CSS pixels. */
  public int height() {
    if (!stacked) return charts.get(0).getHeight();
    return charts.stream().mapToInt(Chart::getHeight).sum();
  }

  /** The figure as pixels, two for each CSS pixel. */
  public BufferedImage image() {
    int wide = DENSITY * width();
    int high = DENSITY * height();
    var image = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, wide, high);
      graphics.scale(DENSITY, DENSITY);
      paint(graphics);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  // A chart lays itself out with measures of its last painting: so two paintings must not overlap,
  // and only from the second on is one like the other.
  private synchronized void paint(Graphics2D graphics) {
    int before = 0;
    for (var panel : charts) {
      Axes.rehearse(panel);
      var own = (Graphics2D) graphics.create();
      own.translate(stacked ? 0 : before, stacked ? before : 0);
      panel.paint(own, panel.getWidth(), panel.getHeight());
      own.dispose();
      before += stacked ? panel.getHeight() : panel.getWidth();
    }
  }

  @Override
  public byte[] png() {
    return Pictured.png(image());
  }

  /** Writes a PNG file, whole or not at all. */
  public Figure png(Path file) {
    byte[] bytes = png();
    AtomicFile.write(file, out -> out.write(bytes));
    return this;
  }

  /** Writes an SVG file, whole or not at all: outlines, letters too, sharp at any size. */
  public Figure svg(Path file) {
    var vector = new VectorGraphics2D();
    paint(vector);
    var page = new PageSize(0, 0, width(), height());
    var document = new SVGProcessor().getDocument(vector.getCommands(), page);
    AtomicFile.write(file, document::writeTo);
    return this;
  }

  @Override
  public String toString() {
    return "Figure[" + alt + "]";
  }
}
