package palette.support;

import java.util.List;

/** The few pieces of HTML that renderings are made of. */
public final class Html {
  private Html() {}

  /** The text with {@code & < > " '} replaced, so that it is shown and never run. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Plain text kept in its lines and columns. */
  public static String pre(String text) {
    return "<pre>" + escape(text) + "</pre>";
  }

  /** A table of escaped cells under a caption; a null or empty caption is left out. */
  public static String table(String caption, List<String> header, List<List<String>> rows) {
    var html = new StringBuilder("<table>");
    if (caption != null && !caption.isEmpty()) {
      html.append("<caption>").append(escape(caption)).append("</caption>");
    }
    html.append("<thead>").append(row("th", header)).append("</thead><tbody>");
    rows.forEach(row -> html.append(row("td", row)));
    return html.append("</tbody></table>").toString();
  }

  private static String row(String tag, List<String> cells) {
    var html = new StringBuilder("<tr>");
    for (var cell : cells) {
      html.append('<').append(tag).append('>').append(escape(cell));
      html.append("</").append(tag).append('>');
    }
    return html.append("</tr>").toString();
  }
}
