package palette.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.evaluate.Sweep;
import palette.family.BasisSpec;
import palette.family.Gradients;
import palette.family.Population;
import palette.family.Small;
import palette.personalize.Person;
import palette.plot.Plots;
import palette.reward.Option;
import palette.reward.Space;
import palette.support.InputException;

/** Families that are no mix: one reward for all, free weights, rewards that are drawn. */
class OddFamilyTest {
  private static final BasisSpec ONE =
      BasisSpec.of(new OwnFamilyTest.Linear(Space.POINT)).epochs(3).seed(7).device("cpu");
  private static final BasisSpec FREE =
      BasisSpec.of(new OwnFamilyTest.Linear(Space.FREE)).epochs(20).seed(7).device("cpu");

  @TempDir Path folder;

  @Test
  void oneRewardForAllIsSavedWithAllThatItWasLearnedFrom() {
    var answers = Small.asked(20, 2);
    var fitted = ONE.fit(answers);
    fitted.save(folder.resolve("m"));
    var loaded = ONE.load(folder.resolve("m"));
    assertThat(loaded.margins(answers)).isEqualTo(fitted.margins(answers));
    assertThat(loaded.text()).isEqualTo(fitted.text());
    assertThat(loaded.users()).isEqualTo(fitted.users());
    var again = loaded.fitted().spec().fit(answers);
    assertThat(again.margins(answers)).isEqualTo(fitted.margins(answers));
  }

  @Test
  void aFamilyThatFailsLeavesTheThreadAsItWas() {
    boolean before = Torch.recording();
    Torch.recording(true);
    try {
      assertThatThrownBy(() -> BasisSpec.of(new OwnFamilyTest.Wrong()).fit(Small.camps(5, 1)))
          .hasMessageContaining("rewards of wrong");
      assertThat(Torch.recording()).isTrue();
    } finally {
      Torch.recording(before);
    }
  }

  @Test
  void rewardsOfAnotherShapeAreRefusedByOneGraphToo() {
    for (boolean asked : new boolean[] {false, true}) {
      var answers = asked ? Gradients.asked(true) : Gradients.votes();
      var spec = BasisSpec.of(new OwnFamilyTest.Wrong());
      var data = TrainingSet.of(answers, answers, false, false);
      var plan = Plan.graph(Task.of(spec, data, Device.cpu()), "a test");
      try (var objective = plan.opening().open(Gradients.random(spec, data, false), 5)) {
        assertThatThrownBy(() -> objective.step(Gradients.all(data), 0, 4))
            .hasMessageContaining("rewards of wrong: expected shape (");
      }
    }
  }

  /** Rewards that are not the same twice. */
  record Drawn(SplittableRandom random) implements Basis {
    @Override
    public String name() {
      return "drawn";
    }

    @Override
    public List<Parameter.Start> start(Sizes n) {
      return List.of(OwnFamilyTest.Linear.V.normal(1, n.prototypes(), n.inputs()));
    }

    @Override
    public NDArray rewards(Parameters p, Inputs x) {
      NDArray r = x.itemVectors().matMul(p.get(OwnFamilyTest.Linear.V).transpose());
      return r.mul(p.number(random.nextDouble(0.9, 1.1)));
    }
  }

  @Test
  void rewardsThatAreDrawnAreNotTakenForNumbersThatDoNotLive() {
    var spec = BasisSpec.of(new Drawn(new SplittableRandom(1))).epochs(2).device("cpu");
    assertThat(spec.fit(Small.camps(5, 1)).history().epochs()).hasSize(2);
  }

  /** With something to add to the loss, s / 2 |V|^2. */
  record Held(double s) implements Basis {
    @Override
    public String name() {
      return "held";
    }

    @Override
    public List<Parameter.Start> start(Sizes n) {
      return List.of(OwnFamilyTest.Linear.V.normal(1, n.prototypes(), n.inputs()));
    }

    @Override
    public NDArray rewards(Parameters p, Inputs x) {
      return x.itemVectors().matMul(p.get(OwnFamilyTest.Linear.V).transpose());
    }

    @Override
    public NDArray penalty(Parameters p) {
      return s == 0 ? null : p.get(OwnFamilyTest.Linear.V).square().sum().mul(p.number(s / 2));
    }
  }

  @Test
  void whatAFamilyAddsToTheLossIsInItsGradients() {
    var answers = Gradients.votes();
    var data = TrainingSet.of(answers, answers, false, false);
    var held = BasisSpec.of(new Held(3));
    var start = Gradients.random(held, data, false);
    double[] v = OwnFamilyTest.Linear.V.of(start).doubles();
    for (boolean graph : new boolean[] {false, true}) {
      double[] with = gradient(held, data, start, graph);
      double[] without = gradient(BasisSpec.of(new Held(0)), data, start, graph);
      for (int i = 0; i < v.length; i++) {
        assertThat(with[i] - without[i]).isCloseTo(3 * v[i], within(1e-5));
      }
    }
  }

  private static double[] gradient(
      BasisSpec spec, TrainingSet data, Map<String, Tensor> start, boolean graph) {
    var task = Task.of(spec, data, Device.cpu());
    var plan = graph ? Plan.graph(task, "a test") : Plan.general(task);
    int[] all = Gradients.all(data);
    try (var objective = plan.opening().open(start, 5)) {
      if (objective instanceof BasisObjective basis) basis.accumulate(all, 0, all.length);
      if (objective instanceof GraphObjective whole) whole.accumulate(all, 0, all.length);
      return OwnFamilyTest.Linear.V.of(objective.gradients());
    }
  }

  /** Nothing is learned but how everybody weighs what the vectors say. */
  record AsGiven(boolean twice) implements Basis {
    @Override
    public String name() {
      return "as given";
    }

    @Override
    public Space space() {
      return Space.FREE;
    }

    @Override
    public List<Parameter.Start> start(Sizes n) {
      return List.of();
    }

    @Override
    public NDArray rewards(Parameters p, Inputs x) {
      return twice ? x.itemVectors().mul(p.number(2)) : x.itemVectors();
    }
  }

  @Test
  void aFamilyMayLearnNothingButItsUsersWeights() {
    var split = Small.camps(40, 1).splitByAnswer(0.8, 3);
    var spec = BasisSpec.of(new AsGiven(false)).epochs(40).seed(7).device("cpu");
    var model = spec.fit(split.train());
    assertThat(Small.accuracy(model, split.test())).isGreaterThan(0.7);
    model.save(folder.resolve("m"));
    assertThat(spec.load(folder.resolve("m")).margins(split.test()))
        .isEqualTo(model.margins(split.test()));
    assertThatThrownBy(() -> BasisSpec.of(new AsGiven(true)).device("cpu").fit(split.train()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Write the number itself, x.mul(2.0)");
  }

  private enum Way {
    THIS,
    THAT;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT) + " way";
    }
  }

  /** With an option that calls itself otherwise in texts. */
  record Choosy() implements Basis {
    static final Option<Way> WAY = Option.of("way", Way.THIS);

    @Override
    public String name() {
      return "choosy";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(WAY);
    }

    @Override
    public List<Parameter.Start> start(Sizes n) {
      return List.of(OwnFamilyTest.Linear.V.normal(1, n.prototypes(), n.inputs()));
    }

    @Override
    public NDArray rewards(Parameters p, Inputs x) {
      return x.itemVectors().matMul(p.get(OwnFamilyTest.Linear.V).transpose());
    }
  }

  @Test
  void anOptionComesBackWhateverItIsCalledInTexts() {
    var spec = BasisSpec.of(new Choosy()).epochs(1).device("cpu");
    spec.with(Choosy.WAY, Way.THAT).fit(Small.camps(5, 1)).save(folder.resolve("m"));
    var loaded = spec.load(folder.resolve("m"));
    assertThat(loaded.fitted().settings().get(Choosy.WAY)).isEqualTo(Way.THAT);
  }

  @Test
  void anOptionOfAFamilyMayNotTakeTheNameOfAnother() {
    Basis clash =
        new Basis() {
          @Override
          public String name() {
            return "clash";
          }

          @Override
          public List<Option<?>> options() {
            return List.of(Option.of("temperature", 5.0));
          }

          @Override
          public List<Parameter.Start> start(Sizes n) {
            return List.of();
          }

          @Override
          public NDArray rewards(Parameters p, Inputs x) {
            return null;
          }
        };
    assertThatThrownBy(() -> BasisSpec.of(clash))
        .hasMessageContaining("options: expected each name once, found temperature");
  }

  @Test
  void freeWeightsAreNoMixAndHaveNoBound() {
    var model = FREE.fit(Small.camps(20, 1));
    var person = Person.of(model, "user2");
    assertThat(java.util.Arrays.stream(person.weights()).min().orElseThrow()).isNegative();
    assertThat(person.text()).doesNotContain("bound");
    assertThat(person.divergence()).isNaN();
    assertThat(person.effectivePrototypes()).isNaN();
    assertThatThrownBy(() -> FREE.partition(1))
        .hasMessageContaining("partition: expected a family whose users mix prototypes");
  }

  @Test
  void freeWeightsAreDrawnAsTheyAre() {
    var model = FREE.prototypes(3).fit(Small.camps(20, 1));
    var figure = Plots.weights(model);
    var chart = (XYChart) figure.chart();
    assertThat(figure.png()).isNotEmpty();
    for (int k = 0; k < 3; k++) {
      double[] drawn = chart.getSeriesMap().get("prototype " + (k + 1)).getYData();
      for (int u = 0; u < drawn.length; u++) {
        assertThat(drawn[u]).isEqualTo(model.weights(model.users().get(u))[k]);
      }
    }
    assertThatThrownBy(() -> Plots.weights(Population.spec().fit(Small.camps(5, 1))))
        .hasMessageContaining("weights of population: expected users with weights, found none");
  }

  @Test
  void factorsThatMayTurnHaveNoStability() {
    var choice =
        Sweep.over("prototypes", 2)
            .specs(k -> FREE.epochs(2).prototypes(k))
            .repeat(2)
            .choose(Small.camps(20, 1));
    assertThat(choice.candidates().get(0).stability()).isNaN();
    assertThat(Plots.choice(choice).png()).isNotEmpty();
  }
}
