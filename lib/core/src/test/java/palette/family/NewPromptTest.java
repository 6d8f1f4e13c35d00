package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.numeric.Links;

/** A prompt that only the validation answers ask is seen by its vector, not as no prompt at all. */
class NewPromptTest {

  @Test
  void theValidationLossIsThatOfTheModelOnThePrompt() {
    var all =
        Preferences.of(
            List.of(
                new Comparison("ann", "dinner", "soup", "cake"),
                new Comparison("ann", "party", "cake", "soup"),
                new Comparison("ann", "feast", "cake", "soup")));
    var items = Catalog.of(all.items().ids(), new float[][] {{1, 0}, {0, 1}});
    var prompts = Catalog.of(all.prompts().ids(), new float[][] {{1, 0}, {-1, 0}, {-1, 1}});
    var described = all.withItems(items).withPrompts(prompts);
    var validation = described.select(new int[] {2});
    var model =
        PalB.spec()
            .dimension(4)
            .hidden(4)
            .epochs(3)
            .fit(described.select(new int[] {0, 1}), validation);
    double seen = model.history().epochs().get(model.history().best() - 1).validationLoss();
    assertThat(seen).isCloseTo(Links.logLoss(model.margins(validation)[0]), within(1e-5));
  }
}
