package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecTest {
  @Test
  void everyOptionReturnsANewSpec() {
    var spec = PalA.spec();
    var changed = spec.prototypes(5).dimension(3).hidden(7).partition(0.5).seed(9).balanced();
    assertThat(spec).isEqualTo(PalA.spec());
    assertThat(changed).isNotEqualTo(spec);
    assertThat(changed.toString())
        .startsWith("PAL-A prototypes=5, dimension=3, map=MLP, hidden=7")
        .contains("partition=true, temperature=0.5", "balanced=true", "seed=9")
        .endsWith("loss=logistic");
    assertThat(spec.toString()).contains("prototypes=2", "map=LINEAR", "partition=false");
  }

  @Test
  void optionsRefuseNonsense() {
    assertThatThrownBy(() -> PalA.spec().prototypes(0))
        .hasMessage("prototypes: expected a whole number of at least 1, found 0.");
    assertThatThrownBy(() -> PalA.spec().dropout(1)).hasMessageContaining("a share in [0, 1)");
    assertThatThrownBy(() -> PalA.spec().device("tpu"))
        .hasMessage("device: expected auto, cpu or gpu, found tpu.");
    assertThatThrownBy(() -> PalA.spec().device(null)).hasMessageEndingWith("found null.");
    assertThatThrownBy(() -> PalA.spec().distance(null))
        .hasMessage("distance: expected a value, found null.");
    assertThatThrownBy(() -> PalA.spec().placement(null))
        .hasMessage("placement: expected a value, found null.");
    assertThatThrownBy(() -> PalA.spec().fit(null))
        .hasMessage("train: expected a value, found null.");
  }

  @Test
  void aSpecNamesItsEmbedder() {
    var spec = PalA.spec().embedder(new GivenVectors(Map.of("one", new float[] {1, 2})));
    assertThat(spec.toString()).contains(", embedder=" + spec.embedder().fingerprint());
  }

  @Test
  void aSpecIsAlsoATable() {
    assertThat(PalA.spec().prototypes(5).html())
        .contains("<caption>PAL-A</caption>", "<td>prototypes</td><td>5</td>", "<td>loss</td>");
  }
}
