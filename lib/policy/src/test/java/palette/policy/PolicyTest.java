package palette.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.evaluate.Evaluation;
import palette.fit.FitSpec;
import palette.store.SafeTensors;
import palette.support.InputException;

class PolicyTest {
  private static final List<String> TEXTS = new ArrayList<>();
  private static Policy policy;

  @TempDir Path dir;

  @BeforeAll
  static void pretrain() {
    for (int i = 0; i < 20; i++)
      TEXTS.add("ask\n" + (i < 10 ? "one." : i < 16 ? "two." : "three."));
    policy = Policy.spec().layers(1).width(16).epochs(250).rate(5e-3).threads(1).pretrain(TEXTS);
  }

  @Test
  void saysWhatItHasReadAsOftenAsItHasReadIt() {
    assertThat(Math.exp(policy.logProbability("ask", "one."))).isCloseTo(.5, within(.05));
    assertThat(Math.exp(policy.logProbability("ask", "three."))).isCloseTo(.2, within(.05));
    double entropy = -(.5 * Math.log(.5) + .3 * Math.log(.3) + .2 * Math.log(.2)) / 5;
    assertThat(policy.perplexity(TEXTS)).isCloseTo(Math.exp(entropy), within(.02));
    assertThat(policy.generate("ask")).isEqualTo("one.");
    var some = policy.sample("ask", 200, Sampling.seed(1));
    assertThat(some.stream().filter("two."::equals).count()).isBetween(35L, 85L);
    assertThat(policy.sample("ask", 20, Sampling.seed(1))).isEqualTo(some.subList(0, 20));
    assertThat(policy.sample("ask", 20, Sampling.seed(2))).isNotEqualTo(some.subList(0, 20));
  }

  /** What a spec says is what trains. */
  @Test
  void hasItsDefaults() {
    var pairs = Preferences.builder();
    for (int i = 0; i < 40; i++) pairs.add(new Comparison("u", "ask", "two.", "one."));
    var spec = Dpo.of(policy);
    var said = List.of(spec.get(FitSpec.BATCH), spec.get(TuneSpec.RATE));
    assertThat(said).isEqualTo(List.of(32, 5e-5));
    assertThat(spec.train(pairs.build()).history().epochs()).hasSize(3);
    assertThat(spec.epochs(2).toString()).containsOnlyOnce("epochs");
  }

  @Test
  void devicesAreNamedAsEverywhere() {
    for (var spec : List.of(Policy.spec(), Dpo.of(policy))) {
      assertThatThrownBy(() -> spec.device("tpu"))
          .hasMessage("device: expected auto, cpu or gpu, found tpu.");
    }
  }

  /** DPO's optimum over three answers: ref exp(r / beta) / Z. */
  @Test
  void trainsToTheClosedForm() {
    double[] reward = {1, 0, 2};
    List<String> answers = List.of("one.", "two.", "three.");
    var pairs = Preferences.builder();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        if (i == j) continue;
        double often = 1 / (1 + Math.exp(reward[j] - reward[i]));
        pairs.add(new Comparison("u", "ask", answers.get(i), answers.get(j)), often);
      }
    }
    var spec = Dpo.of(policy).beta(1).sft(0).epochs(300).batch(6).rate(3e-3).threads(1);
    var tuned = spec.train(pairs.build()).policy();
    double[] expected = new double[3];
    double[] found = new double[3];
    double expectedSum = 0;
    double foundSum = 0;
    for (int i = 0; i < 3; i++) {
      expected[i] = Math.exp(policy.logProbability("ask", answers.get(i)) + reward[i]);
      found[i] = Math.exp(tuned.logProbability("ask", answers.get(i)));
      expectedSum += expected[i];
      foundSum += found[i];
    }
    for (int i = 0; i < 3; i++) {
      assertThat(found[i] / foundSum).isCloseTo(expected[i] / expectedSum, within(1e-3));
    }
  }

  @Test
  void isAScorerLikeAnyOther() {
    var pairs = Preferences.of(List.of(new Comparison("u", "ask", "two.", "one.")));
    var tuned = Dpo.of(policy).individual().epochs(40).train(pairs);
    assertThat(Evaluation.of(tuned, pairs).accuracy()).isEqualTo(1);
    double reward = tuned.reward("u", "ask", "two.");
    double moved =
        tuned.policy("u").logProbability("ask", "two.") - policy.logProbability("ask", "two.");
    assertThat(reward).isCloseTo(.1 * moved, within(1e-6));
    assertThat(tuned.knows("u")).isTrue();
    assertThatThrownBy(() -> tuned.policy("v"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("place(answers)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"words", "bytes"})
  void comesBackFromItsFolder(String kind) {
    var its = kind.equals("words") ? policy : spelled();
    its.save(dir.resolve("policy"));
    var back = Policy.load(dir.resolve("policy"));
    assertThat(back.weights).isEqualTo(its.weights);
    assertThat(back.logProbability("ask", "two.")).isEqualTo(its.logProbability("ask", "two."));
    assertThat(back.generate("ask")).isEqualTo(its.generate("ask"));
    assertThat(back.history()).isEqualTo(its.history());
  }

  private static Policy spelled() {
    var spec = Policy.spec().layers(1).width(16).epochs(2).vocabulary(Vocabulary.bytes());
    return spec.pretrain(TEXTS);
  }

  /** As Hugging Face writes it: a prefix, masks among the parameters, no word of ours. */
  @Test
  void readsAGpt2sOwnFolder() throws IOException {
    var words = Vocabulary.gpt2();
    var shape = new Gpt(1, 2, 8, 12, words.size(), 0, true);
    var all = new LinkedHashMap<String, Tensor>();
    shape.start(1).forEach((name, tensor) -> all.put("transformer." + name, tensor));
    all.put("transformer.h.0.attn.bias", new Tensor(new long[] {1, 1, 2, 2}, new float[4]));
    try (var out = Files.newOutputStream(dir.resolve("model.safetensors"))) {
      SafeTensors.write(out, all, Map.of("format", "pt"));
    }
    var config = dir.resolve("config.json");
    Files.writeString(
        config,
        "{\"model_type\":\"gpt2\",\"n_layer\":1,\"n_head\":2,\"n_embd\":8,\"n_positions\":12,"
            + "\"vocab_size\":50257,\"activation_function\":\"gelu_new\"}");
    var read = Policy.load(dir);
    var same = new Policy(shape, shape.start(1), words, null);
    double said = read.logProbability("Hello there", "General");
    assertThat(said).isEqualTo(same.logProbability("Hello there", "General")).isNegative();
    assertThat(words.decode(words.encode("Hello there, Käthe"))).isEqualTo("Hello there, Käthe");

    Files.writeString(config, Files.readString(config).replace("\"n_layer\":1", "\"n_layer\":2"));
    assertThatThrownBy(() -> Policy.load(dir))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'h.1.ln_1.weight' of shape [8], found none");
    Files.writeString(config, "{\"model_type\":\"llama\"}");
    assertThatThrownBy(() -> Policy.load(dir)).hasMessageContaining("found llama");
    assertThatThrownBy(() -> Policy.load(dir.resolve("none")))
        .hasMessageContaining("no such folder");
  }

  @Test
  void saysThatATextIsTooLong() {
    assertThatThrownBy(() -> policy.logProbability("ask ask ask", "one. one. one."))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("tokens");
  }

  @Test
  void wordsAndBytesComeBack() {
    var words = Vocabulary.words(List.of("Is it so? I'd say: \"yes\".\nNo, it is not!"));
    var text = "It is so, I'd say.\nyes!";
    assertThat(words.decode(words.encode("Is it so?\nNo, it is not!")))
        .isEqualTo("Is it so?\nNo, it is not!");
    assertThat(words.decode(words.encode(text))).isEqualTo("<unknown> is so, I'd say.\nyes!");
    assertThat(Vocabulary.bytes().decode(Vocabulary.bytes().encode("Käthe"))).isEqualTo("Käthe");
  }
}
