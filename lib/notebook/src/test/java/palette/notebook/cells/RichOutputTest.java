package palette.notebook.cells;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.notebook.Scratch;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class RichOutputTest {
  @TempDir Path folder;

  private JsonNode shown(String cell) {
    return Scratch.of(folder, cell).outputs(0).path(0);
  }

  private static String plain(JsonNode output) {
    return Scratch.text(output.path("data").path("text/plain"));
  }

  private static String html(JsonNode output) {
    return Scratch.text(output.path("data").path("text/html"));
  }

  @Test
  void renderedValuesHaveTextAndHtml() {
    var output =
        shown(
            """
            record Greeting(String name) implements palette.support.Rendered {
              public String text() { return "Hello " + name; }
              public String html() { return "<b>Hello</b> " + palette.support.Html.escape(name); }
            }
            new Greeting("<i>")\
            """);

    assertThat(plain(output)).isEqualTo("Hello <i>");
    assertThat(html(output)).isEqualTo("<b>Hello</b> &lt;i&gt;");
  }

  @Test
  void imagesAreWholePngFiles() throws Exception {
    var output =
        shown("import java.awt.image.*;\nnew BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB)");

    var png = Base64.getDecoder().decode(output.path("data").path("image/png").asText());
    assertThat(new String(png, png.length - 8, 4, "US-ASCII")).isEqualTo("IEND");
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(30);
    assertThat(plain(output)).isEqualTo("Image, 30 x 20 pixels");
  }

  @Test
  void bytesOfAPngAreAPictureAndOtherBytesAreNumbers() {
    var picture = shown("new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0}");
    assertThat(picture.path("data").has("image/png")).isTrue();
    assertThat(plain(shown("new byte[] {1, 2}"))).isEqualTo("[1, 2]");
  }

  @Test
  void aChartOfXChartIsAPictureToo() throws Exception {
    var output =
        shown(
            """
            var pie = new org.knowm.xchart.PieChart(300, 200);
            pie.setTitle("Votes");
            pie.addSeries("yes", 3);
            pie\
            """);

    var png = Base64.getDecoder().decode(output.path("data").path("image/png").asText());
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(600);
    assertThat(output.path("metadata").path("image/png").path("width").asInt()).isEqualTo(300);
    assertThat(plain(output)).isEqualTo("Votes");
    assertThat(plain(shown("new org.knowm.xchart.PieChart(300, 200)"))).isEqualTo("PieChart");
  }

  @Test
  void aPicturedValueKeepsItsWordsAndItsWidth() {
    var output =
        shown(
            """
            new palette.support.Pictured() {
              public byte[] png() { return new byte[] {1, 2, 3}; }
              public String alt() { return "A map of three users"; }
              public int width() { return 640; }
            }\
            """);

    assertThat(output.path("data").path("image/png").asText()).isEqualTo("AQID");
    assertThat(plain(output)).isEqualTo("A map of three users");
    assertThat(output.path("metadata").path("image/png").path("width").asInt()).isEqualTo(640);
    assertThat(output.path("metadata").path("image/png").path("alt").asText())
        .isEqualTo("A map of three users");
  }

  @Test
  void aTableShowsItsFirstRowsAndSaysHowManyThereAre() {
    var output =
        shown(
            """
            import tech.tablesaw.api.*;
            var users = StringColumn.create("user");
            var scores = DoubleColumn.create("score");
            for (int i = 0; i < 1200; i++) { users.append("<u" + i + ">"); scores.append(i / 3.0); }
            scores.setMissing(1);
            Table.create("people", users, scores)\
            """);

    assertThat(plain(output))
        .startsWith("people: 20 of 1,200 rows\nuser   score\n<u0>   0\n<u1>\n");
    assertThat(html(output))
        .contains("<caption>people: 20 of 1,200 rows</caption>")
        .contains("<td>&lt;u2&gt;</td><td>0.6667</td>")
        .contains("&lt;u19&gt;")
        .doesNotContain("&lt;u20&gt;", "<u");
  }

  @Test
  void textNumbersCollectionsAndArraysAreText() {
    assertThat(plain(shown("\"two\\nlines\""))).isEqualTo("two\nlines");
    assertThat(plain(shown("1.5"))).isEqualTo("1.5");
    assertThat(plain(shown("Map.of(1, List.of(2))"))).isEqualTo("{1=[2]}");
    assertThat(plain(shown("new int[][] {{1}, {2, 3}}"))).isEqualTo("[[1], [2, 3]]");
  }

  @Test
  void nothingIsShownForNullForAnAssignmentAndForADeclaration() {
    var scratch = Scratch.of(folder, "String s = null;\ns", "s = \"x\"", "int x = 3;");
    for (var cell : scratch.executed().path("cells")) assertThat(cell.path("outputs")).isEmpty();
  }

  @Test
  void displayShowsBeforeTheEndAndUpdateReplaces() {
    var scratch =
        Scratch.of(
            folder, "var id = display(\"one\");\nshow(2);\n3", "updateDisplay(id, \"four\");");
    var first = scratch.outputs(0);

    assertThat(first).hasSize(3);
    assertThat(plain(first.path(0))).isEqualTo("four");
    assertThat(plain(first.path(1))).isEqualTo("2");
    assertThat(first.path(2).path("output_type").asText()).isEqualTo("execute_result");
  }

  @Test
  void displayAsALastLineDoesNotEchoItsId() {
    assertThat(Scratch.of(folder, "display(1);").outputs(0)).hasSize(1);
  }

  @Test
  void onATerminalALongTextOfATableIsCutAndOnAPageItIsWhole() {
    var text = "long ".repeat(100) + "end";
    var table = Table.create(StringColumn.create("text", text, "two\nlines"));

    var bundle = Rich.of(table);

    assertThat(bundle.plain().lines()).allMatch(line -> line.length() < 60);
    assertThat(bundle.plain()).contains("long long ...", "two lines").startsWith("table: 2 rows");
    assertThat(bundle.data().get(Bundle.HTML)).contains(text);
  }
}
