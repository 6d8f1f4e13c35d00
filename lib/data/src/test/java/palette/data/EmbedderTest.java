package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import palette.support.InputException;

/** An embedder is held to what it states of itself. */
class EmbedderTest {
  private record Fixed(float[][] rows, int dimension) implements Embedder {
    @Override
    public float[][] embed(List<String> texts) {
      return rows;
    }

    @Override
    public String fingerprint() {
      return "fixed";
    }
  }

  private static final Catalog ITEMS = Catalog.of(List.of("a", "b"));

  @Test
  void vectorsOfTheStatedLengthAreTaken() {
    var fixed = new Fixed(new float[][] {{1, 2}, {3, 4}}, 2);
    assertThat(ITEMS.withVectors(fixed).vector(1)).containsExactly(3, 4);
  }

  @Test
  void vectorsOfAnotherLengthAreRefused() {
    var fixed = new Fixed(new float[][] {{1, 2}, {3, 4}}, 3);
    assertThatThrownBy(() -> ITEMS.withVectors(fixed))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "embedder fixed: expected vectors of 3 numbers, as its dimension() says, found one of"
                + " 2. Mend embed(...) or dimension(): what was learned would fit no other"
                + " vectors.");
  }

  @Test
  void oneVectorATextOrNone() {
    var fixed = new Fixed(new float[][] {{1, 2}}, 2);
    assertThatThrownBy(() -> ITEMS.withVectors(fixed))
        .hasMessageStartingWith("embedder fixed: expected 2 vectors, one a text, found 1.");
    assertThatThrownBy(() -> ITEMS.withVectors(new Fixed(null, 2)))
        .hasMessageStartingWith("embedder fixed: expected 2 vectors, one a text, found 0.");
    assertThatThrownBy(() -> ITEMS.withVectors(new Fixed(new float[2][], 2)))
        .hasMessageContaining("as its dimension() says, found null.");
  }
}
