package palette.support;

import java.util.List;

/**
 * A small table of texts, as a cell shows it.
 *
 * @param caption what stands above it; empty for nothing
 * @param header a name for each column
 * @param rows as many texts each as the header has
 */
public record Sheet(String caption, List<String> header, List<List<String>> rows)
    implements Rendered {

  /** Without a caption. */
  public Sheet(List<String> header, List<List<String>> rows) {
    this("", header, rows);
  }

  @Override
  public String toString() {
    return Texts.table(caption, header, rows);
  }

  @Override
  public String html() {
    return Html.table(caption, header, rows);
  }
}
