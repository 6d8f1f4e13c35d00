package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.Split;
import palette.engine.Tensor;
import palette.fit.BasisModel;
import palette.fit.UserWeights;
import palette.personalize.Localizer;
import palette.reward.PrototypeModel.Prior;
import palette.support.Seeds;

class SignedPalTest {
  private static final int ITEMS = 400; // each met too seldom to carry anything of its own
  private static final BasisSpec SPEC =
      SignedPal.spec().with(SignedPal.DIMENSION, 4).epochs(60).seed(7).device("cpu").threads(1);
  private static Split<Preferences> split;
  private static BasisModel model;

  @BeforeAll
  static void fit() {
    split = far().splitByAnswer(0.8, 2);
    model = SPEC.fit(split.train());
  }

  /**
   * Two camps: each wants its own side of the first axis, and to be far from a point of the second.
   */
  private static Preferences far() {
    var random = Seeds.stream(5, "far");
    float[][] x = new float[ITEMS][2];
    for (float[] row : x) for (int c = 0; c < 2; c++) row[c] = (float) random.nextGaussian();
    var builder = Preferences.builder();
    for (int i = 0; i < x.length; i++) builder.item("item" + i, null);
    for (int n = 0; n < 2400; n++) {
      int i = random.nextInt(ITEMS);
      int j = (i + 1 + random.nextInt(ITEMS - 1)) % ITEMS;
      double camp = n % 2 == 0 ? 1 : -1;
      boolean first = reward(x[i], camp) > reward(x[j], camp);
      builder.add(
          Comparison.of("user" + n % 60, "item" + (first ? i : j), "item" + (first ? j : i)));
    }
    var made = builder.build();
    return made.withItems(made.items().withVectors(x));
  }

  private static double reward(float[] x, double camp) {
    return Math.pow(x[1], 2) - Math.pow(x[0] - camp, 2);
  }

  @Test
  void aRewardFallsOrGrowsWithTheDistanceOnEachAxis() {
    double[] signs = {0.8, -0.5};
    double[][] p = {{1, 0}, {-1, 2}};
    double[] w = {0.25, 0.75};
    double[][] x = {{0.5, 1}};
    double[] t = new double[2];
    for (int l = 0; l < 2; l++) t[l] = 0.5 * Math.log((1 + signs[l]) / (1 - signs[l]));
    double[] logits = {Math.log(w[0]), Math.log(w[1])};
    var learned =
        Map.of(
            UserWeights.OFFSET.name(), Tensor.of(logits, 1, 2),
            SignedPal.F.name(), Tensor.of(new double[] {1, 0, 0, 1}, 2, 2),
            SignedPal.PROTOTYPES.name(), Tensor.of(new double[] {1, 0, -1, 2}, 2, 2),
            SignedPal.SIGNS.name(), Tensor.of(t, 1, 2));
    var given = Given.model(SignedPal.spec(), x, learned, new Prior(w, 1, false), 1);
    double expected = 0;
    for (int l = 0; l < 2; l++) {
      double a = w[0] * p[0][l] + w[1] * p[1][l];
      expected -= signs[l] * (Math.pow(x[0][l] - a, 2) - a * a);
    }
    assertThat(given.margins(Given.answers(1))[0]).isCloseTo(expected, within(1e-6));
  }

  @Test
  void itLearnsWhatDistancesAloneCannotSay() {
    var near = PalA.spec().dimension(4).epochs(60).seed(7).device("cpu").threads(1).identity(false);
    assertThat(Small.accuracy(model, split.test()))
        .isGreaterThan(0.9)
        .isGreaterThan(Small.accuracy(near.fit(split.train()), split.test()) + 0.1);
  }

  @Test
  void itLearnsDistancesToo() {
    var camps = Small.camps(40, 1).splitByAnswer(0.8, 2);
    assertThat(Small.accuracy(SPEC.fit(camps.train()), camps.test())).isGreaterThan(0.9);
  }

  @Test
  void signsOfBothKindsAreFound() {
    double[] t = SignedPal.SIGNS.of(model.fitted().parameters()).doubles();
    assertThat(java.util.Arrays.stream(t).boxed()).anyMatch(v -> v > 0.1).anyMatch(v -> v < -0.1);
  }

  @Test
  void aNewcomerIsPlacedByAConvexProblem() {
    var person = Localizer.of(model).fit(split.train().ofUser("user1"));
    assertThat(person.certificate().convex()).isTrue();
    assertThat(person.certificate().gap()).isLessThan(1e-6);
    assertThat(Small.accuracy(person, split.test().ofUser("user1"))).isGreaterThan(0.8);
  }

  @Test
  void itComesBackToTheLastBit(@TempDir Path folder) {
    model.save(folder.resolve("signed"));
    var loaded = SignedPal.spec().load(folder.resolve("signed"));
    assertThat(loaded.margins(split.test())).isEqualTo(model.margins(split.test()));
    assertThat(loaded.text()).isEqualTo(model.text());
  }
}
