package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.Split;
import palette.family.PalA;
import palette.family.Small;
import palette.personalize.Localizer;
import palette.personalize.Person;

/** What a card says of a model and of a person. */
class ModelCardTest {
  private static final Split<Preferences> SPLIT = Small.camps(30, 1).splitByAnswer(0.8, 7);
  private static final Preferences ANSWERS = SPLIT.train();
  private static PalA model;

  @TempDir Path folder;

  @BeforeAll
  static void fit() {
    model = PalA.spec().dimension(2).epochs(30).seed(7).fit(ANSWERS);
  }

  @Test
  void aModelsCardSaysDataPathProvenanceSuretyAndLimits() {
    var text = ModelCard.of(model).text();
    assertThat(text).startsWith("Model card: PAL-A, K=2");
    assertThat(text).contains("users", "60").contains("40, with vectors of 2 numbers");
    assertThat(text).contains("training path", "training answers (SHA-256)", "convex");
    assertThat(text).contains("What it cannot do", "mix of its prototypes", "without prompts");
  }

  @Test
  void figuresStandBeforeTheLimitsAndNameNobody() {
    var card =
        ModelCard.of(model)
            .with(Evaluation.of(model, SPLIT.test()))
            .with(Disclosure.of(model, ANSWERS));
    var headings = card.parts().stream().map(ModelCard.Part::heading).toList();
    assertThat(headings)
        .containsExactly(
            "Data",
            "Where it comes from",
            "How sure",
            "How well it predicts, and whom worst",
            "What weights give away",
            "What it cannot do");
    assertThat(card.text()).contains("accuracy, worst tenth of users", "disclosed +");
    assertThat(card.text()).doesNotContain("user17");
  }

  @Test
  void aPersonsCardHasTheirWeightsAndHowManyAnswersBearThem() {
    var few = Localizer.of(model).fit(ANSWERS.ofUser("user4").first(5));
    var text = ModelCard.of(few).text();
    assertThat(text).startsWith("What is known of user4");
    assertThat(text).contains("prototype 1", "convex, gap", "few answers", "PAL-A, K=2");
    assertThat(ModelCard.of(Person.of(model, "user4")).text()).contains("none kept");
  }

  @Test
  void aPersonsCardSaysThatForgettingLeavesWhatAllShareIfTheModelLearnedFromThem() {
    var learned = "What all share was learned from this person's answers as well";
    var known = Localizer.of(model).fit(ANSWERS.ofUser("user4"));
    assertThat(ModelCard.of(known).text()).contains(learned);
    assertThat(ModelCard.of(Person.of(model, "user4")).text()).contains(learned);
    var met = Comparison.of("newcomer", ANSWERS.items().id(0), ANSWERS.items().id(1));
    var newcomer = Localizer.of(model).fit(Preferences.of(List.of(met)));
    assertThat(ModelCard.of(newcomer).text()).doesNotContain(learned);
  }

  @Test
  void aForgottenUserIsCountedOnTheCard() {
    assertThat(ModelCard.of(model.forget("user3")).text()).contains("users forgotten since");
  }

  @Test
  void aCardIsAPageOfItsOwnWithEverythingEscaped() throws IOException {
    var file = folder.resolve("cards/model.html");
    var part = ModelCard.Part.sentences("<b>", List.of("a < b"));
    new ModelCard("Q&A <script>", List.of(part)).write(file);
    assertThat(Files.readString(file))
        .startsWith("<!doctype html>")
        .contains("<title>Q&amp;A &lt;script&gt;</title>", "&lt;b&gt;", "a &lt; b")
        .doesNotContain("<script>", "<b>");
  }
}
