package palette.personalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.family.PalA;
import palette.family.Population;
import palette.fit.BasisModel;
import palette.numeric.ReferenceSolver;
import palette.reward.PrototypeModel.Prior;
import palette.reward.WeightMargins;
import palette.simulate.World;
import palette.support.InputException;
import palette.support.Seeds;

class LocalizerTest {
  private final World world =
      World.spec().users(30).dimension(4).prototypes(4).noise(0.3).seed(7).create();
  private final TrueModel model = TrueModel.of(world, 3);
  private final Localizer localizer = Localizer.of(model);

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) sum += Math.abs(a[k] - b[k]) / 2;
    return sum;
  }

  @Test
  void withoutAnswersAPersonIsAtTheCenterOfThePrior() {
    var person = localizer.fit(world.newcomer(1).ask(0));
    assertThat(person.weights()).containsExactly(model.prior().center());
    assertThat(person.certificate()).hasToString("convex, gap 0");
    assertThat(person.divergence()).isZero();
  }

  @Test
  void weightsStayOnTheSimplexWhoeverAnswers() {
    for (int i = 0; i < 40; i++) {
      double[] w = localizer.strength(i % 3).fit(world.newcomer(i).ask(i)).weights();
      assertThat(Arrays.stream(w).sum()).isCloseTo(1, within(1e-12));
      assertThat(Arrays.stream(w).min().orElseThrow()).isGreaterThanOrEqualTo(0);
    }
  }

  @Test
  void theOrderOfTheAnswersPlaysNoRole() {
    var answers = world.newcomer(5).ask(30);
    double[] w = localizer.fit(answers).weights();
    for (int seed = 0; seed < 5; seed++) {
      var shuffled = answers.select(Seeds.permutation(30, Seeds.stream(seed, "order")));
      assertThat(localizer.fit(shuffled).weights()).containsExactly(w, within(1e-9));
    }
  }

  @Test
  void moreAnswersBringNewcomersNearerToTheirTruth() {
    double[] errors = new double[4];
    int[] counts = {0, 10, 100, 1000};
    for (int i = 0; i < 20; i++) {
      double[] truth = world.newcomer(i).weights();
      for (int c = 0; c < 4; c++) {
        var person = localizer.fit(world.newcomer(i).ask(counts[c]));
        errors[c] += distance(person.weights(), truth) / 20;
      }
    }
    assertThat(errors[1]).isLessThan(errors[0]);
    assertThat(errors[2]).isLessThan(0.7 * errors[1]);
    assertThat(errors[3]).isLessThan(0.5 * errors[2]);
  }

  @Test
  void theGapBoundsTheDistanceToTheBest() {
    var answers = world.newcomer(3).ask(20);
    var person = localizer.fit(answers);
    var margins = model.byWeight(answers);
    double[] rows = new double[20 * 4];
    double[] row = new double[4];
    for (int j = 0; j < 20; j++) {
      margins.margin(j, person.weights(), row);
      for (int k = 0; k < 4; k++) rows[j * 4 + k] = row[k] / 0.3;
    }
    double[] ones = new double[20];
    Arrays.fill(ones, 1);
    var reference = new ReferenceSolver(rows, ones, 3, model.prior().center());
    double best = reference.loss(reference.solve(20_000, 1e-11));
    double gap = person.certificate().gap();
    assertThat(gap).isLessThanOrEqualTo(1e-9);
    assertThat(reference.loss(person.weights()) - best).isLessThanOrEqualTo(gap + 1e-13);
  }

  @Test
  void aStrongPriorHoldsAndNoPriorLetsGo() {
    var answers = world.newcomer(3).ask(20);
    double[] center = model.prior().center();
    double held = distance(localizer.strength(1e6).fit(answers).weights(), center);
    assertThat(held).isLessThan(1e-4);
    assertThat(distance(localizer.strength(0).fit(answers).weights(), center)).isGreaterThan(0.1);
  }

  @Test
  void answersThatWeighHalfCountHalf() {
    double[][] once = {{0.3, 0, 0.1, -0.2}, {-0.1, 0.4, 0, 0.2}};
    double[][] twice = {once[0], once[0], once[1], once[1]};
    var whole = WeightMargins.linear(once, null, 4);
    var halves = WeightMargins.linear(twice, new double[] {.5, .5, .5, .5}, 4);
    assertThat(localizer.place("a", halves).weights())
        .containsExactly(localizer.place("a", whole).weights(), within(1e-9));
  }

  @Test
  void manyAreWhereEachAloneWouldBe() {
    var answers = world.askNewcomers(700, 6);
    var persons = localizer.fitAll(answers);
    assertThat(persons.size()).isEqualTo(700);
    for (int i : new int[] {0, 1, 255, 256, 699}) {
      String id = "newcomer-" + i;
      var alone = localizer.fit(answers.ofUser(id));
      assertThat(persons.weights(id)).containsExactly(alone.weights());
      assertThat(persons.person(id).weights()).containsExactly(alone.weights());
      assertThat(persons.person(id).uncertainty()).containsExactly(alone.uncertainty());
    }
    assertThat(persons.largestGap()).isLessThanOrEqualTo(1e-9);
    assertThat(persons.certificate()).startsWith("each convex, gap ").endsWith(" at most");
  }

  @Test
  void manyArePlacedWhateverTheOrderOfTheRows() {
    var answers = world.askNewcomers(20, 15);
    var mixed = answers.select(Seeds.permutation(300, Seeds.stream(1, "order")));
    var persons = localizer.fitAll(answers);
    var again = localizer.fitAll(mixed);
    for (var id : persons.users()) {
      assertThat(again.weights(id)).containsExactly(persons.weights(id), within(1e-9));
    }
  }

  @Test
  void manyScoreHeldOutAnswersEachWithTheirOwnWeights() {
    var split = world.askNewcomers(10, 40).splitByAnswer(0.5, 1);
    var persons = localizer.fitAll(split.train());
    double[] margins = persons.margins(split.test());
    int[] ofThree =
        IntStream.range(0, split.test().size())
            .filter(row -> split.test().comparison(row).user().equals("newcomer-3"))
            .toArray();
    double[] alone = persons.person("newcomer-3").margins(split.test().select(ofThree));
    for (int i = 0; i < ofThree.length; i++) assertThat(margins[ofThree[i]]).isEqualTo(alone[i]);
  }

  @Test
  void whoeverSaidNothingIsAtTheCenter() {
    var asked = world.askNewcomers(3, 5);
    var persons = localizer.fitAll(asked.first(0));
    assertThat(persons.size()).isZero();
    assertThat(persons.weights("newcomer-1")).containsExactly(model.prior().center());
    assertThat(persons.margins(asked)).hasSize(15);
    assertThat(persons.person("newcomer-1").answers()).isZero();
  }

  @Test
  void answersOfSeveralUsersAreAnErrorThatNamesFitAll() {
    assertThatThrownBy(() -> localizer.fit(world.askNewcomers(2, 3)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "answers: expected those of one user, found 2 users. fitAll(answers) places each of"
                + " them; answers.ofUser(id) takes one.");
  }

  @Test
  void marginsThatAreNoNumbersAreAnError() {
    double[][] rows = {{1, 2, 3, 4}, {1, Double.NaN, 0, 0}};
    var margins = WeightMargins.linear(rows, null, 4);
    assertThatThrownBy(() -> localizer.place("ann", margins))
        .hasMessage(
            "answer 2: expected finite margins, found NaN. Look for NaN or huge numbers in the"
                + " vectors of its items.");
  }

  @Test
  void aPriorOfAnotherSizeThanTheMarginsIsAnError() {
    var odd = new TrueModel(world, new Prior(new double[] {.5, .5}, 1, false), true);
    var margins = WeightMargins.linear(new double[1][3], null, 3);
    assertThatThrownBy(() -> Localizer.of(odd).place("ann", margins))
        .hasMessage("margins: expected 2 columns, found 3.");
  }

  @Test
  void thePopulationsScoreMayBeOneColumnMore() {
    var prior = new Prior(new double[] {.2, .2, .2, .2, .2}, 1, true);
    var person = Localizer.of(new TrueModel(world, prior, true)).fit(world.newcomer(1).ask(20));
    assertThat(person.weights()).hasSize(5);
    assertThat(person.text()).contains("population");
  }

  /**
   * n answers of one user, who likes the item of the lower number better, or that of the higher.
   */
  private static Preferences ordered(int n, boolean lower) {
    var random = Seeds.stream(4, "ordered");
    var answers = new java.util.ArrayList<Comparison>();
    for (int i = 0; i < n; i++) {
      int a = random.nextInt(20);
      int b = a + 1 + random.nextInt(9);
      answers.add(Comparison.of("u" + i % 6, "i" + (lower ? a : b), "i" + (lower ? b : a)));
    }
    return Preferences.of(answers);
  }

  @Test
  void whoeverAgreesWithThePopulationIsPlacedOnIt() {
    var all = ordered(400, true);
    var everybody = Population.spec().fit(all);
    var pal = PalA.spec().dimension(2).epochs(1).validation(0).device("cpu").fit(all);
    double temperature = 0.5;
    var prior = new Prior(new double[] {.4, .4, .2}, 1, true);
    var fitted = new BasisModel(pal.fitted().calibrated(prior, temperature, everybody));
    var one = Localizer.of(fitted).fit(ordered(200, true).ofUser("u1"));
    var other = Localizer.of(fitted).fit(ordered(200, false).ofUser("u1"));
    assertThat(one.weights()[2]).isGreaterThan(0.5);
    assertThat(other.weights()[2]).isLessThan(0.1);
    double[] w = one.weights();
    double[] own = pal.byWeight(all).at(new double[] {w[0], w[1]});
    double[] score = everybody.margins(all);
    double unit = temperature / everybody.temperature();
    double[] margins = one.margins(all);
    for (int row = 0; row < 9; row++) {
      assertThat(margins[row]).isCloseTo(own[row] + w[2] * unit * score[row], within(1e-6));
    }
  }

  @Test
  void emptyPreferencesPlaceANamelessNewcomer() {
    var nobody = Preferences.of(java.util.List.of());
    assertThat(nobody.items()).isEqualTo(Catalog.empty());
    assertThat(localizer.fit(nobody).id()).isEqualTo("newcomer");
  }

  @Test
  void aLocalizerSaysWhatItBelieves() {
    assertThat(localizer.strength(2))
        .hasToString("Localizer[" + model.name() + ", strength of the prior 2.00 answers]");
  }
}
