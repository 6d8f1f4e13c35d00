package palette.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StyleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one reward | one point for all",
        "one reward | population",
        "one reward | 'PAL-A, K=1'",
        "one reward | K = 1",
        "mixture | 'PAL-A, K=12'",
        "mixture | K = 3",
        "mixture | three prototypes",
        "mixture | the kit's",
        "truth | true reward",
        "things | 400 things"
      })
  void whatMeansTheSameLooksTheSame(String word, String other) {
    assertThat(Style.all(List.of("x", word)))
        .element(1)
        .isEqualTo(Style.all(List.of(other)).get(0));
    assertThat(Style.all(List.of(word, "x"))).element(0).isNotEqualTo(Style.of(0));
  }

  @Test
  void prototypesHaveTheirNumbersColours() {
    assertThat(Style.all(List.of("prototype 2", "prototype 1")))
        .containsExactly(Style.of(1), Style.of(0));
  }

  @Test
  void nothingInAFigureLooksLikeSomethingElseInIt() {
    var styles = Style.all(List.of("a", "K = 2", "b", "K = 2, balanced", "K = 3", "prototype 1"));
    assertThat(styles).doesNotHaveDuplicates().element(5).isEqualTo(Style.of(0));
    assertThat(Style.all(List.of("twin", "twin"))).doesNotHaveDuplicates();
  }

  @Test
  void namesOfAListHaveTheFirstLooksWhateverElseTheyMean() {
    var styles = Style.all(List.of("truth", "", "few"), List.of("few", "truth", "more"));
    assertThat(styles).containsExactly(Style.of(2), Style.of(0), Style.of(3));
  }

  @Test
  void aPageDrawsPrototypesInTheSameColours() throws IOException {
    try (var in = StyleTest.class.getResourceAsStream("person.css")) {
      var css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (int k = 0; k < 6; k++) {
        var hex = "%06x".formatted(Style.of(k).colour().getRGB() & 0xFFFFFF);
        assertThat(css).contains(".c" + k + " { stroke: #" + hex + "; }");
      }
    }
  }
}
