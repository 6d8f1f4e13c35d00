package palette.support;

/** A value that shows itself as the last expression of a cell, once as text and once as HTML. */
public interface Rendered {

  /**
   * What a terminal shows, {@code toString} unless it is said here: plain text, lines separated by
   * {@code \n}, no trailing newline.
   */
  default String text() {
    return toString();
  }

  /**
   * What a notebook shows: a self-contained HTML fragment, the text's lines where there is nothing
   * better. Everything that came from data is escaped ({@link Html#escape}).
   */
  default String html() {
    return "<p>" + Html.escape(text()).replace("\n", "<br>") + "</p>";
  }
}
