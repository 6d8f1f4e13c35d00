package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import palette.behaviour.EchoChamber;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.Split;
import palette.evaluate.Evaluation;
import palette.fit.Parameter;
import palette.numeric.LinkKind;
import palette.personalize.Localizer;
import palette.personalize.Person;
import palette.reward.Link;
import palette.reward.LinkFit;
import palette.reward.Loss;

/** What a loss learns of its own, against worlds in which it was planted. */
class LearnedLinkTest {
  private static final PalA.Spec SPEC = PalA.spec().prototypes(2).dimension(2).threads(1).seed(3);
  private static final Loss DAVIDSON = Loss.of(LinkKind.DAVIDSON);

  private static Split<Preferences> parts(Planted world, int users, int each) {
    return world.answers(users, each, 1).splitByAnswer(0.8, 1);
  }

  // ------------------------------------------------------------------------------ random strength

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1})
  void theVariationOfStrengthsLiesInItsInterval(double planted) {
    var answers = Planted.world().variation(planted).answers(80, 100, 5);
    var fit = LinkFit.of(Loss.of(LinkKind.GAMMA), Planted.truth(), answers);
    assertThat(fit.shape().contains(planted)).as(fit.toString()).isTrue();
    assertThat(fit.shape().low()).isPositive();
    assertThat(fit.shape().high() - fit.shape().low()).isLessThan(0.5);
  }

  @ParameterizedTest
  @EnumSource(names = {"GAMMA", "LOG_NORMAL"})
  void itFallsToZeroWhereEverybodyIsEquallyDecided(LinkKind kind) {
    var fit = LinkFit.of(Loss.of(kind), Planted.truth(), Planted.world().answers(80, 100, 5));
    assertThat(Math.abs(fit.link().shape())).isLessThan(0.2);
    assertThat(fit.shape().low()).isZero();
    assertThat(fit.shape().high()).isBetween(0.05, 0.5);
  }

  @Test
  void intervalsHoldTheTruthAboutAsOftenAsTheySay() {
    int held = 0;
    int bound = 0;
    for (int seed = 0; seed < 40; seed++) {
      var answers = Planted.world().variation(1).ties(0).position(0.5, false).answers(30, 40, seed);
      var loss = Loss.of(LinkKind.GAMMA).withPosition();
      var fit = LinkFit.of(loss, Planted.truth(), answers);
      if (fit.shape().contains(1)) held++;
      if (fit.position().contains(0.5)) bound++;
    }
    assertThat(held).isBetween(34, 40);
    assertThat(bound).isBetween(34, 40);
  }

  @Test
  void aModelLearnsItAndForetellsBetter() {
    var parts = parts(Planted.world().variation(1), 100, 80);
    var plain = SPEC.fit(parts.train());
    var model = SPEC.loss(Loss.of(LinkKind.GAMMA)).fit(parts.train());
    assertThat(Math.abs(model.link().shape())).isBetween(0.5, 1.6);
    assertThat(logLoss(model, parts)).isLessThan(logLoss(plain, parts));
    assertThat(model.toString() + model.text()).contains("Gamma strength", "not convex");
    var person = Localizer.of(model).fit(parts.test().ofUser("u1"));
    assertThat(person.certificate().convex()).isFalse();
    assertThat(person.uncertainty()).doesNotContain(-1);
  }

  private static double logLoss(PalA model, Split<Preferences> parts) {
    return Evaluation.of(model, parts.test()).logLoss();
  }

  // ----------------------------------------------------------------------------------------- ties

  @ParameterizedTest
  @EnumSource(names = {"DAVIDSON", "RAO_KUPPER"})
  void tiesAreForetoldAsOftenAsTheyCome(LinkKind kind) {
    var parts = parts(Planted.world().ties(0.7), 100, 80);
    var model = SPEC.loss(Loss.of(kind)).fit(parts.train());
    var ties = Evaluation.of(model, parts.test()).ties().orElseThrow();
    assertThat(ties.all().right()).isGreaterThan(0.1);
    assertThat(ties.all().said()).isCloseTo(ties.all().right(), within(0.02));
    assertThat(ties.error()).isLessThan(0.04);
    assertThat(Evaluation.of(model, parts.test()).text()).contains("ties, as said");
    double left = model.probability("u0", null, "i1", "i2");
    double right = model.probability("u0", null, "i2", "i1");
    assertThat(left + right + model.tieProbability("u0", null, "i1", "i2"))
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void aTieOfANewcomerCounts() {
    var parts = parts(Planted.world().ties(0.7), 100, 80);
    var model = SPEC.loss(DAVIDSON).fit(parts.train());
    var answers = parts.test().ofUser("u1");
    var without = answers.where(row -> true);
    var localizer = Localizer.of(model);
    assertThat(answers.ties().size()).isPositive();
    assertThat(localizer.fit(answers).answers()).isEqualTo(answers.size() + answers.ties().size());
    assertThat(localizer.fit(answers).certificate().gap()).isLessThan(1e-8);
    assertThat(localizer.fit(answers).weights()).isNotEqualTo(localizer.fit(without).weights());
    assertThat(localizer.fitAll(parts.test()).weights("u1"))
        .containsExactly(localizer.fit(answers).weights(), within(1e-9));
    var plain = SPEC.fit(parts.train());
    assertThat(Localizer.of(plain).fit(answers).weights())
        .isEqualTo(Localizer.of(plain).fit(without).weights());
  }

  @Test
  void aSplitPartsTiesLikeOtherAnswers() {
    var all = Planted.world().ties(0.7).answers(100, 20, 1);
    var parts = all.splitByAnswer(0.8, 4);
    int tied = parts.test().ties().size();
    assertThat(parts.train().ties().size() + tied).isEqualTo(all.ties().size());
    double set = 0;
    double asked = 0;
    for (int seed = 0; seed < 20; seed++) {
      var inner = all.splitByAnswer(0.8, seed).train().splitByAnswer(0.9, seed).test();
      set += inner.ties().size();
      asked += inner.size() + inner.ties().size();
    }
    double whole = all.ties().size() / (double) (all.ties().size() + all.size());
    assertThat(set / asked).isCloseTo(whole, within(0.02));
  }

  @Test
  void tiesAreLearnedWhereTheOnlyAnswerAboutAnItemWasSetAside() {
    var planted = Planted.world().ties(0.7).answers(60, 40, 1);
    var builder = Preferences.builder();
    planted.comparisons().forEach(builder::add);
    planted.ties().comparisons().forEach(builder::tie);
    var all = builder.add(Comparison.of("u0", "rare", "i1")).build();
    long aside =
        LongStream.range(0, 100)
            .filter(
                seed ->
                    all.splitByAnswer(0.9, seed).test().comparisons().stream()
                        .anyMatch(c -> c.chosen().equals("rare")))
            .findFirst()
            .orElseThrow();
    var model = SPEC.loss(DAVIDSON).seed(aside).fit(all);
    assertThat(model.items().indexOf("rare")).isNotNegative();
    var ties = Evaluation.of(model, all).ties().orElseThrow();
    assertThat(ties.all().said()).isCloseTo(ties.all().right(), within(0.03));
  }

  // ------------------------------------------------------------------------------------- position

  @Test
  void whatStandingFirstIsWorthIsFoundAndLeavesTheRewards() {
    var parts = parts(Planted.world().position(1, true), 100, 80);
    var spec = SPEC.validation(0.2);
    var plain = spec.fit(parts.train());
    var model = spec.loss(Loss.LOGISTIC.withPosition()).fit(parts.train());
    var fit = LinkFit.of(model.link(), true, model, parts.test());
    double worth = fit.link().position() / fit.link().temperature();
    assertThat(worth).isCloseTo(1, within(0.25));
    assertThat(fit.position().low()).isPositive();
    assertThat(model.provenance().what().get("link")).contains("standing first");
    assertThat(logLoss(model, parts)).isLessThan(logLoss(plain, parts) - 0.01);
    assertThat(inflated(plain)).isGreaterThan(0.4);
    assertThat(Math.abs(inflated(model))).isLessThan(inflated(plain) / 2);
  }

  /** By how much items of even numbers, which stood first, are scored above what they deserve. */
  private static double inflated(PalA model) {
    double sum = 0;
    for (int user = 0; user < 2; user++) {
      for (int i = 0; i < Planted.ITEMS; i++) {
        double reward = model.reward("u" + user, null, "i" + i) / model.temperature();
        sum += (i % 2 == 0 ? 1 : -1) * (reward - Planted.score(user, i)) / Planted.ITEMS;
      }
    }
    return sum;
  }

  @Test
  void onlyALinkKnowsWhatStandsFirst() {
    assertThatThrownBy(Loss.HINGE::withPosition)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hinge");
  }

  // -------------------------------------------------------------------------- users' temperatures

  @Test
  void howDecidedEachUserIs() {
    var world = Planted.world().spread(1);
    var parts = parts(world, 100, 80);
    var plain = SPEC.fit(parts.train());
    var model = SPEC.loss(Loss.LOGISTIC.withUserTemperatures()).fit(parts.train());
    assertThat(logLoss(model, parts)).isLessThan(logLoss(plain, parts) - 0.01);
    double together = 0;
    double found = 0;
    double planted = 0;
    for (int u = 0; u < 100; u++) {
      double is = -Math.log(world.temperature(u));
      double said = Math.log(model.sharpness("u" + u));
      together += is * said;
      found += said * said;
      planted += is * is;
    }
    assertThat(together / Math.sqrt(found * planted)).isGreaterThan(0.6);
    assertThat(Math.sqrt(found / planted)).as("shrunk").isLessThan(1);
    var person = Person.of(model, "u3");
    assertThat(person.compare(null, "i1", "i2"))
        .isCloseTo(model.probability("u3", null, "i1", "i2"), within(1e-12));
  }

  @Test
  void whoIsPlacedHasNoTrainingUsersTemperature() {
    var answers = Planted.world().spread(1).answers(20, 40, 1);
    var model = SPEC.epochs(5).loss(Loss.LOGISTIC.withUserTemperatures()).fit(answers);
    var placed = Localizer.of(model).fit(answers.ofUser("u3"));
    var kept = Person.of(model, "u3", placed.weights());
    assertThat(kept.compare(null, "i1", "i2")).isEqualTo(placed.compare(null, "i1", "i2"));
    assertThat(EchoChamber.dialled(placed, 1).temperature()).isEqualTo(model.temperature());
    var trained = Person.of(model, "u3");
    assertThat(trained.temperature()).isNotEqualTo(model.temperature());
    assertThat(EchoChamber.dialled(trained, 1).temperature()).isEqualTo(trained.temperature());
  }

  // ------------------------------------------------------------------------------------------ all

  @Test
  void theSameSeedGivesTheSameBits() {
    var parts = parts(Planted.world().ties(0.7), 30, 30);
    for (var loss : List.of(Loss.of(LinkKind.GAMMA), DAVIDSON.withPosition())) {
      var spec = SPEC.epochs(5).loss(loss.withUserTemperatures());
      var one = spec.fit(parts.train());
      var two = spec.fit(parts.train());
      assertThat(one.link()).isEqualTo(two.link());
      assertThat(one.margins(parts.test())).isEqualTo(two.margins(parts.test()));
    }
  }

  @ParameterizedTest
  @EnumSource(LinkKind.class)
  void aLinkIsSavedByItsName(LinkKind kind) {
    var loss = Loss.of(kind).withPosition().withUserTemperatures();
    assertThat(Loss.named(loss.name())).isEqualTo(loss).isNotEqualTo(Loss.of(kind));
    assertThat(Loss.named(loss.name()).kind()).isEqualTo(kind);
    var spec = SPEC.loss(loss);
    var names = spec.start(sizes()).stream().map(Parameter.Start::parameter).map(Parameter::name);
    assertThat(names).contains("link.position", "users.temperature");
  }

  private static palette.fit.Sizes sizes() {
    var answers = Planted.world().answers(3, 3, 1);
    return palette.fit.TrainingSet.of(answers, answers.first(0), false, false)
        .sizes(SPEC.settings(), true);
  }

  @Test
  void logOddsAreThoseOfBothSides() {
    for (var kind : LinkKind.values()) {
      var link = new Link(kind, 0.4, 0.3, 2);
      for (int outcome = 0; outcome < 3; outcome++) {
        double there = Math.exp(-kind.with(0.4).loss(at(1.2, outcome), false));
        double back = Math.exp(-kind.with(0.4).loss(-at(1.2, outcome), false));
        assertThat(link.logOdds(1.2, outcome)).isCloseTo(Math.log(there / back), within(1e-9));
      }
    }
  }

  private static double at(double margin, int outcome) {
    return (margin + (outcome == 1 ? 0.3 : outcome == 2 ? -0.3 : 0)) / 2;
  }
}
