package palette.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.reward.History;
import palette.support.Seeds;

/**
 * What a step needs on its way back is not the garbage collector's. DJL frees the numbers of an
 * expression such as {@code x.mul(2)} at once, while libtorch still points to their memory: one fit
 * in four went wrong by it.
 */
class GarbageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear",
        "mlp",
        "relu",
        "cosine",
        "partition",
        "prompts",
        "normalised",
        "lambda",
        "LoRe",
        "Rank",
        "PReF",
        "signed"
      })
  void aFitIsTheSameWhileGarbageIsCollectedAndItsMemoryWritten(String kind) {
    var quiet = fit(kind);
    var over = new AtomicBoolean();
    var collector = new Thread(() -> collect(over));
    collector.start();
    try {
      assertThat(fit(kind)).containsExactly(quiet);
    } finally {
      over.set(true);
    }
  }

  private static void collect(AtomicBoolean over) {
    while (!over.get()) {
      System.gc();
      for (int i = 0; i < 2000; i++) {
        byte[] junk = {0x7f, 0x7f, 0x7f, 0x7f};
        ByteBuffer.allocateDirect(4).put(junk);
      }
      LockSupport.parkNanos(2_000_000); // so that steps are taken between
    }
  }

  private static double[] fit(String kind) {
    var pairs = pairs();
    var a = PalA.spec().prototypes(3).dimension(32).epochs(4).batch(2000).seed(1).threads(1);
    var b =
        PalB.spec()
            .prototypes(2)
            .dimension(32)
            .hidden(128)
            .epochs(4)
            .batch(2000)
            .seed(1)
            .threads(1);
    var model =
        switch (kind) {
          case "linear" -> a.fit(pairs, pairs);
          case "relu" -> a.mlp(128).activation(Activation.RELU).fit(pairs, pairs);
          case "cosine" -> a.mlp(128).distance(Distance.COSINE).fit(pairs, pairs);
          case "partition" -> a.mlp(128).distance(Distance.PLAIN).partition(0.7).fit(pairs, pairs);
          case "prompts" -> b.fit(pairs, pairs);
          case "normalised" -> b.normalisedMixture().fit(pairs, pairs);
          case "LoRe", "Rank", "PReF", "signed" ->
              family(kind).epochs(4).batch(2000).threads(1).fit(pairs, pairs);
          case "lambda" ->
              a.mlp(128).loss("mine", m -> m.mul(2).neg().exp().add(1).log()).fit(pairs, pairs);
          default -> a.mlp(128).fit(pairs, pairs);
        };
    return losses(model.history());
  }

  private static double[] losses(History history) {
    return history.epochs().stream().mapToDouble(History.Epoch::trainLoss).toArray();
  }

  private static BasisSpec family(String name) {
    return switch (name) {
      case "LoRe" -> LoRe.spec().prototypes(16);
      case "signed" -> SignedPal.spec().with(SignedPal.DIMENSION, 32).prototypes(8);
      case "PReF" -> Pref.spec().prototypes(16);
      default -> Rank.spec().prototypes(16);
    };
  }

  private static Preferences pairs() {
    var random = Seeds.stream(3, "garbage");
    var builder = Preferences.builder();
    for (int i = 0; i < 8000; i++) {
      int chosen = random.nextInt(300);
      int rejected = (chosen + 1 + random.nextInt(299)) % 300;
      builder.add(
          new palette.data.Comparison(
              "u" + random.nextInt(9), "p" + random.nextInt(9), "i" + chosen, "i" + rejected));
    }
    var answers = builder.build();
    float[][] items = new float[answers.items().size()][];
    Arrays.setAll(items, i -> Tensor.of(Seeds.normal(64, 1, random), 64).values());
    float[][] prompts = new float[answers.prompts().size()][];
    Arrays.setAll(prompts, i -> Tensor.of(Seeds.normal(64, 1, random), 64).values());
    return answers
        .withItems(answers.items().withVectors(items))
        .withPrompts(answers.prompts().withVectors(prompts));
  }
}
