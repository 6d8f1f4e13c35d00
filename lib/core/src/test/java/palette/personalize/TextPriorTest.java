package palette.personalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.evaluate.Comparisons;
import palette.evaluate.Evaluation;
import palette.reward.PrototypeModel.Prior;
import palette.simulate.World;
import palette.support.InputException;
import palette.support.Seeds;

/** People of a world with four prototypes, and what is told of them beforehand. */
class TextPriorTest {
  private static final int NEW = 120;
  private static final World WORLD =
      World.spec().users(150).dimension(4).prototypes(4).noise(0.3).items(200).seed(3).create();
  private static final Localizer LOCALIZER = Localizer.of(TrueModel.of(WORLD, 4));

  /** Reads "user-7", or the id behind another word, as the weights of that person, roughly. */
  private static final Embedder TELLING = embedder(1);

  /** Reads every text as numbers that have nothing to do with it. */
  private static final Embedder NOISE = embedder(0);

  private static Embedder embedder(double telling) {
    return new Embedder() {
      @Override
      public float[][] embed(List<String> texts) {
        return texts.stream().map(this::vector).toArray(float[][]::new);
      }

      private float[] vector(String text) {
        double[] drawn = Seeds.normal(12, 0.1, Seeds.stream(5, text));
        double[] w = WORLD.weights(text.replace("I am ", ""));
        float[] vector = new float[12];
        for (int c = 0; c < 12; c++) {
          vector[c] = (float) (drawn[c] + (c % 3 == 0 ? telling * w[c / 3] : 0));
        }
        return vector;
      }

      @Override
      public int dimension() {
        return 12;
      }

      @Override
      public String fingerprint() {
        return "weights times " + telling;
      }
    };
  }

  private static Preferences described(Preferences answers) {
    var texts = Catalog.builder();
    answers.users().ids().forEach(id -> texts.add(id, "I am " + id));
    return answers.withUsers(texts.build());
  }

  private static Preferences train() {
    return described(WORLD.askEveryone(30));
  }

  /** How much better newcomers' held-out answers are foretold with their texts after n answers. */
  private static Comparisons.Difference gain(TextPrior texts, int n) {
    var asked = described(WORLD.askNewcomers(NEW, 2)).first(n);
    var all = WORLD.askNewcomers(NEW, 52);
    var heldOut = all.where(row -> row % 52 >= 2);
    var without = Evaluation.of(LOCALIZER.fitAll(asked), heldOut);
    var with = Evaluation.of(texts.localizer(asked.users()).fitAll(asked), heldOut);
    return Evaluation.compare(List.of(without, with)).differences().get(0);
  }

  @Test
  void whoIsKnownByATextStartsBetterThanThePopulation() {
    var texts = TextPrior.of(LOCALIZER, train(), TELLING);
    assertThat(texts.tells()).isTrue();
    assertThat(texts.text()).startsWith("Texts tell. Of 150 users left out in turns");
    for (int n : new int[] {0, 2}) {
      var gain = gain(texts, n);
      assertThat(gain.value()).as("after %d answers", n).isPositive();
      assertThat(gain.clear()).as("%s", gain).isTrue();
    }
  }

  @Test
  void textsThatSayNothingMoveNobodyByABit() {
    var texts = TextPrior.of(LOCALIZER, train(), NOISE);
    assertThat(texts.tells()).isFalse();
    assertThat(texts.text()).startsWith("Texts say nothing, and move nobody.");
    var asked = described(WORLD.askNewcomers(5, 3));
    var moved = texts.localizer(asked.users()).fitAll(asked);
    var still = LOCALIZER.fitAll(asked);
    for (var id : asked.answering()) {
      assertThat(moved.weights(id)).containsExactly(still.weights(id));
    }
  }

  @Test
  void oneTextPlacesSomebodyAsTheirCatalogDoes() {
    var texts = TextPrior.of(LOCALIZER, train(), TELLING);
    var asked = described(WORLD.askNewcomers(3, 4)).ofUser("newcomer-1");
    var alone = texts.localizer("I am newcomer-1").fit(asked);
    var listed = texts.localizer(asked.users()).fit(asked);
    assertThat(alone.weights()).containsExactly(listed.weights());
    assertThat(alone.certificate().convex()).isTrue();
    assertThat(alone.weights()).isNotEqualTo(LOCALIZER.fit(asked).weights());
    // The center moves, and what comes later starts from there.
    var nobody = asked.select(new int[0]);
    var before = texts.localizer("I am newcomer-1").fit(nobody);
    assertThat(before.divergence()).isZero();
    assertThat(before.withAnswers(asked).weights()).containsExactly(alone.weights());
    var persons = texts.localizer(asked.users()).fitAll(nobody);
    assertThat(persons.weights("newcomer-1")).containsExactly(before.weights());
    assertThat(persons.person("newcomer-1").weights()).containsExactly(before.weights());
  }

  @Test
  void vectorsOfUsersStandForTexts() {
    var plain = train();
    var given = plain.withUsers(plain.users().withVectors(TELLING));
    var texts = TextPrior.of(LOCALIZER, given, NOISE);
    assertThat(texts.slopes()).isDeepEqualTo(TextPrior.of(LOCALIZER, plain, TELLING).slopes());
  }

  @Test
  void whoHasNoTextIsPlacedAsBeforeAndTeachesNothing() {
    var some = Preferences.builder();
    var mute = WORLD.askEveryone(30);
    IntStream.range(0, 60).forEach(u -> some.user("user-" + u, "I am user-" + u));
    mute.comparisons().forEach(some::add);
    var pool = WORLD.pool();
    var half = some.build();
    int[] at = half.items().ids().stream().mapToInt(pool::indexOf).toArray();
    half = half.withItems(pool.select(at));
    var texts = TextPrior.of(LOCALIZER, half, TELLING);
    assertThat(texts.people()).isEqualTo(60);
    var localizer = texts.localizer(half.users());
    assertThat(localizer.centers().keySet()).contains("user-3").doesNotContain("user-100");
    assertThat(localizer.fit(half.ofUser("user-100")).weights())
        .containsExactly(LOCALIZER.fit(half.ofUser("user-100")).weights());
    assertThatThrownBy(() -> TextPrior.of(LOCALIZER, mute, TELLING))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least 20 who have a text, found 0. Give texts with");
    assertThatThrownBy(() -> texts.localizer(" ")).hasMessageContaining("a name");
  }

  @Test
  void aPortraitSaysWhatSomebodyIsMadeOfAndWhatTellsThemApart() {
    var answers = WORLD.newcomer(4).ask(12);
    var person = LOCALIZER.fit(answers);
    var portrait = Portrait.of(person, answers, "quiet", "loud", "plain", "odd");
    assertThat(portrait.id()).isEqualTo("newcomer-4");
    String largest =
        List.of("quiet", "loud", "plain", "odd").get(person.nearest().get(0).prototype());
    assertThat(portrait.text()).containsPattern("^\\d+ % " + largest);
    // The answer that the person's own weights explain most better than the center.
    double[] own = person.margins(answers);
    double[] center = LOCALIZER.model().byWeight(answers).at(LOCALIZER.prior().center());
    var gains = new ArrayList<Double>();
    for (int row = 0; row < own.length; row++) {
      gains.add(
          Math.log(person.link().probability(own[row]) / person.link().probability(center[row])));
    }
    int most =
        IntStream.range(0, 12).reduce((a, b) -> gains.get(a) >= gains.get(b) ? a : b).getAsInt();
    String chosen = answers.items().text(answers.chosen(most));
    assertThat(portrait.text()).contains("They chose \"" + chosen + "\", ");
    assertThat(portrait).hasToString(portrait.text());
    assertThatThrownBy(() -> Portrait.of(person, answers, "one"))
        .hasMessageContaining("names: expected 4 or none, found 1");
    var others = Preferences.of(List.of(Comparison.of("newcomer-4", "a", "b"))).first(0);
    assertThatThrownBy(() -> Portrait.of(person, others))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("portrait of 'newcomer-4'");
  }

  @Test
  void thePopulationsShareOfAPortraitIsLikeMostPeople() {
    var prior = new Prior(new double[] {.1, .1, .1, .1, .6}, 1e6, true);
    var answers = WORLD.newcomer(4).ask(12);
    var person = Localizer.of(new TrueModel(WORLD, prior, true)).fit(answers);
    assertThat(Portrait.of(person, answers).text()).startsWith("60 % like most people");
  }
}
