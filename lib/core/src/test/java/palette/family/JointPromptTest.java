package palette.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;

/** PAL-A sees an item together with its prompt; a row without one is seen before nothing. */
class JointPromptTest {

  @Test
  void someRowsMayComeWithoutAPrompt() {
    var answers =
        Preferences.of(
            List.of(
                new Comparison("ann", "dinner", "soup", "cake"),
                new Comparison("ann", "party", "cake", "soup"),
                Comparison.of("ann", "soup", "cake"),
                new Comparison("bob", "party", "cake", "soup")));
    var items = Catalog.of(answers.items().ids(), new float[][] {{1, 0}, {0, 1}});
    var prompts = Catalog.of(answers.prompts().ids(), new float[][] {{1}, {-1}});
    var described = answers.withItems(items).withPrompts(prompts);
    var model = PalA.spec().dimension(2).prototypes(2).validation(0).seed(1).fit(described);
    assertThat(model.margins(described)).hasSize(4).doesNotContain(Double.NaN);
    assertThat(model.reward("ann", null, "soup")).isFinite();
  }

  @Test
  void aKnownPromptOfTheValidationAnswersNeedsNoVectorOfItsOwn() {
    var spec = PalA.spec().dimension(2).prototypes(2).epochs(3).seed(1).device("cpu");
    var bare = Small.camps(2, 1, "item", List.of("one?", "two?", "three?"));

    var model = spec.fit(Small.asked(4, 1), bare);

    var losses = spec.fit(Small.asked(4, 1), Small.asked(2, 1)).history().epochs();
    assertThat(model.history().epochs().get(2).validationLoss())
        .isEqualTo(losses.get(2).validationLoss());
  }
}
