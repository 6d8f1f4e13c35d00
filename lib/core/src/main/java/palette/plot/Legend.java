package palette.plot;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Legend_Marker;
import org.knowm.xchart.style.XYStyler;

/**
 * What signs stand for, in as many lines as they need: XChart's own cuts off a line that is too
 * long and centres each word by its letters, so that "bounded" stands higher than "logistic".
 */
final class Legend extends Legend_Marker<XYStyler, XYSeries> {
  private static final int ROW = 19;
  private static final int AROUND = 8;
  private static final int BETWEEN = 16;
  private static final Font FONT = Ink.font(Font.PLAIN, 12);
  private static final FontRenderContext SHARP = new FontRenderContext(null, true, true);

  private final XYChart chart;

  private Legend(XYChart chart) {
    super(chart);
    this.chart = chart;
  }

  static XYChart chart(int width, int height) {
    return new Below(width, height);
  }

  private static final class Below extends XYChart {
    Below(int width, int height) {
      super(width, height);
      legend = new Legend(this);
    }
  }

  private record Entry(XYSeries series, TextLayout word, double sign) {
    static Entry of(XYSeries series) {
      boolean line = series.getXYSeriesRenderStyle() != XYSeries.XYSeriesRenderStyle.Scatter;
      return new Entry(series, new TextLayout(series.getLabel(), FONT, SHARP), line ? 22 : 12);
    }

    double width() {
      return sign + 5 + word.getAdvance() + BETWEEN;
    }
  }

  private List<List<Entry>> rows() {
    var rows = new ArrayList<List<Entry>>();
    double left = 0;
    for (var series : chart.getSeriesMap().values()) {
      if (!series.isShowInLegend() || !chart.getStyler().isLegendVisible()) continue;
      var entry = Entry.of(series);
      left -= entry.width();
      if (left < 0) {
        rows.add(new ArrayList<>());
        left = chart.getWidth() - BETWEEN - entry.width();
      }
      rows.get(rows.size() - 1).add(entry);
    }
    return rows;
  }

  @Override
  public Rectangle2D getBounds() {
    int rows = rows().size();
    double height = rows == 0 ? 0 : ROW * rows + AROUND;
    double top = chart.getHeight() - chart.getStyler().getChartPadding() - height;
    return new Rectangle2D.Double(0, top, chart.getWidth(), height);
  }

  @Override
  public void paint(Graphics2D graphics) {
    double middle = getBounds().getY() + AROUND + ROW / 2.0;
    for (var row : rows()) {
      double wide = row.stream().mapToDouble(Entry::width).sum() - BETWEEN;
      double x = (chart.getWidth() - wide) / 2;
      for (var entry : row) {
        sign(graphics, entry, x, middle);
        graphics.setColor(Ink.DARK);
        var place = AffineTransform.getTranslateInstance(x + entry.sign + 5, middle + 4.5);
        graphics.fill(entry.word.getOutline(place));
        x += entry.width();
      }
      middle += ROW;
    }
  }

  private static void sign(Graphics2D graphics, Entry entry, double x, double middle) {
    var series = entry.series;
    switch (series.getXYSeriesRenderStyle()) {
      case PolygonArea -> {
        graphics.setColor(series.getFillColor());
        graphics.fill(new Rectangle2D.Double(x, middle - 6, entry.sign, 12));
        return;
      }
      case Scatter -> {}
      default -> {
        var before = graphics.getStroke();
        graphics.setColor(series.getLineColor());
        graphics.setStroke(series.getLineStyle());
        graphics.draw(new Line2D.Double(x, middle, x + entry.sign, middle));
        graphics.setStroke(before);
      }
    }
    graphics.setStroke(new BasicStroke(1));
    graphics.setColor(series.getMarkerColor());
    series.getMarker().paint(graphics, x + entry.sign / 2, middle, 0);
  }
}
