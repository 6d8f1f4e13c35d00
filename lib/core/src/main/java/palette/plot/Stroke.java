package palette.plot;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/** One stroke of a sketch; those of one name share a colour and one entry in the legend. */
record Stroke(Kind kind, String name, double[] x, double[] y) {

  enum Kind {
    BAND,
    LINE,
    DOTS,
    STRIP,
    ARROW,
    STAR,
    WORD,
    LEVEL,
    DIAGONAL
  }

  boolean is(Kind other) {
    return kind == other;
  }

  /** Whether it has a style, and a name in the legend for it. */
  boolean styles() {
    return data() && kind != Kind.STAR;
  }

  /** Whether it has a place in the data. */
  boolean data() {
    return kind != Kind.LEVEL && kind != Kind.DIAGONAL && kind != Kind.WORD;
  }

  /** Draws what all else lies upon. */
  void ground(XYChart chart, Style style, double[] box) {
    if (kind == Kind.BAND) once(Ink.area(chart, fresh(chart), x, y, style.colour()));
    if (kind != Kind.DIAGONAL) return;
    double[] ends = {Math.max(box[0], box[2]), Math.min(box[1], box[3])};
    once(Ink.line(chart, fresh(chart), ends, ends, Ink.GREY, Ink.dashed(1.3f)));
  }

  // A few points were measured each; many are a curve.
  XYSeries line(XYChart chart, Style style) {
    var ink = style.colour();
    var series = once(Ink.line(chart, fresh(chart), x, y, ink, Ink.solid(2)));
    if (x.length > 2 && x.length <= 12) series.setMarker(style.mark(7)).setMarkerColor(ink);
    return series;
  }

  /** Draws what lies upon areas and lines. */
  void mark(XYChart chart, Style style, double[] box) {
    switch (kind) {
      case DOTS -> dots(chart, style);
      case STRIP -> dots(chart, style).setShowInLegend(false);
      case ARROW -> once(Ink.arrow(chart, fresh(chart), x, y, style.colour()));
      case STAR -> Ink.star(chart, name, new double[] {x[0], y[0]});
      case WORD ->
          chart.addAnnotation(new Label(name, x[0], y[0], Label.Side.ABOVE_RIGHT, Ink.DARK));
      case LEVEL -> Axes.level(chart, name, box, y[0], Label.Side.ABOVE_LEFT);
      default -> {}
    }
  }

  // Few points are what the figure is about; many are a cloud.
  private XYSeries dots(XYChart chart, Style style) {
    int size = x.length <= 12 ? 11 : x.length <= 200 ? 6 : 3;
    var mark = size == 11 ? style.mark(size).rimmed(Ink.DARK) : style.mark(size);
    var ink = Ink.faded(style.colour(), size == 11 ? 255 : 150);
    return once(Ink.dots(chart, fresh(chart), x, y, ink, mark));
  }

  /** A name that no series has yet. */
  private String fresh(XYChart chart) {
    int n = 1;
    while (chart.getSeriesMap().containsKey(n == 1 ? name : name + " " + n)) n++;
    return n == 1 ? name : name + " " + n;
  }

  private XYSeries once(XYSeries series) {
    series.setLabel(name).setShowInLegend(series.getName().equals(name));
    return series;
  }
}
