package palette.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.PreferencesBuilder;
import palette.simulate.Survey;
import palette.simulate.World;
import palette.simulate.WorldSpec;

/** Who answers by taste, who by a coin, who by place. */
class AnswerQualityTest {
  private static final WorldSpec SPEC = World.spec().users(300).dimension(2).prototypes(3);

  private static Survey planted(WorldSpec spec) {
    return Survey.of(spec.create()).random(1 / 3.0).byPlace(0.1);
  }

  // ------------------------------------------------------------------------------ planted worlds

  @ParameterizedTest
  @CsvSource({"2, 0.1, 1", "2, 0.2, 3", "2, 0.3, 1", "2, 0.3, 2", "16, 0.1, 2", "16, 0.3, 3"})
  void aThirdAtRandomAndATenthByPlaceAreFoundWithFortyAnswers(int d, double noise, long seed) {
    var survey = planted(SPEC.dimension(d).noise(noise).seed(seed));
    var answers = survey.ask();
    assertThat(answers.size()).isEqualTo(300 * 40);
    var users = AnswerQuality.of(answers).users();
    double found = users.stream().filter(AnswerVerdict::found).count();
    double careless = users.stream().filter(v -> careless(survey, v)).count();
    double both = users.stream().filter(v -> v.found() && careless(survey, v)).count();
    assertThat(careless).isEqualTo(130);
    assertThat(both / found).as("precision").isGreaterThanOrEqualTo(0.9);
    assertThat(both / careless).as("recall").isGreaterThanOrEqualTo(0.9);
  }

  private static boolean careless(Survey survey, AnswerVerdict verdict) {
    return survey.manner(verdict.of()) != Survey.Manner.TASTE;
  }

  @Test
  void aLongVectorTellsAsMuchAndTheSameAnswersTellTheSame() {
    var answers = planted(SPEC.users(150).noise(0.3).seed(2)).ask();
    var padded = new float[answers.items().size()][];
    for (int i = 0; i < padded.length; i++)
      padded[i] = Arrays.copyOf(answers.items().vector(i), 40);
    var long40 = answers.withItems(answers.items().withVectors(padded));
    var users = AnswerQuality.of(long40).users();
    assertThat(users).isEqualTo(AnswerQuality.of(long40).users());
    var kinds = AnswerQuality.of(answers).users().stream().map(AnswerVerdict::kind).toList();
    var other = users.stream().map(AnswerVerdict::kind).toList();
    long alike = IntStream.range(0, 150).filter(u -> kinds.get(u) == other.get(u)).count();
    assertThat(alike).isGreaterThan(140);
  }

  @Test
  void whoFollowsPlacesIsToldFromWhoTossesACoin() {
    var survey = planted(SPEC.noise(0.1).seed(1));
    for (var v : AnswerQuality.of(survey.ask()).users()) {
      boolean byPlace = v.kind() == AnswerKind.CONSTRUCTED;
      var manner = survey.manner(v.of());
      assertThat(byPlace)
          .isEqualTo(manner == Survey.Manner.FIRST || manner == Survey.Manner.SECOND);
    }
  }

  @Test
  void whereNobodyIsCarelessNobodyIsFound() {
    var quality = AnswerQuality.of(Survey.of(SPEC.noise(0.1).seed(4).create()).ask());
    assertThat(quality.users().stream().filter(AnswerVerdict::found).count()).isLessThan(6);
    assertThat(quality.genuine().size()).isGreaterThan(294 * 40);
  }

  @Test
  void whereEverybodyTossesACoinNobodyIsGenuine() {
    var coins = Survey.of(SPEC.seed(5).create()).random(1).ask();
    var users = AnswerQuality.of(coins).users();
    assertThat(users.count(AnswerKind.GENUINE)).isLessThan(6);
    assertThat(users.count(AnswerKind.NON_ATTITUDE)).isGreaterThan(270);
  }

  @Test
  void answersToFreshQuestionsAloneDecideNothing() {
    var once = Survey.of(SPEC.seed(6).create()).again(0).random(0.5).ask();
    var quality = AnswerQuality.of(once);
    assertThat(quality.users().count(AnswerKind.UNDECIDED)).isEqualTo(300);
    assertThat(quality.genuine().size()).isEqualTo(once.size());
    assertThat(quality.text()).contains("unknown");
    assertThat(quality.users().get(0).reasons()).startsWith("what stood first");
  }

  @Test
  void withoutPlacesWhoFollowsThemLooksLikeACoin() {
    var survey = planted(SPEC.noise(0.1).seed(1));
    var blind = survey.ask();
    var users = AnswerQuality.of(Preferences.of(blind.comparisons())).users();
    assertThat(users.count(AnswerKind.CONSTRUCTED)).isZero();
    assertThat(users.stream().filter(v -> careless(survey, v) && !v.found()).count())
        .isLessThan(13);
  }

  // ------------------------------------------------------------------------------ single measures

  private static PreferencesBuilder round(PreferencesBuilder to, String user, String... wins) {
    for (var pair : wins) to.add(Comparison.of(user, pair.substring(0, 1), pair.substring(1)));
    return to;
  }

  @Test
  void theCircularTriadsOfMethodsSevenAreCountedPerUser() {
    // scores 4, 2, 2, 1, 1: two circles among ten triads
    var wins = new String[] {"ab", "ac", "ad", "ae", "bc", "bd", "cd", "ce", "de", "eb"};
    var straight = new String[] {"ab", "ac", "ad", "ae", "bc", "bd", "be", "cd", "ce", "de"};
    var answers = round(round(Preferences.builder(), "ann", wins), "bob", straight).build();
    var users = AnswerQuality.of(answers).users();
    assertThat(users.get(0).straight()).isEqualTo(new Share(8, 10));
    assertThat(users.get(1).straight()).isEqualTo(new Share(10, 10));
    assertThat(users.get(1).attitude()).isGreaterThan(users.get(0).attitude());
  }

  @Test
  void twoPromptsMakeNoCircle() {
    var builder = Preferences.builder();
    builder.add(new Comparison("ann", "p", "a", "b")).add(new Comparison("ann", "p", "b", "c"));
    var answers = builder.add(new Comparison("ann", "q", "c", "a")).build();
    assertThat(AnswerQuality.of(answers).user("ann").straight().of()).isZero();
  }

  @Test
  void sharesHaveExactIntervals() {
    // Clopper and Pearson for 14 of 20: .457 to .881; for 0 of 10 the upper end is 1 - .025^(1/10)
    assertThat(new Share(14, 20).low()).isCloseTo(0.4572, within(1e-4));
    assertThat(new Share(14, 20).high()).isCloseTo(0.8811, within(1e-4));
    assertThat(new Share(0, 10).high()).isCloseTo(1 - Math.pow(0.025, 0.1), within(1e-9));
    assertThat(new Share(10, 10)).hasToString("10 of 10 (.69 to 1.00)");
    assertThat(new Share(0, 0)).hasToString("");
  }

  @Test
  void aQuestionThatLeavesPeopleColdIsFoundAndOneThatDividesThemIsNot() {
    var builder = Preferences.builder();
    for (int u = 0; u < 20; u++) {
      var divides = u % 2 == 0 ? "ab" : "ba";
      round(builder, "user" + u, divides, divides, "cd", u < 18 ? "dc" : "cd");
    }
    var pairs = AnswerQuality.of(builder.build()).pairs();
    assertThat(pairs.get(0).of()).isEqualTo("a / b");
    assertThat(pairs.get(0).kind()).isEqualTo(AnswerKind.GENUINE);
    assertThat(pairs.get(1).kind()).isEqualTo(AnswerKind.NON_ATTITUDE);
  }

  @Test
  void twoCampsAreDisagreementBeyondNoise() {
    var builder = Preferences.builder();
    for (int u = 0; u < 20; u++) {
      var wins = u % 2 == 0 ? "ab" : "ba";
      round(builder, "user" + u, wins, wins, u == 0 ? "ba" : wins);
    }
    var camps = AnswerQuality.of(builder.build()).pluralism();
    assertThat(camps.within()).isCloseTo(2 / 60.0, within(1e-12));
    // 29 answers one way of 60, less the pairs of one person
    assertThat(camps.between()).isCloseTo((29 * 31 - 2) / (1770.0 - 60), within(1e-12));
    assertThat(camps.plural()).isGreaterThan(0.45);
    assertThat(camps.withinInterval().contains(camps.within())).isTrue();
  }

  @Test
  void theMedianTimeOfAnAnswerIsShown() {
    var builder = Preferences.builder().add(Comparison.of("ann", "a", "b"), 1, 1, 2);
    builder.add(Comparison.of("ann", "a", "c"), 1, 2, 9).add(Comparison.of("bob", "a", "c"));
    var users = AnswerQuality.of(builder.build()).users();
    assertThat(users.get(0).seconds()).isEqualTo(5.5);
    assertThat(users.get(1).seconds()).isNaN();
  }

  @Test
  void itShowsItselfWithVerdictsAndReasons() {
    var quality = AnswerQuality.of(planted(SPEC.noise(0.1).seed(1)).ask());
    assertThat(quality.users().text())
        .contains("follows place")
        .contains("alike when asked again 0 of 20 (.00 to .17)");
    assertThat(quality.html()).startsWith("<table>").contains("ceiling of accuracy");
    assertThat(quality.effects().rows().get(3).get(4)).isGreaterThan("0.93");
    assertThat(quality.of(AnswerKind.CONSTRUCTED).size()).isEqualTo(30 * 40);
    assertThatThrownBy(() -> quality.user("eve"))
        .hasMessage("user: expected one who answered, found 'eve'.");
  }

  @Test
  void noAnswersAreNoTrouble() {
    assertThat(AnswerQuality.of(Preferences.of(List.of())).users()).isEmpty();
  }
}
