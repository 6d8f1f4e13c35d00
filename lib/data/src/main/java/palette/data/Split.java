package palette.data;

import palette.support.Rendered;

/**
 * Two parts of one whole and the rule that parted them. The parts share catalogs with the whole.
 */
public record Split<T extends Rendered>(T train, T test, String rule, long seed)
    implements Rendered {

  @Override
  public String text() {
    return "Split "
        + rule
        + ", seed "
        + seed
        + "\ntrain: "
        + train.text()
        + "\ntest: "
        + test.text();
  }

  @Override
  public String html() {
    return "<p>Split "
        + palette.support.Html.escape(rule)
        + ", seed "
        + seed
        + "</p><h4>train</h4>"
        + train.html()
        + "<h4>test</h4>"
        + test.html();
  }

  @Override
  public String toString() {
    return text();
  }
}
