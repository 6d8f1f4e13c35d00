package palette.personalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import palette.data.Preferences;
import palette.family.PalA;
import palette.reward.Scorer;
import palette.simulate.World;

/** The third story of the front page: a PAL-A that was really trained, and newcomers. */
class RealModelTest {
  private static World world;
  private static PalA model;

  @BeforeAll
  static void train() {
    world = World.spec().users(100).dimension(2).prototypes(3).noise(0.3).seed(108).create();
    var split = world.askEveryone(40).splitByAnswer(0.8, 7);
    model = PalA.spec().prototypes(3).dimension(2).epochs(60).seed(7).fit(split.train());
  }

  private static double accuracy(Scorer scorer, Preferences answers) {
    return Arrays.stream(scorer.margins(answers)).filter(m -> m > 0).count()
        / (double) answers.size();
  }

  @Test
  void aNewcomerIsPlacedByTwentyAnswers() {
    var newcomer = world.newcomer(99);
    var asked = newcomer.ask(20);
    var heldOut = newcomer.ask(500);
    var person = Localizer.of(model).fit(asked);
    assertThat(person.certificate().convex()).isTrue();
    assertThat(person.certificate().gap()).isLessThanOrEqualTo(1e-9);
    var nobody = Localizer.of(model).fit(asked.first(0));
    assertThat(accuracy(person, heldOut)).isGreaterThan(accuracy(nobody, heldOut) + 0.1);
    assertThat(person.text()).startsWith("newcomer-99 (PAL-A, K=3, 20 answers)");
  }

  @Test
  void answersHelpNewcomersOnAverage() {
    var all = world.askNewcomers(100, 120);
    var heldOut = all.where(row -> row % 120 >= 40);
    var localizer = Localizer.of(model);
    double none = accuracy(localizer.fitAll(all.first(0)), heldOut);
    double twenty = accuracy(localizer.fitAll(all.first(20)), heldOut);
    double forty = accuracy(localizer.fitAll(all.first(40)), heldOut);
    assertThat(twenty).isGreaterThan(none + 0.01);
    assertThat(forty).isGreaterThan(twenty - 0.005);
    assertThat(forty).isBetween(world.bestAccuracy() - 0.05, world.bestAccuracy() + 0.02);
  }

  @Test
  void withoutAnswersANewcomerIsThePopulation() {
    var heldOut = world.newcomer(5).ask(50);
    var person = Localizer.of(model).fit(world.newcomer(5).ask(0));
    assertThat(person.margins(heldOut))
        .containsExactly(model.population().margins(heldOut), within(1e-12));
  }

  @Test
  void aTrainingUserScoresAsTheModelDoes() {
    var answers = world.askEveryone(10).ofUser("user-17");
    var person = Person.of(model, "user-17");
    assertThat(person.margins(answers)).containsExactly(model.margins(answers), within(1e-12));
    var items = List.copyOf(model.items().ids().subList(0, 5));
    assertThat(person.rank(items)).isEqualTo(model.rank("user-17", null, items));
    assertThat(person.compare(null, items.get(0), items.get(1)))
        .isEqualTo(model.probability("user-17", null, items.get(0), items.get(1)));
  }
}
