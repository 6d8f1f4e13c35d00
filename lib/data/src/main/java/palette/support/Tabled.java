package palette.support;

import java.util.ArrayList;
import java.util.List;

/** A value that shows itself as one table, with sentences below it if it has any. */
public interface Tabled extends Rendered {

  /** The table that a cell shows. */
  Sheet sheet();

  /** What is said below the table. */
  default List<String> sentences() {
    return List.of();
  }

  @Override
  default String text() {
    var lines = new ArrayList<>(sentences());
    lines.add(0, sheet().text());
    return String.join("\n", lines);
  }

  @Override
  default String html() {
    var html = new StringBuilder(sheet().html());
    for (var line : sentences()) html.append("<p>").append(Html.escape(line)).append("</p>");
    return html.toString();
  }
}
