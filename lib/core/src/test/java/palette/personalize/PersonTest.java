package palette.personalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Judgements;
import palette.reward.RewardModel.Ranked;
import palette.reward.WeightMargins;
import palette.simulate.World;

class PersonTest {
  private final World world =
      World.spec().users(30).dimension(3).prototypes(3).noise(0.3).items(60).seed(7).create();
  private final TrueModel model = TrueModel.of(world, 2);
  private final Localizer localizer = Localizer.of(model);
  private final Person person = localizer.fit(world.newcomer(9).ask(25));

  @Test
  void ranksComparesAndRewardsAgree() {
    var items = world.pool().ids();
    var ranked = person.rank(items);
    assertThat(ranked).isEqualTo(person.rank(null, items)).hasSize(60);
    assertThat(ranked).extracting(Ranked::reward).isSortedAccordingTo((a, b) -> b.compareTo(a));
    String best = ranked.get(0).item();
    String worst = ranked.get(59).item();
    double margin = person.reward(null, best) - person.reward(null, worst);
    assertThat(person.compare(null, best, worst))
        .isCloseTo(1 / (1 + Math.exp(-margin / 0.3)), within(1e-12));
    assertThat(person.compare(null, worst, best))
        .isCloseTo(1 - person.compare(null, best, worst), within(1e-12));
  }

  @Test
  void marginsAreDifferencesOfRewards() {
    var heldOut = world.newcomer(8).ask(10);
    double[] margins = person.margins(heldOut);
    for (int row = 0; row < 10; row++) {
      var pair = heldOut.comparison(row);
      assertThat(margins[row])
          .isCloseTo(
              person.reward(null, pair.chosen()) - person.reward(null, pair.rejected()),
              within(1e-9));
    }
    assertThat(person.temperature()).isEqualTo(0.3);
  }

  @Test
  void goingOnIsTheSameAsAskingAllAtOnce() {
    var newcomer = world.newcomer(4);
    var inTwo = localizer.fit(newcomer.ask(10)).withAnswers(newcomer.ask(15));
    assertThat(inTwo.answers()).isEqualTo(25);
    assertThat(inTwo.weights())
        .containsExactly(localizer.fit(world.newcomer(4).ask(25)).weights(), within(1e-9));
  }

  @Test
  void oneAnswerMoreLeavesTheFormerPersonAlone() {
    double[] before = person.weights();
    var next = person.withAnswer(Comparison.of("newcomer-9", "item-1", "item-2"));
    assertThat(next.answers()).isEqualTo(26);
    assertThat(person.answers()).isEqualTo(25);
    assertThat(person.weights()).containsExactly(before);
    assertThat(next.weights()).isNotEqualTo(before);
  }

  @Test
  void tellsNoInfiniteDistanceFromThePopulation() {
    assertThat(person.text()).contains("nats from the population");
    var apart = new Localizer(model, localizer.prior().center(new double[] {1, 0, 0}), Map.of());
    var other = apart.fit(world.newcomer(9).ask(25));
    assertThat(other.divergence()).isInfinite();
    assertThat(other.text()).contains("prototypes").doesNotContain("nats");
  }

  @Test
  void aTrainingUserKeepsTheWeightsOfTheTraining() {
    var user = Person.of(model, "user-3");
    assertThat(user.weights()).containsExactly(world.weights("user-3"));
    assertThat(user.certificate()).hasToString("trained with the model; no certificate");
    assertThat(user.uncertainty()).containsOnly(Double.NaN);
    assertThat(user.name()).isEqualTo("user-3 (the truth, K=3, trained)");
    assertThatThrownBy(() -> user.withAnswer(Comparison.of("user-3", "item-1", "item-2")))
        .hasMessage(
            "training user 'user-3': expected somebody placed by answers, found weights from"
                + " training, whose answers are not kept. Localizer.of(model).fit(answers) places"
                + " them by all their answers.");
  }

  @Test
  void anUnknownUserIsAnErrorThatSaysWhatToDo() {
    assertThatThrownBy(() -> Person.of(model, "ann"))
        .hasMessage(
            "the truth, K=3: expected one of its 30 training users, found 'ann'."
                + " Localizer.of(model).fit(answers) places somebody new; model.population()"
                + " scores for everybody.");
  }

  @Test
  void theNearestPrototypeComesFirst() {
    var nearest = person.nearest();
    assertThat(nearest)
        .extracting(Person.Share::weight)
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(person.weights()[nearest.get(0).prototype()]).isEqualTo(nearest.get(0).weight());
  }

  @Test
  void aPersonShowsWeightsUncertaintyAndCertificate() {
    assertThat(person.text())
        .startsWith("newcomer-9 (the truth, K=3, 25 answers)")
        .contains("prototype 1", "prototype 2", "prototype 3", "±", "convex, gap ");
    assertThat(person.html()).startsWith("<table><caption>newcomer-9").endsWith("</p>");
  }

  @Test
  void uncertaintyOfTwoPrototypesIsTheCurvatureAlongTheEdge() {
    // One answer of margins (1, -1), temperature .3, strength 2: in the first weight w the loss has
    // the second derivative sigma'(m / .3) (2 / .3)^2 + 2 * 2.
    var two = World.spec().dimension(2).prototypes(2).noise(0.3).seed(1).create();
    var margins = WeightMargins.linear(new double[][] {{0.1, -0.1}}, null, 2);
    var ann = Localizer.of(TrueModel.of(two, 2)).place("ann", margins);
    double w = ann.weights()[0];
    double p = 1 / (1 + Math.exp(-0.1 * (2 * w - 1) / 0.3));
    double curvature = p * (1 - p) * Math.pow(0.2 / 0.3, 2) + 4;
    assertThat(ann.uncertainty())
        .containsExactly(
            new double[] {1 / Math.sqrt(curvature), 1 / Math.sqrt(curvature)}, within(1e-9));
  }

  @Test
  void aWeightAtItsBoundHasNoDeviation() {
    var margins = WeightMargins.linear(new double[][] {{1, 0, -1}, {0, 1, -1}}, null, 3);
    var ann = localizer.strength(0.01).place("ann", margins);
    assertThat(ann.weights()[2]).isZero();
    assertThat(ann.uncertainty()[2]).isNaN();
    assertThat(ann.uncertainty()[0]).isEqualTo(ann.uncertainty()[1], within(1e-12)).isPositive();
    assertThat(ann.text()).contains("at the bound");
  }

  @Test
  void whatNeitherAnswersNorPriorDecideIsUndecided() {
    var same = WeightMargins.linear(new double[][] {{1, 1, 1}}, null, 3);
    var ann = localizer.strength(0).place("ann", same);
    assertThat(ann.uncertainty()).containsOnly(Double.POSITIVE_INFINITY);
    assertThat(ann.text()).contains("undecided");
  }

  @Test
  void moreAnswersMakeThingsSurer() {
    double few = localizer.fit(world.newcomer(2).ask(20)).uncertainty()[0];
    double many = localizer.fit(world.newcomer(2).ask(800)).uncertainty()[0];
    assertThat(many).isLessThan(0.6 * few);
  }

  @Test
  void anExplanationSaysWhatEachPrototypeSays() {
    var why = person.explain(null, "item-4", "item-5");
    double sum = why.voices().stream().mapToDouble(Explanation.Voice::contribution).sum();
    assertThat(why.probability()).isCloseTo(1 / (1 + Math.exp(-sum)), within(1e-9));
    assertThat(why.probability()).isCloseTo(person.compare(null, "item-4", "item-5"), within(1e-9));
    assertThat(why.text()).startsWith("P('item-4' preferred to 'item-5') = 1.000");
    assertThat(why.html()).startsWith("<table>").contains("prototype 3");
  }

  @Test
  void rankingNothingIsAnError() {
    assertThatThrownBy(() -> person.rank(List.of()))
        .hasMessage("items: expected at least one entry, found [].");
  }

  @Test
  void prototypesAreCountedFromOneWhereverTheyAreShown() {
    assertThat(person.nearest().get(0).toString())
        .matches("prototype [123]: 0\\.\\d{3} ± 0\\.\\d{3}");
    assertThat(new Person.Share(0, 1, Double.NaN)).hasToString("prototype 1: 1.000 at the bound");
    assertThat(new Person.Share(-1, 0.5, Double.NaN)).hasToString("population: 0.500");
  }

  @Test
  void pairsImpliedByVotesAreAsManyAnswersAsThereWereVotes() {
    var votes = Judgements.builder();
    for (int i = 0; i < 8; i++) votes.add("ana", world.pool().id(i), i % 2);
    var pairs =
        votes.build().pairs().withItems(world.pool().select(IntStream.range(0, 8).toArray()));
    assertThat(pairs.size()).isEqualTo(16);
    var placed = localizer.fit(pairs);
    assertThat(placed.answers()).isEqualTo(8);
    assertThat(placed.name()).endsWith("8 answers)");
  }

  @Test
  void whatIsPrintedIsWhatIsShown() {
    var why = person.explain(null, world.pool().id(0), world.pool().id(1));
    assertThat(why).hasToString(why.text());
  }
}
