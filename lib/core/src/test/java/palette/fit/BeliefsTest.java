package palette.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.family.PalA;
import palette.support.Seeds;

/** What is believed of maps and items before the data is chosen by the validation answers. */
class BeliefsTest {
  private static final PalA.Spec SPEC = PalA.spec().seed(3).threads(1);

  /** Twenty people of one taste over twenty items with vectors of eight numbers. */
  private static Preferences people(int answersEach, IntToDoubleFunction worth, double wrong) {
    var random = Seeds.stream(7, "people");
    var answers = Preferences.builder();
    for (int answer = 0; answer < 20 * answersEach; answer++) {
      int i = random.nextInt(20);
      int j = (i + 1 + random.nextInt(19)) % 20;
      boolean first = worth.applyAsDouble(i) > worth.applyAsDouble(j) ^ random.nextDouble() < wrong;
      answers.add(
          Comparison.of("u" + answer / answersEach, "" + (first ? i : j), "" + (first ? j : i)));
    }
    var all = answers.build();
    float[][] vectors = new float[all.items().size()][8];
    for (float[] vector : vectors) {
      for (int c = 0; c < 8; c++) vector[c] = (float) random.nextGaussian();
    }
    return all.withItems(all.items().withVectors(vectors));
  }

  private static String beliefs(BasisModel model) {
    return model.provenance().what().get("beliefs");
  }

  private static double maps(BasisModel model) {
    return Double.parseDouble(beliefs(model).replaceAll("maps ([0-9.]+).*", "$1"));
  }

  @Test
  void noiseIsBelievedLessThanTaste() {
    var taste = SPEC.fit(people(25, i -> i, 0));
    var noise = SPEC.fit(people(25, i -> i, 0.4));
    assertThat(maps(noise)).isGreaterThan(maps(taste)).isGreaterThan(0.005);
    assertThat(noise.text()).contains("beliefs").contains(beliefs(noise));
  }

  @Test
  void whatIsChosenForeseesValidationAnswersBetter() {
    var answers = people(25, i -> i, 0.4);
    var fixed = SPEC.mapPrior(2e-3).identityPrior(2e-3).identity(true);
    var chosen = SPEC.fit(answers);
    assertThat(lowest(chosen)).isLessThan(lowest(fixed.fit(answers)));
    var history = chosen.history();
    assertThat(history.epochs().get(history.best() - 1).epoch()).isEqualTo(history.best());
  }

  private static double lowest(BasisModel model) {
    return model.history().epochs().get(model.history().best() - 1).validationLoss();
  }

  @Test
  void whatIsSetStays() {
    var answers = people(25, i -> i, 0.4);
    var set = SPEC.mapPrior(0.5).identityPrior(0.25).identity(true);
    assertThat(beliefs(set.fit(answers))).isEqualTo("maps 0.5000, items' own 0.2500");
    assertThat(beliefs(SPEC.mapPrior(0.5).fit(answers))).startsWith("maps 0.5000");
    assertThat(beliefs(SPEC.identity(true).fit(answers))).contains("items' own 0");
    assertThat(beliefs(SPEC.validation(0).fit(answers)))
        .startsWith("maps 0.0020, items' own 0.0020");
    assertThat(beliefs(SPEC.epochs(3).fit(answers))).startsWith("maps 0.0020, items' own 0.0020");
  }

  @Test
  void oneSeedChoosesOneWay() {
    var answers = people(25, i -> i, 0.4);
    var model = SPEC.fit(answers);
    assertThat(SPEC.fit(answers).fitted().parameters()).isEqualTo(model.fitted().parameters());
    assertThat(beliefs(SPEC.fit(answers))).isEqualTo(beliefs(model));
  }
}
