package palette.notebook.cells;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import palette.plot.Figure;
import palette.support.Html;
import palette.support.Pictured;
import palette.support.Rendered;
import palette.support.Texts;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** How a value that a cell ends with is shown. */
public final class Rich {
  private static final int ROWS = 20;
  private static final int WIDTH = 48;
  private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  private Rich() {}

  public static Bundle of(Object value) {
    if (value instanceof Bundle bundle) return bundle;
    var figure = Figure.ofChart(value);
    if (figure != null) return of(figure);
    if (value instanceof Pictured picture)
      return Bundle.png(picture.text(), base64(picture.png()), picture.width());
    if (value instanceof Rendered rendered) return Bundle.html(rendered.text(), rendered.html());
    if (value instanceof BufferedImage image) return image(image);
    if (value instanceof byte[] bytes && isPng(bytes))
      return Bundle.png("PNG, " + Texts.count(bytes.length, "byte"), base64(bytes), 0);
    if (value instanceof Table table) return table(table);
    return Bundle.text(plain(value));
  }

  private static Bundle image(BufferedImage image) {
    var text = Texts.format("Image, %d x %d pixels", image.getWidth(), image.getHeight());
    return Bundle.png(text, base64(Pictured.png(image)), 0);
  }

  private static boolean isPng(byte[] bytes) {
    int n = PNG_SIGNATURE.length;
    return bytes.length > n && Arrays.equals(bytes, 0, n, PNG_SIGNATURE, 0, n);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Bundle table(Table table) {
    int shown = Math.min(ROWS, table.rowCount());
    var count = Texts.count(table.rowCount(), "row");
    var name = table.name() == null ? "table" : table.name();
    var caption = name + ": " + (shown < table.rowCount() ? shown + " of " + count : count);
    var rows =
        IntStream.range(0, shown)
            .mapToObj(r -> table.columns().stream().map(column -> text(column, r)).toList())
            .toList();
    return Bundle.html(
        Texts.table(caption, table.columnNames(), rows.stream().map(Rich::brief).toList()),
        Html.table(caption, table.columnNames(), rows));
  }

  // On a terminal, a long text would push all other columns out of sight.
  private static List<String> brief(List<String> row) {
    return row.stream().map(cell -> Texts.shortened(cell.replaceAll("\\R", " "), WIDTH)).toList();
  }

  // Four decimals are enough to read; a number too small for them keeps its digits.
  private static String text(Column<?> column, int r) {
    if (!(column instanceof DoubleColumn doubles) || doubles.isMissing(r))
      return column.getString(r);
    double value = doubles.getDouble(r);
    if (value != 0 && Math.abs(value) < .001) return Texts.format("%.3g", value);
    return Texts.format("%.4f", value).replaceFirst("\\.?0+$", "");
  }

  private static String plain(Object value) {
    if (value == null || !value.getClass().isArray()) return String.valueOf(value);
    var text = Arrays.deepToString(new Object[] {value});
    return text.substring(1, text.length() - 1);
  }
}
