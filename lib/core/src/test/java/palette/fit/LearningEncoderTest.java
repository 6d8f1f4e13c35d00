package palette.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.encode.Tiny;
import palette.encode.Tuning;
import palette.engine.Snapshot;
import palette.engine.Tensor;
import palette.evaluate.Evaluation;
import palette.family.BasisSpec;
import palette.family.Mrm;
import palette.family.PalA;
import palette.family.PalB;
import palette.reward.Loss;
import palette.support.InputException;
import palette.support.Seeds;

class LearningEncoderTest {
  private static final String[] WORDS = {"trees", "cars", "now", "more", "fewer", "bread", "late"};

  /** Twelve people, half of whom like long texts and half short ones; no vectors anywhere. */
  private static Preferences answers(boolean asked) {
    var random = Seeds.stream(4, "texts");
    var texts =
        IntStream.range(0, 30)
            .mapToObj(
                i ->
                    String.join(
                        " ",
                        random.ints(1 + i % 9, 0, WORDS.length).mapToObj(w -> WORDS[w]).toList()))
            .toList();
    var builder = Preferences.builder();
    for (int i = 0; i < texts.size(); i++) builder.item("item " + i, texts.get(i));
    for (int u = 0; u < 12; u++) {
      for (int n = 0; n < 14; n++) {
        int a = random.nextInt(30);
        int b = (a + 1 + random.nextInt(8)) % 30;
        boolean first = a % 9 > b % 9 == (u % 2 == 0);
        String prompt = asked ? "what about " + WORDS[n % 3] : null;
        builder.add(
            new Comparison(
                "user " + u, prompt, "item " + (first ? a : b), "item " + (first ? b : a)));
      }
    }
    return builder.build();
  }

  private static PalA.Spec spec(String way) {
    return PalA.spec()
        .encoder(Tiny.encoder(), Tuning.of(way))
        .dimension(4)
        .epochs(4)
        .threads(2)
        .seed(3);
  }

  private static PalB.Spec asked(String way) {
    return PalB.spec()
        .encoder(Tiny.encoder(), Tuning.of(way))
        .dimension(4)
        .epochs(3)
        .threads(2)
        .seed(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "last 1", "lora 2"})
  void whatLearnsMovesAndTheRestStands(String way) {
    var train = answers(false);
    var model = spec(way).fit(train);
    var learned = model.fitted().parameters();
    var start = new LinkedHashMap<String, Tensor>();
    for (var one : model.fitted().spec().encoderStart()) {
      start.put(one.parameter().name(), one.tensor(Seeds.stream(0, "any")));
    }
    assertThat(start.keySet()).isEqualTo(Tuning.of(way).shapes(Tiny.backbone()).keySet());
    assertThat(learned.keySet()).containsAll(start.keySet());
    start.forEach((name, tensor) -> assertThat(learned.get(name)).as(name).isNotEqualTo(tensor));
    // Known items are what the encoder has become says.
    var now = model.fitted().spec().embedder();
    assertThat(model.items().vectors()).isEqualTo(now.embed(model.items().texts()));
    assertThat(model.items().vectors()).isNotEqualTo(Tiny.encoder().embed(model.items().texts()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "last 1", "lora 2"})
  void theSameFitHasTheSameBits(String way) {
    for (boolean asked : new boolean[] {false, true}) {
      var train = answers(asked);
      var spec = asked ? asked(way) : spec(way);
      var one = spec.fit(train).fitted();
      var two = spec.fit(train).fitted();
      assertThat(one.parameters()).isEqualTo(two.parameters());
      assertThat(one.items().vectors()).isEqualTo(two.items().vectors());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "last 1", "lora 2"})
  void aSavedModelReadsNewTextsToTheSameBits(String way, @TempDir Path folder) throws IOException {
    var model = asked(way).fit(answers(true));
    model.save(folder.resolve("large"));
    var loaded = PalB.spec().load(folder.resolve("large"), Tiny.encoder());
    var texts = List.of("more late bread", "cars", "a word that nobody wrote");
    double[] w = model.weights("user 1");
    assertThat(loaded.rewards(w, "what about rain", texts))
        .containsExactly(model.rewards(w, "what about rain", texts));
    var manifest = Files.readString(folder.resolve("large/manifest.json"));
    assertThat(manifest).contains("tiny that learned").contains(way);
    assertThat(manifest).doesNotContain("word_embeddings");
    assertThat(manifest.contains("encoder.layer.0.intermediate")).isEqualTo(way.equals("all"));
    assertThatThrownBy(() -> PalB.load(folder.resolve("large")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("tiny");
  }

  /** A step that goes by parts, as one that does not fit into the memory does. */
  private record InParts(PrototypeRewards whole) implements PrototypeRewards {
    @Override
    public int atOnce() {
      return 4;
    }

    @Override
    public void forward(Lookup lookup) {
      whole.forward(lookup);
    }

    @Override
    public void forwardMore(Lookup lookup) {
      whole.forwardMore(lookup);
    }

    @Override
    public double[][] r() {
      return whole.r();
    }

    @Override
    public double[][] dr() {
      return whole.dr();
    }

    @Override
    public void backward() {
      whole.backward();
    }

    @Override
    public void step() {
      whole.step();
    }

    @Override
    public Map<String, Tensor> parameters() {
      return whole.parameters();
    }

    @Override
    public void state(Snapshot state) {
      whole.state(state);
    }

    @Override
    public Map<String, double[]> gradients() {
      return whole.gradients();
    }

    @Override
    public void close() {
      whole.close();
    }
  }

  /** Choices are not parted either: Plackett and Luce's loss is that of a whole one. */
  @Test
  void theGradientsOfPartsAddUpToThoseOfTheWhole() {
    var specs = List.of(spec("all"), asked("all"), spec("all").loss(Loss.PLACKETT_LUCE));
    for (FitSpec<?> spec : specs) {
      var train = Fit.embedded(answers(spec instanceof PalB.Spec), spec);
      var none = train.select(new int[0]);
      boolean choices = spec.loss().choices();
      var together = choices ? TrainingSet.Together.CHOICES : TrainingSet.Together.QUESTIONS;
      var data = new TrainingSet(train, none, spec.basis().joint(), false, together);
      if (choices)
        assertThat(Arrays.stream(data.train.choice, 0, 20).distinct()).hasSizeLessThan(20);
      var task = Task.of(spec, data, Device.cpu());
      var start = new LinkedHashMap<String, Tensor>();
      for (var one : spec.start(task.sizes())) {
        start.put(one.parameter().name(), one.tensor(Seeds.stream(1, one.parameter().name())));
      }
      int[] order = IntStream.range(0, 20).toArray();
      try (var whole = BasisObjective.of(task, task.perSide(), start, 1, GraphRewards::new);
          var parts =
              BasisObjective.of(
                  task,
                  task.perSide(),
                  start,
                  1,
                  (t, s, n) -> new InParts(new GraphRewards(t, s, n)))) {
        for (int twice = 0; twice < 2; twice++) {
          assertThat(parts.accumulate(order, 0, order.length))
              .isCloseTo(whole.accumulate(order, 0, order.length), within(1e-6));
          var expected = whole.gradients();
          // No softmax sees what is added to all keys: a slope of 0, of which rounding is left.
          expected.keySet().removeIf(name -> name.endsWith("key.bias"));
          var found = parts.gradients();
          expected.forEach((name, g) -> close(name, found.get(name), g));
          whole.step(order, 0, order.length); // both go on from there
          parts.step(order, 0, order.length);
        }
      }
    }
  }

  private static void close(String name, double[] found, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertThat(largest).as(name).isPositive();
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).as("%s %d", name, i).isCloseTo(expected[i], within(1e-4 * largest));
    }
  }

  @Test
  void itemAndPromptAreOneInputWhereTheFamilySaysSo() {
    var model = spec("last 1").fit(answers(true));
    assertThat(model.fitted().spec().basis().joint()).isTrue();
    assertThat(Evaluation.of(model, answers(true)).accuracy()).isGreaterThan(0.5);
  }

  @Test
  void vectorsAndFamiliesThatCannotAreRefused() {
    var train = answers(false);
    var vectors = train.withItems(train.items().withVectors(Tiny.encoder()));
    assertThatThrownBy(() -> spec("all").fit(vectors))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("texts");
    var reader = BasisSpec.of(new Mrm()).encoder(Tiny.encoder(), Tuning.all());
    assertThatThrownBy(() -> reader.fit(train))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("linear");
    assertThatThrownBy(() -> spec("last 3").fit(train)).hasMessageContaining("at most 2 layers");
  }
}
