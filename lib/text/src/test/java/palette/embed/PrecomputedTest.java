package palette.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import palette.data.Embedder;
import palette.support.InputException;

class PrecomputedTest {
  private final Embedder embedder =
      Embedders.precomputed(Map.of("yes", new float[] {1, 0}, "no", new float[] {0, 1}));

  @Test
  void looksUpInOrder() {
    float[][] v = embedder.embed(List.of("no", "yes", "no"));
    assertThat(v).isDeepEqualTo(new float[][] {{0, 1}, {1, 0}, {0, 1}});
    assertThat(embedder.dimension()).isEqualTo(2);
  }

  @Test
  void changingAResultChangesNothing() {
    embedder.embed(List.of("yes"))[0][0] = 7;
    assertThat(embedder.embed(List.of("yes"))[0]).containsExactly(1, 0);
  }

  @Test
  void theFingerprintFollowsTheContentAndNotTheOrder() {
    var other = new LinkedHashMap<String, float[]>();
    other.put("no", new float[] {0, 1});
    other.put("yes", new float[] {1, 0});
    assertThat(Embedders.precomputed(other).fingerprint()).isEqualTo(embedder.fingerprint());
    other.put("yes", new float[] {1, 1e-9f});
    assertThat(Embedders.precomputed(other).fingerprint()).isNotEqualTo(embedder.fingerprint());
  }

  @Test
  void anUnknownTextIsNamed() {
    assertThatThrownBy(() -> embedder.embed(List.of("yes", "perhaps")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "precomputed vectors: expected a vector for the text \"perhaps\", found none among 2."
                + " Add it, or use Embedders.miniLm().");
  }

  @Test
  void vectorsOfTwoSizesAreRefused() {
    var mixed = new LinkedHashMap<String, float[]>();
    mixed.put("a", new float[2]);
    mixed.put("b", new float[3]);
    assertThatThrownBy(() -> Embedders.precomputed(mixed))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("finite numbers, found")
        .hasMessageContaining("precomputed vectors, text \"");
  }

  @Test
  void infinityIsRefused() {
    var vectors = Map.of("a", new float[] {0, Float.POSITIVE_INFINITY});
    assertThatThrownBy(() -> Embedders.precomputed(vectors))
        .hasMessageContaining("text \"a\": expected 2 finite numbers, found Infinity at index 1.");
  }

  @Test
  void nothingIsRefused() {
    assertThatThrownBy(() -> Embedders.precomputed(Map.of()))
        .hasMessage("vectors: expected at least one entry, found {}.");
  }
}
