package palette.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import palette.data.Catalog;
import palette.evaluate.FakePal;

class PrototypeTextsTest {
  // Two prototypes on a line, at 0 and 10. Rewards are minus squared distances; against the mean
  // of both, prototype 1 gains 10 x - 50 less, so it likes what lies left and dislikes the right.
  private final FakePal model =
      new FakePal(
          "PAL-A, K=2",
          new double[][] {{0}, {10}},
          Map.of("ann", new double[] {0.5, 0.5}),
          Map.of(
              "left", new double[] {-1},
              "middle", new double[] {5},
              "right", new double[] {11}));
  private final Catalog items = Catalog.of(List.of("right", "middle", "left"));

  @Test
  void whatAllLikeSaysNothing() {
    var texts = Plots.texts(model, items);
    assertThat(texts.entries())
        .contains(
            new PrototypeTexts.Entry(1, true, "left", "left", 60),
            new PrototypeTexts.Entry(1, true, "middle", "middle", 0),
            new PrototypeTexts.Entry(1, false, "right", "right", -60),
            new PrototypeTexts.Entry(2, true, "right", "right", 60),
            new PrototypeTexts.Entry(2, false, "left", "left", -60));
  }

  @Test
  void whatIsAddedToAllItemsOfAPrototypeSaysNothing() {
    var farRight =
        new FakePal(
            "PAL-A, K=2",
            model.prototypePoints(),
            model.given(),
            Map.of("left", new double[] {-1}, "right", new double[] {21}));
    assertThat(Plots.texts(farRight, Catalog.of(List.of("left", "right"))).entries())
        .contains(
            new PrototypeTexts.Entry(1, true, "left", "left", 110),
            new PrototypeTexts.Entry(1, false, "right", "right", -110));
  }

  @Test
  void asManyAsAskedForAndNoItemTwice() {
    var texts = Plots.texts(model, null, items, 1);
    assertThat(texts.entries().stream().map(PrototypeTexts.Entry::more))
        .containsExactly(true, false, true, false);
    assertThat(Plots.texts(model, null, items, 50).entries()).hasSize(6);
  }

  @Test
  void showsTextsInOneLineAndEscaped() {
    var builder = Catalog.builder();
    builder.add("left", "<b>first</b> line\nand " + "very ".repeat(30) + "long");
    builder.add("right", "short");
    var texts = Plots.texts(model, builder.build());
    assertThat(texts.text())
        .startsWith("What tells the prototypes of PAL-A, K=2 apart\n")
        .contains("+60.00  <b>first</b> line and very")
        .contains("…");
    assertThat(texts.html()).contains("&lt;b&gt;first&lt;/b&gt; line and").contains("long</td>");
  }
}
