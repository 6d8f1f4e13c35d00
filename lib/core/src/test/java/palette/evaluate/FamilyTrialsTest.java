package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import palette.data.Catalog;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.family.PalA;
import palette.family.Population;
import palette.support.Seeds;

/** One cell for every family: what it chooses by, what it tests on, and what it says. */
class FamilyTrialsTest {
  private static final List<Family> FAMILIES =
      List.of(
          Family.of(Population.spec()),
          new Family(
              "PAL-A",
              false,
              List.of(1, 2, 3),
              k -> PalA.spec().prototypes(k).dimension(2).epochs(30)));
  private static FamilyTrials camps;

  /** Forty statements; two camps that want the opposite, or one taste; a tenth errs. */
  static Judgements voices(boolean camps, int users) {
    var random = Seeds.stream(7, "voices");
    var builder = Judgements.builder();
    float[][] vectors = new float[40][];
    for (int i = 0; i < 40; i++) vectors[i] = new float[] {i % 2 == 0 ? 1 : -1, 1};
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < 40; i++) {
        boolean likes = (i % 2 == 0) == (!camps || u % 2 == 0);
        builder.add("u" + u, "s" + i, likes == random.nextDouble() < 0.9 ? 1 : -1);
      }
    }
    var voices = builder.build();
    return voices.withItems(Catalog.of(voices.items().ids(), vectors));
  }

  @BeforeAll
  static void run() {
    camps = Trials.of(voices(true, 40)).seeds(2).run(FAMILIES);
  }

  @Test
  void wherePeopleDifferItSaysSo() {
    assertThat(camps.pick()).isEqualTo("PAL-A");
    assertThat(camps.verdict())
        .startsWith("People differ here. A clear gain of PAL-A over population (+0.")
        .endsWith("All other families are clearly worse.");
    assertThat(camps.numbers("population")).isZero();
    assertThat(camps.numbers("PAL-A")).isGreaterThanOrEqualTo(1);
    assertThat(camps.trials().of("PAL-A")).allMatch(t -> t.size() >= 2);
    assertThat(camps.againstPick("population").worse()).isTrue();
    assertThat(camps.againstPick("population").text()).startsWith("A clear loss of population");
  }

  @Test
  void whereAllAreAlikeOneScoreIsEnough() {
    var alike = Trials.of(voices(false, 40)).seeds(2).run(FAMILIES);
    assertThat(alike.verdict()).startsWith("One score for everybody is enough here.");
    assertThat(alike.trials().of("PAL-A")).allMatch(t -> t.size() == 1);
  }

  /**
   * Of K = 1 with these losses, and of others by how much each user's falls from one to the next.
   */
  private static int taken(double[] first, double[]... falls) {
    double[][] losses = new double[1 + falls.length][];
    losses[0] = first;
    for (int k = 0; k < falls.length; k++) {
      losses[1 + k] = losses[k].clone();
      for (int u = 0; u < 4; u++) losses[1 + k][u] -= falls[k][u];
    }
    return Family.taken(ChoiceTest.sweep(losses), null).value();
  }

  @Test
  void theSimplestIsLeftBeyondWhatPeopleDifferByAndTheOthersBeyondWhatTheirDifferenceDoes() {
    double[] apart = {0.5, 0.6, 0.7, 0.8}; // a standard error of .065
    double[] alike = {0.69, 0.7, 0.7, 0.71};
    double[] clear = {0.01, 0.03, 0.01, 0.03}; // .020 with one of .006, paired
    double[] likely = {0, 0.02, -0.005, 0.025}; // .010, .0074
    double[] chance = {0, 0.01, -0.01, 0.002}; // .0005, .0041
    assertThat(taken(apart, clear)).isEqualTo(1);
    assertThat(taken(alike, clear)).isEqualTo(2);
    assertThat(taken(alike, clear, likely)).isEqualTo(3);
    assertThat(taken(alike, clear, chance)).isEqualTo(2);
    assertThat(taken(alike, new double[] {-0.1, -0.1, -0.1, -0.1})).isEqualTo(1);
    double[] wild = {0.5, 0.6, 0.9, 1}; // .05 above alike with one of .12, paired, and of .004
    assertThat(taken(wild, new double[] {-0.19, -0.1, 0.2, 0.29})).isEqualTo(2);
  }

  /** Where the two disagree: whoever is best on the test may be so by luck. */
  @Test
  void thePickIsTheValidationAnswersAndNotTheTests() {
    var answers = voices(true, 10).pairs(40, 1);
    var careful = trial("careful", constant(2, answers), constant(0.1, answers));
    var lucky = trial("lucky", constant(0.1, answers), constant(2, answers));
    var trials = new FamilyTrials(new Trials(List.of(lucky, careful), List.of(0)), List.of());
    assertThat(trials.pick()).isEqualTo("careful");
    assertThat(trials.ranked()).containsExactly("careful", "lucky");
    assertThat(trials.sheet().rows().get(0)).startsWith("careful");
  }

  /** LoRe at K = 1 has one score as well, and may have the lower loss. */
  @Test
  void whoHasOneScoreByWhatItIsStandsForEverybody() {
    var answers = voices(true, 10).pairs(40, 1);
    var one = trial("one score", constant(0.1, answers), constant(0.1, answers));
    var single = trial("a family at K = 1", constant(0.2, answers), constant(0.1, answers));
    var chosen =
        new Trials.Trial(
            single.name(),
            1,
            1,
            null,
            null,
            single.validated(),
            single.seen(),
            one.newcomers(),
            null,
            1);
    var best = trial("best", constant(2, answers), constant(0.1, answers));
    var all = List.of(one, chosen, sized(best));
    var verdict = new FamilyTrials(new Trials(all, List.of(0)), List.of()).verdict();
    assertThat(verdict).contains("best over one score (");
  }

  private static Trials.Trial sized(Trials.Trial of) {
    var person = camps.trials().of("PAL-A").get(0).model(); // one with numbers
    return new Trials.Trial(
        of.name(), 2, 1, null, person, of.validated(), of.seen(), of.newcomers(), null, 1);
  }

  private static Trials.Trial trial(String name, Evaluation validated, Evaluation seen) {
    var nobody = new LocalizationCurve(name, List.of());
    return new Trials.Trial(name, 0, 1, null, null, validated, seen, nobody, null, 1);
  }

  private static Evaluation constant(double margin, Preferences answers) {
    double[] margins = new double[answers.size()];
    Arrays.fill(margins, margin);
    return Evaluation.of(Cases.scorer("constant", margins), answers);
  }

  @Test
  void theTableHasAllThatAFamilyIsJudgedBy() {
    assertThat(camps.sheet().header())
        .containsExactly(
            "family",
            "K",
            "numbers a person",
            "seen users",
            "difference, 95 %",
            "worst tenth",
            "log loss",
            "calibration error",
            "new, after 0",
            "after 2",
            "after 5",
            "after 10",
            "after 20",
            "unseen items",
            "seconds a fit");
    var pick = camps.sheet().rows().get(0);
    assertThat(pick).hasSize(15).startsWith("PAL-A");
    assertThat(pick.get(4)).isEmpty();
    assertThat(camps.sheet().rows().get(1).get(4)).startsWith("-0.").contains(" to -0.");
    for (var row : camps.sheet().rows()) assertThat(row.get(13)).startsWith("0.");
    assertThat(camps.html()).contains("<table>", "<p>People differ here.");
  }

  @Test
  void unseenItemsAreKnownByTheirContent() {
    for (var trial : camps.trials().of("PAL-A")) {
      assertThat(FamilyTrials.onUnseenItems(trial)).isGreaterThan(0.7);
    }
    for (var trial : camps.trials().of("population")) {
      assertThat(FamilyTrials.onUnseenItems(trial)).isBetween(0.3, 0.7);
    }
  }

  @Test
  void aFamilyIsItsChosenFitAndNothingIsFittedAgain() {
    for (var trial : camps.trials().of("PAL-A")) {
      var parts = trial.parts();
      var again = FAMILIES.get(1).fit(parts.train(), parts.validation(), trial.seed());
      assertThat(again.size()).isEqualTo(trial.size());
      assertThat(again.model().margins(parts.test())).isEqualTo(trial.seen().margins());
    }
  }

  @Test
  void itemsByIdOnlyLeaveOutWhoNeedsVectors() {
    var voices = voices(true, 20);
    var byId = voices.withItems(Catalog.of(voices.items().ids()));
    var some = List.of(FAMILIES.get(0), Family.sized("LoRe", k -> null).needingVectors());
    var trials = Trials.of(byId).seeds(1).run(some);
    assertThat(trials.leftOut()).containsExactly("LoRe");
    assertThat(trials.text())
        .endsWith("Left out, since items are known by id only: LoRe.")
        .contains("One score for everybody is enough here.");
    assertThat(trials.trials().all().get(0).unseenItems()).isNull();
    assertThat(trials.sheet().rows().get(0).get(13)).isEmpty();
  }

  @Test
  void comparisonsAreServedAsJudgementsAre() {
    var pairs = voices(true, 40).pairs(40, 3);
    var trials = Trials.of(pairs).seeds(2).answers(0, 5, 20).run(FAMILIES);
    assertThat(trials.verdict()).startsWith("People differ here.");
    double before = trials.trials().spread("PAL-A", t -> t.accuracyAfter(0)).mean();
    double after = trials.trials().spread("PAL-A", t -> t.accuracyAfter(20)).mean();
    assertThat(after).isGreaterThan(before + 0.2);
    assertThat(FamilyTrials.onUnseenItems(trials.trials().of("PAL-A").get(0))).isGreaterThan(0.7);
  }

  @Test
  void theResultsDoNotDependOnHowManyRunAtOnce() {
    var plan = Trials.of(voices(true, 20)).seeds(2);
    var one = plan.workers(1).run(FAMILIES);
    var two = plan.workers(2).run(FAMILIES);
    assertThat(one.trials().text()).isEqualTo(two.trials().text());
    assertThat(one.verdict()).isEqualTo(two.verdict());
  }

  // ------------------------------------------------------------------------------- the parts

  @Test
  void noAnswerIsOnTwoSides() {
    for (var study : studies()) {
      for (Function<Study, Preferences> other : parts()) {
        for (Function<Study, Preferences> part : parts()) {
          if (part == other) continue;
          var once = new HashSet<>(part.apply(study).comparisons());
          assertThat(other.apply(study).comparisons()).noneMatch(once::contains);
        }
      }
      var seen = new HashSet<>(study.train().answering());
      assertThat(study.heldOut().answering()).isNotEmpty().noneMatch(seen::contains);
      assertThat(study.asked().apply(3).answering()).noneMatch(seen::contains);
      assertThat(seen).containsAll(study.validation().answering());
    }
  }

  private static List<Function<Study, Preferences>> parts() {
    return List.of(
        Study::train, Study::validation, Study::test, s -> s.asked().apply(99), Study::heldOut);
  }

  private static List<Study> studies() {
    var voices = voices(true, 40);
    return List.of(Study.of(voices, 5, 200), Study.of(voices.pairs(60, 5), 5, 200));
  }

  @Test
  void hiddenItemsAreInTheTestAndNowhereElse() {
    for (var study : studies()) {
      var hiding = study.hiding();
      var trained = items(hiding.train());
      trained.addAll(items(hiding.validation()));
      assertThat(items(hiding.test())).isNotEmpty().noneMatch(trained::contains);
      assertThat(trained).hasSize(32);
      var known = new HashSet<>(hiding.train().answering());
      assertThat(hiding.test().answering()).allMatch(known::contains);
    }
  }

  private static Set<String> items(Preferences answers) {
    var ids = new HashSet<String>();
    for (int row = 0; row < answers.size(); row++) {
      ids.add(answers.items().id(answers.chosen(row)));
      ids.add(answers.items().id(answers.rejected(row)));
    }
    return ids;
  }

  @Test
  void pairsHaveTheSharesOfJudgements() {
    var all = voices(true, 40).pairs(100, 5);
    var study = Study.of(all, 5, 200);
    assertThat(study.train().answering()).hasSize(32);
    double seen = study.train().size() + study.validation().size() + study.test().size();
    assertThat(study.train().size() / seen).isCloseTo(0.65, within(0.01));
    assertThat(study.test().size() / seen).isCloseTo(0.2, within(0.01));
    assertThat(Arrays.stream(study.asked().apply(7).answers()).distinct()).containsOnly(0, 7);
    assertThat(Arrays.stream(Study.of(all, 5, 20).train().answers()).max()).hasValue(13);
  }

  /** Every fifth pair of everybody's. */
  private static Preferences tied() {
    var pairs = voices(true, 40).pairs(100, 5);
    var builder = Preferences.builder();
    int row = 0;
    for (var c : pairs.comparisons()) {
      if (row++ % 5 == 4) builder.tie(c);
      else builder.add(c);
    }
    var made = builder.build();
    int[] same = made.items().ids().stream().mapToInt(pairs.items()::indexOf).toArray();
    return made.withItems(pairs.items().select(same));
  }

  @Test
  void tiesArePartedAsOtherPairsAre() {
    var study = Study.of(tied(), 5, 200);
    var hiding = study.hiding();
    int ties = 0;
    for (var part : List.of(study.train(), study.validation(), study.test(), study.heldOut())) {
      assertThat(part.ties().size() / (double) part.size()).isCloseTo(0.25, within(0.1));
      ties += part.ties().size();
    }
    assertThat(ties).isGreaterThan(tied().ties().size() * 4 / 5);
    var trained = items(hiding.train().ties());
    assertThat(trained).isNotEmpty().noneMatch(items(hiding.test())::contains);
    assertThat(items(hiding.validation().ties())).noneMatch(items(hiding.test())::contains);
    assertThat(items(hiding.test().ties())).isNotEmpty().noneMatch(trained::contains);
    var few = Study.of(tied(), 5, 20).train().withTiedRows();
    assertThat(Arrays.stream(few.answers()).max()).hasValue(13);
  }

  @Test
  void whoeverSaysLittleIsNoUser() {
    assertThatThrownBy(() -> Study.of(voices(true, 10).pairs(9, 1), 1, 200))
        .hasMessage("answers: expected two users or more with 10 pairs each, found 0.");
  }
}
