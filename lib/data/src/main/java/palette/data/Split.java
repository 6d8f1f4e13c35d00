package palette.data;

import palette.support.Html;
import palette.support.Rendered;

/**
 * Two parts of one whole and the rule that parted them. The parts share catalogs with the whole.
 */
public record Split<T extends Rendered>(T train, T test, String rule, long seed)
    implements Rendered {

  private String title() {
    return "Split " + rule + ", seed " + seed;
  }

  @Override
  public String text() {
    return title() + "\ntrain: " + train.text() + "\ntest: " + test.text();
  }

  @Override
  public String html() {
    String title = "<p>" + Html.escape(title()) + "</p>";
    return title + "<h4>train</h4>" + train.html() + "<h4>test</h4>" + test.html();
  }

  @Override
  public String toString() {
    return text();
  }
}
