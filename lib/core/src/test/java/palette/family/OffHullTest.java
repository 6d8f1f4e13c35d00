package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.evaluate.Evaluation;
import palette.fit.BasisModel;
import palette.numeric.Links;
import palette.personalize.Localizer;
import palette.personalize.Person;
import palette.support.InputException;

/** People who lie all around in the plane, and two prototypes, whose hull is a line. */
class OffHullTest {
  private static final PalA.Spec HULL =
      PalA.spec().prototypes(2).dimension(2).epochs(15).seed(3).threads(1);
  private static Preferences train;
  private static Preferences test;
  private static PalA hull;
  private static PalA model;

  @TempDir Path folder;

  private static double[] place(int user) {
    double angle = 2 * Math.PI * user / 40;
    return new double[] {1.5 * Math.cos(angle), 1.5 * Math.sin(angle)};
  }

  private static Preferences said(int each, long seed) {
    var items = new SplittableRandom(1);
    float[][] x = new float[40][2];
    for (float[] row : x) for (int c = 0; c < 2; c++) row[c] = (float) items.nextGaussian();
    var random = new SplittableRandom(seed);
    var all = Preferences.builder();
    for (int i = 0; i < 40; i++) all.item("i" + i, "item " + i);
    for (int u = 0; u < 40; u++) {
      double[] a = place(u);
      for (int n = 0; n < each; n++) {
        int i = random.nextInt(40);
        int j = (i + 1 + random.nextInt(39)) % 40;
        double margin = gap(x[j], a) - gap(x[i], a);
        boolean first = random.nextDouble() < Links.logistic(2 * margin);
        all.add(new Comparison("u" + u, null, "i" + (first ? i : j), "i" + (first ? j : i)));
      }
    }
    var made = all.build();
    return made.withItems(made.items().withVectors(x));
  }

  private static double gap(float[] x, double[] a) {
    return Math.pow(x[0] - a[0], 2) + Math.pow(x[1] - a[1], 2);
  }

  @BeforeAll
  static void fit() {
    train = said(40, 2);
    test = said(40, 5);
    hull = HULL.fit(train);
    model = HULL.offHull().fit(train);
  }

  @Test
  void aMixAloneIsSomebodyWithoutATasteOfTheirOwn() {
    var items = List.of("i1", "i2");
    assertThat(model.rewards(new double[] {.4, .6}, null, items))
        .isEqualTo(model.rewards(new double[] {.4, .6, 0, 0}, null, items));
    assertThatThrownBy(() -> model.rewards(new double[] {1}, null, items))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights: expected 2 to ");
  }

  @Test
  void whoLivesOutsideIsServedBetter() {
    double inside = Evaluation.of(hull, test).macroAccuracy();
    assertThat(Evaluation.of(model, test).macroAccuracy()).isGreaterThan(inside + 0.05);
    var newcomers = Localizer.of(model).fitAll(train);
    var mixes = Localizer.of(hull).fitAll(train);
    assertThat(Evaluation.of(newcomers, test).macroAccuracy())
        .isGreaterThan(Evaluation.of(mixes, test).macroAccuracy() + 0.05);
  }

  @Test
  void placingIsConvexWithACertificate() {
    var persons = Localizer.of(model).fitAll(train);
    assertThat(persons.largestGap()).isLessThan(1e-7);
    double[] w = persons.weights("u3");
    assertThat(w[0] + w[1] + (w.length > 4 ? w[4] : 0)).isCloseTo(1, within(1e-9));
    assertThat(Localizer.of(model).fit(train.ofUser("u3")).weights())
        .containsExactly(w, within(1e-6));
  }

  @Test
  void withoutAnswersItIsTheHullsPopulation() {
    var items = List.of("i1", "i2", "i3");
    double[] of = model.rewards(model.prior().center(), null, items);
    double[] same = hull.rewards(hull.prior().center(), null, items);
    assertThat(of[0] - of[2]).isCloseTo(same[0] - same[2], within(1e-9));
  }

  @Test
  void rewardsAndMarginsAgree() {
    double[] margins = model.margins(test);
    for (int row = 0; row < 50; row++) {
      var c = test.comparison(row);
      double[] both = model.rewards(c.user(), null, List.of(c.chosen(), c.rejected()));
      assertThat(both[0] - both[1]).isCloseTo(margins[row], within(1e-9));
    }
  }

  @Test
  void thePointOnTheMapSaysTheSame() {
    double[] a = model.idealPoint("u5");
    double[][] u = model.itemPoints(List.of("i1", "i2"));
    double[] rewards = model.rewards("u5", null, List.of("i1", "i2"));
    for (int i = 0; i < 2; i++) {
      double squares = Math.pow(u[i][0] - a[0], 2) + Math.pow(u[i][1] - a[1], 2);
      assertThat(rewards[i]).isCloseTo(-squares, within(1e-9));
    }
    assertThat(model.idealPoint(model.weights("u5"))).containsExactly(a, within(1e-9));
  }

  @Test
  void anExplanationNamesTheOwnTasteAndSumsUp() {
    var person = Localizer.of(model).fit(train.ofUser("u10"));
    var why = person.explain(null, "i1", "i2");
    double sum = why.voices().stream().mapToDouble(v -> v.contribution()).sum();
    assertThat(Links.logistic(sum)).isCloseTo(why.probability(), within(1e-9));
    assertThat(why.text()).contains("own taste");
    assertThat(person.nearest()).anyMatch(share -> share.name().equals("own taste"));
    assertThat(person.uncertainty()).hasSameSizeAs(person.weights());
    assertThat(person.uncertainty()[2]).isPositive();
    assertThat(person.effectivePrototypes()).isBetween(1.0, 3.0);
    assertThat(Person.of(model, "u10").weights()).hasSameSizeAs(person.weights());
  }

  @Test
  void itComesBackToTheLastBitAndForgets() {
    model.save(folder.resolve("m"));
    BasisModel loaded = PalA.spec().offHull().load(folder.resolve("m"));
    assertThat(loaded.margins(test)).isEqualTo(model.margins(test));
    assertThat(loaded.prior()).usingRecursiveComparison().isEqualTo(model.prior());
    assertThat(loaded.text()).isEqualTo(model.text());
    var items = List.of("i1", "i7");
    assertThat(model.forget("u3").rewards("u4", null, items))
        .isEqualTo(model.rewards("u4", null, items));
    assertThatThrownBy(() -> PalA.load(folder.resolve("m")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("off hull");
  }

  @Test
  void theSameSpecGivesTheSameBits() {
    assertThat(HULL.offHull().fit(train).margins(test)).isEqualTo(model.margins(test));
    assertThat(model.name()).isEqualTo("PAL-A off hull, K=2");
  }

  @Test
  void aStrongRidgeLeavesTheHull() {
    var near = HULL.offHull(1e9).fit(train);
    double[] margins = near.margins(test);
    double[] mixed = hull.margins(test);
    for (int row = 0; row < 20; row++) {
      assertThat(margins[row]).isCloseTo(mixed[row], within(1e-4));
    }
  }

  @Test
  void palBHasItToo() {
    var spec = PalB.spec().prototypes(2).linear().dimension(4).epochs(5).seed(1).threads(1);
    var prompted = Small.asked(20, 2);
    for (var answers : List.of(train, prompted)) {
      var fitted = spec.offHull().fit(answers);
      fitted.save(folder.resolve("b"));
      var loaded = spec.offHull().load(folder.resolve("b"));
      assertThat(loaded.margins(answers)).isEqualTo(fitted.margins(answers));
      assertThat(Localizer.of(fitted).fitAll(answers).largestGap()).isLessThan(1e-7);
    }
  }

  @Test
  void aFormThatIsNotLinearCannot() {
    assertThatThrownBy(() -> HULL.distance(Distance.PLAIN).offHull().fit(train))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("linear");
  }
}
