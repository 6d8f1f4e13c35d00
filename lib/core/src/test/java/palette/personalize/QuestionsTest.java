package palette.personalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.numeric.LinkKind;
import palette.numeric.Links;
import palette.reward.Link;
import palette.simulate.World;

class QuestionsTest {

  private static double spread(double[] lambda, double[] v) {
    double p = Links.logistic(lambda[0] * v[0] + lambda[1] * v[1]);
    return p * (1 - p);
  }

  @Test
  void scoresOfMethodsFive() {
    double[] lambda = {0.5, -1};
    var design = new Design(2, 0.001);
    for (double[] v : new double[][] {{1, 0}, {0.2, 0.8}}) design.add(v, spread(lambda, v));
    assertThat(design.form(new double[] {1, 0})).isCloseTo(4.23610750333046, within(1e-9));
    assertThat(design.form(new double[] {0, 1})).isCloseTo(7.25914892264948, within(1e-9));
    double[][] candidates = {{1, 1}, {0, 1}, {2, 0.5}, {-0.5, 0.3}, {0.1, -2}};
    double[] reference = {0.518690967, 0.280611492, 0.919855877, 0.109153382, 0.301190297};
    double[] optimal = {1.165386041, 0.886752874, 1.592132737, 0.385584266, 1.381475454};
    for (int i = 0; i < 5; i++) {
      double spread = spread(lambda, candidates[i]);
      assertThat(design.reference(candidates[i], spread)).isCloseTo(reference[i], within(1e-9));
      assertThat(design.dOptimal(candidates[i], spread)).isCloseTo(optimal[i], within(1e-9));
    }
  }

  private final World world =
      World.spec().users(5).dimension(3).prototypes(3).noise(0.3).items(40).seed(2).create();
  private final TrueModel model = TrueModel.of(world, 0.5);
  private final Person person = Localizer.of(model).fit(world.newcomer(1).ask(5));

  @Test
  void theMostWorthwhileQuestionComesFirst() {
    var ranked = Questions.of(model).rank(person, world.newcomer(2).ask(50));
    assertThat(ranked).hasSize(50);
    assertThat(ranked)
        .extracting(Questions.Question::reference)
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(ranked.get(0).probability())
        .isCloseTo(
            person.compare(null, ranked.get(0).pair().chosen(), ranked.get(0).pair().rejected()),
            within(1e-9));
  }

  @Test
  void aProbabilityIsThatOfTheLink() {
    for (var kind : LinkKind.values()) {
      var rows = RowsModel.mixes(8).link(new Link(kind, 1, 0, 0.8));
      var pair = Preferences.of(List.of(Comparison.of("ann", "i3", "i7")));
      var ann = Localizer.of(rows).fit(pair.first(0));
      assertThat(Questions.of(rows).rank(ann, pair).get(0).probability())
          .as(kind.label())
          .isCloseTo(ann.compare(null, "i3", "i7"), within(1e-12));
    }
  }

  @Test
  void aQuestionIsNotAskedTwice() {
    var candidates = world.newcomer(2).ask(50);
    var before = Questions.of(model).rank(person, candidates);
    var first = before.get(0).pair();
    var twin = new Comparison(first.user(), first.prompt(), first.rejected(), first.chosen());
    for (var answer : List.of(first, twin)) {
      var again = Questions.of(model).rank(person.withAnswer(answer), candidates);
      assertThat(again).hasSize(before.size() - 1).noneMatch(q -> q.pair().equals(first));
    }
    var both =
        Preferences.of(List.of(first, twin))
            .withItems(
                candidates
                    .items()
                    .select(
                        new int[] {
                          candidates.items().indexOf(first.chosen()),
                          candidates.items().indexOf(first.rejected())
                        }));
    assertThat(Questions.of(model).rank(person, both)).hasSize(1);
  }

  @Test
  void scoresDependOnHowPrototypesDisagreeOnly() {
    // Shifting all margins of a pair alike moves nothing but its probability.
    double[] v = {1, -2, 1};
    var design = new Design(3, 0.5);
    design.add(v, 0.2);
    double inBasis = 6 / (0.5 + 0.2 * 6);
    assertThat(design.form(v)).isCloseTo(inBasis, within(1e-12));
  }

  @Test
  void askingWhatIsWorthAskingTeachesMoreThanChance() {
    double wise = 0;
    double chance = 0;
    for (int i = 0; i < 30; i++) {
      var pool = world.newcomer(i).ask(200);
      var asked = Localizer.of(model).fit(pool.first(0));
      for (int n = 0; n < 8; n++) {
        asked = asked.withAnswer(Questions.of(model).rank(asked, pool).get(0).pair());
      }
      double[] truth = world.newcomer(i).weights();
      wise += distance(asked.weights(), truth);
      chance += distance(Localizer.of(model).fit(pool.first(8)).weights(), truth);
    }
    assertThat(wise).isLessThan(chance);
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) sum += (a[k] - b[k]) * (a[k] - b[k]);
    return Math.sqrt(sum);
  }

  @Test
  void aPersonOfAnotherModelIsAnError() {
    var other = Questions.of(TrueModel.of(world, 1));
    assertThatThrownBy(() -> other.rank(person, world.newcomer(2).ask(2)))
        .hasMessage(
            "person: expected a user of this model, found newcomer-1 (the truth, K=3, 5 answers).");
  }
}
