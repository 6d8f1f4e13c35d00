package palette.plot;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/** One stroke of a sketch; those of one name share a colour and one entry in the legend. */
record Stroke(Kind kind, String name, double[] x, double[] y) {

  /** What it is drawn as. */
  enum Kind {
    BAND,
    LINE,
    DOTS,
    ARROW,
    WORD,
    LEVEL
  }

  boolean is(Kind other) {
    return kind == other;
  }

  void area(XYChart chart, int colour) {
    once(Ink.area(chart, fresh(chart), x, y, colour));
  }

  // A few points were measured each; many are a curve.
  XYSeries line(XYChart chart, int colour) {
    var ink = Ink.colour(colour);
    var series = once(Ink.line(chart, fresh(chart), x, y, ink, Ink.solid(2)));
    if (x.length > 2 && x.length <= 12) series.setMarker(Mark.of(colour, 7)).setMarkerColor(ink);
    return series;
  }

  /** Draws what is neither an area nor a line. */
  void mark(XYChart chart, int colour, double[] box) {
    switch (kind) {
      case DOTS -> dots(chart, colour);
      case ARROW -> once(Ink.arrow(chart, fresh(chart), x, y, Ink.colour(colour)));
      case WORD ->
          chart.addAnnotation(new Label(name, x[0], y[0], Label.Side.ABOVE_RIGHT, Ink.DARK));
      case LEVEL -> Axes.level(chart, name, box, y[0], Label.Side.ABOVE_LEFT);
      default -> {} // areas and lines lie below
    }
  }

  // Few points are what the figure is about; many are a cloud.
  private void dots(XYChart chart, int colour) {
    int size = x.length <= 12 ? 11 : x.length <= 200 ? 6 : 3;
    var mark = size == 11 ? Mark.of(colour, size).rimmed(Ink.DARK) : Mark.of(colour, size);
    var ink = Ink.faded(Ink.colour(colour), size == 11 ? 255 : 150);
    once(Ink.dots(chart, fresh(chart), x, y, ink, mark));
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
