package palette.fit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.family.PalA;
import palette.support.InputException;

/** A fit that embeds texts holds the embedder to the dimension that it states. */
class StatedDimensionTest {
  private record Short(int dimension) implements Embedder {
    @Override
    public float[][] embed(List<String> texts) {
      return new float[texts.size()][3];
    }

    @Override
    public String fingerprint() {
      return "short";
    }
  }

  @Test
  void aFitRefusesVectorsOfAnotherLength() {
    var answers =
        Preferences.of(List.of(Comparison.of("u", "a", "b"), Comparison.of("v", "b", "a")));
    var spec = PalA.spec().embedder(new Short(4)).epochs(1).device("cpu");
    assertThatThrownBy(() -> spec.fit(answers))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "embedder short: expected vectors of 4 numbers, as its dimension()");
  }
}
