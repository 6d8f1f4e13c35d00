package palette.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.reward.Loss;
import palette.support.InputException;

class PolicyFolderTest {
  private static final Preferences ANSWERS =
      Preferences.of(
          List.of(
              new Comparison("u", "ask", "one.", "two two."),
              new Comparison("v", "ask", "two two.", "one.")));
  private static final Preferences NEWCOMER =
      Preferences.of(List.of(new Comparison("w", "ask", "two.", "one.")));

  private static Policy base;

  @TempDir Path folder;
  private Path dir;

  @BeforeAll
  static void pretrain() {
    var spec = Policy.spec().layers(1).width(16).epochs(40).voice(2);
    base = spec.pretrain(List.of("ask\none.", "ask\ntwo two."));
  }

  private static Aligned aligned(String kind) {
    var spec = Dpo.of(base).epochs(20);
    return switch (kind) {
      case "one" -> spec.loss(Loss.HINGE).train(ANSWERS);
      case "individual" -> spec.individual().gamma().alpha(.7).train(ANSWERS);
      case "clusters" -> spec.clusters(3).logNormalDraws().train(ANSWERS);
      default -> spec.ipo().beta(.3).train(ANSWERS);
    };
  }

  private Path saved(String kind) {
    dir = folder.resolve("aligned");
    aligned(kind).save(dir);
    return dir;
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "individual", "clusters", "ipo"})
  void anAlignedPolicyComesBackToTheLastBit(String kind) {
    var its = aligned(kind);
    var back = Aligned.load(saved(kind));
    assertThat(back.name()).isEqualTo(its.name());
    assertThat(back.strength()).isEqualTo(its.strength());
    assertThat(back.strengthVariation()).isEqualTo(its.strengthVariation());
    assertThat(back.margins(ANSWERS)).containsExactly(its.margins(ANSWERS));
    assertThat(back.policy().weights).isEqualTo(its.policy().weights);
    assertThat(back.policy("u").weights).isEqualTo(its.policy("u").weights);
    assertThat(back.place(NEWCOMER).margins(NEWCOMER))
        .containsExactly(its.place(NEWCOMER).margins(NEWCOMER));
    assertThat(back.knows("v")).isTrue();
    assertThat(back.knows("w")).isEqualTo(its.knows("w"));
    assertThat(back.provenance()).isEqualTo(its.provenance());
    assertThat(back.history().epochs()).hasSize(20);
    assertThat(back.text()).isEqualTo(its.text());
  }

  @Test
  void aLaterSaveReplacesTheFolderWhole() {
    dir = folder.resolve("policy");
    base.save(dir);
    var other = base.finetune(List.of("ask\none."), Policy.spec().epochs(2));
    other.save(dir);
    assertThat(Policy.load(dir).weights).isEqualTo(other.weights);
    assertThat(folder.toFile().list()).containsExactly("policy");
    assertThat(dir.toFile().list())
        .containsExactlyInAnyOrder("manifest.json", "weights.safetensors", "USE.md");
    assertThat(dir.resolve("USE.md")).content().contains("How to use this policy");
  }

  @Test
  void whatASaveThatWasCutShortHadPutAsideComesBack() throws IOException {
    saved("clusters");
    var aside = ".aligned.palette-999999999-" + UUID.randomUUID() + "-old";
    Files.move(dir, folder.resolve(aside));
    assertThat(Aligned.load(dir).name()).isEqualTo("P-DPO, K=3, log-normal strength by 16 draws");
    assertThat(folder.toFile().list()).containsExactly("aligned");
  }

  @Test
  void somebodysOwnFolderIsNotReplaced() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{}");
    assertThatThrownBy(() -> base.save(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a folder with 'config.json' in it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"CLUSTER\" | \"CHORUS\" | 'voices' as one of [ONE, INDIVIDUAL, CLUSTER], found 'CHORUS'",
        "\"CLUSTER\" | \"INDIVIDUAL\" | tensor voices.offsets=[2,32] by its settings, found none",
        "\"u\", | '' | tensor voices.logits=[2,3] by its settings, found [3,3]",
        "\"clusters\" : 3 | \"clusters\" : 2 | tensor voices.clusters=[2,32] by its settings, found [3,32]",
        "\"voice\" : 2 | \"voice\" : 3 | tensor base.voice.weight=[3,16] by its settings, found [2,16]",
        "\"one\", | '' | 'vocab_size' as 7, its tokens, found 8",
        "\"n_head\" : 1 | \"n_head\" : 3 | sizes above 0",
        "\"words\", | \"syllables\", | a vocabulary of words, bytes, gpt2 or byte pairs",
        "\"aligned policy\" | \"policy\" | a model of the kind aligned policy, found policy",
        "\"n_layer\" : 1 | \"n_layer\" : null | 'n_layer' as a whole number, found null",
      })
  void saysWhatIsWrongInAManifest(String from, String to, String said) throws IOException {
    saved("clusters");
    var file = dir.resolve("manifest.json");
    var text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
    assertThatThrownBy(() -> Aligned.load(dir))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("manifest.json")
        .hasMessageContaining(said);
  }

  @Test
  void saysWhatIsWrongWithItsNumbers() throws IOException {
    saved("individual");
    assertThatThrownBy(() -> Policy.load(dir))
        .hasMessageContaining("a model of the kind policy, found aligned policy");
    var file = dir.resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> Aligned.load(dir))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("weights.safetensors: expected sha256");
    Files.delete(file);
    assertThatThrownBy(() -> Aligned.load(dir))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a folder with weights.safetensors");
  }
}
