package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Catalog;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.personalize.Localizer;
import palette.personalize.TextPrior;
import palette.support.InputException;

/** What texts say of people, in the folder of the model that it was learned with. */
class SavedTextsTest {
  private static final PalA.Spec QUICK = PalA.spec().dimension(2).epochs(30).seed(7).device("cpu");
  private static final Preferences TRAIN = described(Small.camps(20, 1));
  private static final Embedder READER = reader("camps");
  private static PalA model;
  private static TextPrior texts;

  @TempDir Path folder;

  /** Reads "I am user7" as that user's camp, and two numbers that say little. */
  private static Embedder reader(String name) {
    return new Embedder() {
      @Override
      public float[][] embed(List<String> all) {
        return all.stream().map(this::vector).toArray(float[][]::new);
      }

      private float[] vector(String text) {
        int user = Integer.parseInt(text.replaceAll("\\D", ""));
        return new float[] {(float) Small.camp(user), user % 7 / 7f, user % 3 / 3f};
      }

      @Override
      public int dimension() {
        return 3;
      }

      @Override
      public String fingerprint() {
        return name;
      }
    };
  }

  private static Preferences described(Preferences answers) {
    var users = Catalog.builder();
    answers.users().ids().forEach(id -> users.add(id, "I am " + id));
    return answers.withUsers(users.build());
  }

  @BeforeAll
  static void fit() {
    model = QUICK.fit(TRAIN);
    texts = TextPrior.of(Localizer.of(model).strength(3), TRAIN, READER);
  }

  private Path saved() {
    var dir = folder.resolve("told");
    model.save(dir, texts);
    return dir;
  }

  @Test
  void whatTextsSayComesBackToTheLastBitWithTheModel() {
    var dir = saved();
    var loaded = PalA.load(dir);
    var again = loaded.texts(dir, READER);
    assertThat(texts.tells()).isTrue();
    assertThat(again.slopes()).isDeepEqualTo(texts.slopes());
    assertThat(again.mean()).containsExactly(texts.mean());
    assertThat(again.text()).isEqualTo(texts.text());
    assertThat(again.localizer().model()).isSameAs(loaded);
    var few = TRAIN.first(3);
    var expected = texts.localizer(few.users()).fitAll(few);
    var found = again.localizer(few.users()).fitAll(few);
    for (var id : few.answering()) {
      assertThat(found.weights(id)).containsExactly(expected.weights(id));
    }
    // Saved again, the folder has the same bits.
    var twice = folder.resolve("twice");
    loaded.save(twice, again);
    assertThat(twice.resolve("manifest.json")).hasSameBinaryContentAs(dir.resolve("manifest.json"));
    assertThat(twice.resolve("weights.safetensors"))
        .hasSameBinaryContentAs(dir.resolve("weights.safetensors"));
    assertThat(loaded.fitted().parameters().keySet())
        .isEqualTo(model.fitted().parameters().keySet());
  }

  @Test
  void itBelongsToOneModelAndOneEmbedder() {
    var other = QUICK.seed(8).fit(TRAIN);
    var dir = saved();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> other.save(dir, texts))
        .withMessage(
            "texts: expected those learned with Localizer.of(this model), found those of another.");
    assertThatThrownBy(() -> other.texts(dir, READER))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected what texts say to this model, found to another.");
    assertThatThrownBy(() -> model.texts(dir, reader("towns")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected the embedder of the texts, camps, found towns.");
    model.save(dir);
    assertThatThrownBy(() -> model.texts(dir, READER))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found a model alone. Save both: save(dir, texts).");
  }

  @Test
  void damageIsNamed() throws IOException {
    var dir = saved();
    var manifest = dir.resolve("manifest.json");
    String whole = Files.readString(manifest);
    for (var damage :
        List.of(
            List.of("\"vectors\" : 3", "\"vectors\" : 4", "texts.mean=[4] by its settings"),
            List.of("\"people\" : 60", "\"people\" : 6.5", "'people' as a whole number"),
            List.of("\"strength\" : 3.0", "\"strength\" : -3.0", "'strength' of at least 0"),
            List.of("\"gain\" :", "\"lost\" :", "'gain' as a finite number"),
            List.of("\"embedder\" : \"camps\"", "\"embedder\" : 1", "'embedder' as a text"))) {
      assertThat(whole).contains(damage.get(0));
      Files.writeString(manifest, whole.replace(damage.get(0), damage.get(1)));
      assertThatThrownBy(() -> model.texts(dir, READER))
          .as(damage.get(1))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(damage.get(2));
    }
    Files.writeString(manifest, whole);
    var weights = dir.resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 2] ^= 1; // of the last slope
    Files.write(weights, bytes);
    assertThatThrownBy(() -> model.texts(dir, READER)).hasMessageContaining("expected sha256");
  }
}
