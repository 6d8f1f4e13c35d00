package palette.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.evaluate.Evaluation;
import palette.family.PalA;
import palette.numeric.Links;
import palette.numeric.VectorLoops;
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
  void itemsWithoutNumbersOfTheirOwnStayWithoutWhileMapsAreChosen() {
    var without = SPEC.identity(false).fit(people(25, i -> i, 0.4));
    assertThat(maps(without)).isGreaterThan(0.002);
    assertThat(beliefs(without)).endsWith("nothing of items' own");
  }

  @Test
  void oneSeedChoosesOneWay() {
    var answers = people(25, i -> i, 0.4);
    var model = SPEC.fit(answers);
    assertThat(SPEC.fit(answers).fitted().parameters()).isEqualTo(model.fitted().parameters());
    assertThat(beliefs(SPEC.fit(answers))).isEqualTo(beliefs(model));
  }

  /** Three hundred people, each with a direction of their own that they like, in six dimensions. */
  private static Preferences freeTastes() {
    var random = Seeds.stream(5, "people");
    double[][] x = new double[30][];
    for (int i = 0; i < x.length; i++) x[i] = Seeds.normal(6, 1, random);
    var answers = Preferences.builder();
    for (int u = 0; u < 300; u++) {
      double[] taste = Seeds.normal(6, 0.5, random);
      for (int n = 0; n < 120; n++) {
        int i = random.nextInt(x.length);
        int j = (i + 1 + random.nextInt(x.length - 1)) % x.length;
        double margin = VectorLoops.inner(taste, VectorLoops.minus(x[i], x[j]));
        boolean first = random.nextDouble() < Links.logistic(margin);
        answers.add(Comparison.of("u" + u, "" + (first ? i : j), "" + (first ? j : i)));
      }
    }
    return answers.build();
  }

  @Test
  void freeTastesAskForAWideHull(@TempDir Path dir) {
    var parts = freeTastes().splitByAnswer(2 / 3.0, 1);
    var rest = parts.test();
    var answers = parts.train().splitByAnswer(0.55, 1);
    var spec = SPEC.prototypes(8);
    var wide = spec.fit(answers.train(), answers.test());
    var narrow = spec.mapPrior(2e-3).fit(answers.train(), answers.test());
    assertThat(beliefs(wide)).startsWith("maps 0.0020, prototypes 0.0002");
    assertThat(beliefs(narrow)).startsWith("maps 0.0020, items'");
    assertThat(Evaluation.of(wide, rest).logLoss())
        .isLessThan(Evaluation.of(narrow, rest).logLoss() - 0.01);
    var few = spec.fit(answers.train(), answers.test().first(30)); // of each: 9,000
    assertThat(beliefs(few)).doesNotContain("prototypes");
    var kept = spec.checkpoint(dir.resolve("fit"), 10);
    for (int run = 0; run < 2; run++) {
      var again = kept.fit(answers.train(), answers.test());
      assertThat(again.fitted().parameters()).isEqualTo(wide.fitted().parameters());
    }
  }
}
