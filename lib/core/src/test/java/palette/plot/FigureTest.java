package palette.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureTest {
  private final Figure figure = Plots.calibration(Scenes.evaluation(2, 1, 1));

  @Test
  void thePngIsWholeAndTwiceAsDense() throws IOException {
    byte[] png = figure.png();
    assertThat(tail(png)).isEqualTo("IEND");
    var image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(2 * figure.width());
    assertThat(image.getHeight()).isEqualTo(2 * figure.height());
  }

  private static String tail(byte[] png) {
    byte[] type = Arrays.copyOfRange(png, png.length - 8, png.length - 4);
    return new String(type, StandardCharsets.US_ASCII);
  }

  @Test
  void theSameFigureGivesTheSameBytes() {
    assertThat(Arrays.equals(figure.png(), figure.png())).isTrue();
  }

  @Test
  void somethingIsDrawnAndNothingTouchesTheEdge() {
    var image = figure.image();
    int inked = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        boolean edge = x < 4 || y < 4 || x >= image.getWidth() - 4 || y >= image.getHeight() - 4;
        boolean white = (image.getRGB(x, y) & 0xFFFFFF) == 0xFFFFFF;
        if (edge) assertThat(white).isTrue();
        if (!white) inked++;
      }
    }
    assertThat(inked).isGreaterThan(5000);
  }

  @Test
  void longNamesDoNotRunOverTheEdge() {
    var curve = Scenes.curve("newcomer-99 (PAL-A, K=3, residual map, 20 answers)", 0.7, 0.2);
    var image = Plots.localization(curve, curve).image();
    for (int y = 0; y < image.getHeight(); y++) {
      assertThat(image.getRGB(2, y) & 0xFFFFFF).isEqualTo(0xFFFFFF);
      assertThat(image.getRGB(image.getWidth() - 3, y) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    }
  }

  @Test
  void filesAreWritten(@TempDir Path folder) throws Exception {
    figure.png(folder.resolve("new/figure.png")).svg(folder.resolve("figure.svg"));
    assertThat(Files.readAllBytes(folder.resolve("new/figure.png"))).isEqualTo(figure.png());
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    var svg = factory.newDocumentBuilder().parse(folder.resolve("figure.svg").toFile());
    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg.getDocumentElement().getAttribute("width")).isEqualTo("480px");
    assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(20);
  }

  @Test
  void showsItselfWithItsWidthAndItsWords() {
    assertThat(figure.html())
        .startsWith("<img width=\"480\" alt=\"Calibration of PAL-A, K=3: share right")
        .contains("src=\"data:image/png;base64,iVBOR");
    assertThat(figure.text()).isEqualTo(figure.alt());
  }

  @Test
  void theRawChartCanBeStyledFurther() {
    figure.chart().setTitle("Mine");
    byte[] mine = figure.png();
    figure.chart().setTitle("Yours");
    assertThat(figure.png()).isNotEqualTo(mine);
  }

  @Test
  void panelsAddUpBesideOrBelow() {
    var chart = figure.chart();
    assertThat(Figure.beside(java.util.List.of(chart, chart), "two").width()).isEqualTo(960);
    assertThat(Figure.stacked(java.util.List.of(chart, chart), "two").height()).isEqualTo(880);
  }

  @Test
  void aFigureTakesATitleAndAnotherSize() {
    var own =
        Plots.calibration(Scenes.evaluation(2, 1, 1)).title("As good as it says").size(500, 900);
    assertThat(own.chart().getTitle()).isEqualTo("As good as it says");
    assertThat(own.width()).isEqualTo(500);
    assertThat(own.image().getHeight()).isEqualTo(2 * 900);
    var two = Figure.beside(List.of(own.chart(), figure.chart()), "two").size(600, 300);
    assertThat(two.width()).isEqualTo(600);
    assertThat(two.height()).isEqualTo(300);
  }

  @Test
  void whatIsAsLongUpAsAcrossStaysSoAtAnotherSize() {
    var map = Sketch.of("map", "x", "y").dots("a", new double[] {0, 0}, new double[] {1, 2});
    double before = slant(map.even().figure().size(640, 360));
    assertThat(before).isCloseTo(1, within(0.01));
    assertThat(slant(map.even().figure().size(300, 700))).isCloseTo(1, within(0.01));
    assertThat(slant(map.figure().size(900, 300))).isLessThan(0.8);
  }

  /** How long a unit is up, for one across. */
  private static double slant(Figure map) {
    map.image();
    var chart = map.chart();
    double across = chart.getScreenXFromChart(1) - chart.getScreenXFromChart(0);
    return (chart.getScreenYFromChart(0) - chart.getScreenYFromChart(1)) / across;
  }
}
