package palette.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.evaluate.Evaluation;
import palette.evaluate.Sweep;
import palette.family.BasisSpec;
import palette.family.Gradients;
import palette.family.Small;
import palette.personalize.Localizer;
import palette.reward.Option;
import palette.reward.Space;
import palette.support.InputException;

/** A family that a stranger writes in one place is all that a model needs. */
class OwnFamilyTest {

  /** K linear rewards; where there are prompts, of x weighed by what was asked. */
  record Linear(Space space) implements Basis {
    static final Parameter V = Parameter.prototype("basis");
    static final Parameter ASKED = Parameter.map("asked");
    static final Option<Double> FIRST = Option.of("first", 0.5);

    @Override
    public String name() {
      return "linear";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(FIRST);
    }

    @Override
    public List<Parameter.Start> start(Sizes n) {
      var v = V.normal(n.get(FIRST), n.prototypes(), n.inputs());
      if (n.prompts() == 0) return List.of(v);
      return List.of(v, ASKED.normal(0.5, n.promptInputs(), n.inputs()));
    }

    @Override
    public NDArray rewards(Parameters p, Inputs x) {
      if (!x.hasPrompts()) return x.items(v -> v.matMul(p.get(V).transpose()));
      NDArray weighed = x.itemVectors().mul(x.prompts(c -> c.matMul(p.get(ASKED))).exp());
      return weighed.matMul(p.get(V).transpose()).mul(p.number(0.5));
    }
  }

  /** Items that are known by id only, and a number each for each prototype. */
  record ByItem() implements Basis {
    @Override
    public String name() {
      return "by item";
    }

    @Override
    public List<Parameter.Start> start(Sizes n) {
      return List.of(Parameter.IDENTITY.normal(0.3, n.items(), n.prototypes()));
    }

    @Override
    public NDArray rewards(Parameters p, Inputs x) {
      return x.own(p.get(Parameter.IDENTITY));
    }
  }

  private static final BasisSpec LINEAR =
      BasisSpec.of(new Linear(Space.SIMPLEX)).prototypes(2).epochs(40).seed(7).device("cpu");
  private static final BasisSpec FREE =
      BasisSpec.of(new Linear(Space.FREE)).prototypes(2).epochs(40).seed(7).device("cpu");

  @TempDir Path folder;

  static Stream<Named<BasisSpec>> specs() {
    return Stream.of(Named.of("on the simplex", LINEAR), Named.of("free", FREE));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void itLearnsThatTwoCampsDiffer(BasisSpec spec) {
    var split = Small.camps(40, 1).splitByAnswer(0.8, 3);
    var two = Evaluation.of(spec.fit(split.train()), split.test());
    var one = BasisSpec.of(new Linear(Space.POINT)).epochs(40).seed(7).fit(split.train());
    double everybody = Evaluation.of(one, split.test()).accuracy();
    assertThat(two.accuracy()).isGreaterThan(everybody + 0.15).isGreaterThan(0.75);
    assertThat(one.knows("a stranger")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void itTrainsAsOneGraphWould(BasisSpec spec) {
    equalsOneGraph(spec, Gradients.votes());
    equalsOneGraph(spec, Gradients.asked(true));
    equalsOneGraph(BasisSpec.of(new ByItem()).prototypes(3), Small.idsOnly(Gradients.votes()));
  }

  private static void equalsOneGraph(BasisSpec spec, Preferences answers) {
    var data = TrainingSet.of(answers, answers, false, false);
    var start = Gradients.random(spec, data, true);
    var task = Task.of(spec, data, Device.cpu());
    int[] all = Gradients.all(data);
    try (var fast = (BasisObjective) spec.basis().plan(task).opening().open(start, 5);
        var graph = Gradients.graph(spec, data, start, Device.cpu(), DataType.FLOAT64)) {
      double loss = fast.accumulate(all, 0, all.length);
      var gradients = fast.gradients();
      double measured = fast.measure(data.validation).loss();
      assertThat(loss).isCloseTo(graph.accumulate(all, 0, all.length), within(1e-5));
      var expected = graph.gradients();
      gradients.forEach(
          (name, values) ->
              assertThat(values).as(name).containsExactly(expected.get(name), within(1e-5)));
      assertThat(measured).isCloseTo(graph.measure(data.validation).loss(), within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void itsGradientsAreThoseOfDifferences(BasisSpec spec) {
    var answers = Gradients.asked(true);
    var data = TrainingSet.of(answers, answers.first(0), false, false);
    var start = Gradients.random(spec, data, true);
    Gradients.compare(
        start,
        pass(spec, data, start).gradients(),
        2e-4,
        2e-6,
        moved -> pass(spec, data, moved).loss());
  }

  private record Pass(double loss, Map<String, double[]> gradients) {}

  private static Pass pass(BasisSpec spec, TrainingSet data, Map<String, Tensor> start) {
    int[] all = Gradients.all(data);
    try (var graph = Gradients.graph(spec, data, start, Device.cpu(), DataType.FLOAT64)) {
      return new Pass(graph.accumulate(all, 0, all.length), graph.gradients());
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void aNewcomerIsPlacedWithACertificate(BasisSpec spec) {
    var all = Small.camps(60, 1);
    var known = all.where(row -> all.user(row) >= 6);
    var model = spec.fit(known);
    var asked = all.ofUser("user3").first(20);
    var heldOut = all.ofUser("user3").select(java.util.stream.IntStream.range(20, 60).toArray());
    var person = Localizer.of(model).fit(asked);
    assertThat(person.certificate().convex()).isTrue();
    assertThat(person.certificate().gap()).isLessThan(1e-8);
    double before = Small.accuracy(model.population(), heldOut);
    assertThat(Small.accuracy(person, heldOut)).isGreaterThan(before).isGreaterThan(0.75);
    assertThat(model.place(asked).margins(heldOut)).isEqualTo(person.margins(heldOut));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void itIsSavedAndLoadedToTheLastBit(BasisSpec spec) {
    var answers = Small.asked(20, 2);
    var fitted = spec.with(Linear.FIRST, 0.25).fit(answers);
    fitted.save(folder.resolve("m"));
    var loaded = spec.load(folder.resolve("m"));
    assertThat(loaded.margins(answers)).isEqualTo(fitted.margins(answers));
    assertThat(loaded.prior()).usingRecursiveComparison().isEqualTo(fitted.prior());
    assertThat(loaded.text()).isEqualTo(fitted.text());
    assertThat(loaded.fitted().settings().get(Linear.FIRST)).isEqualTo(0.25);
    assertThatThrownBy(() -> BasisSpec.of(new ByItem()).load(folder.resolve("m")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected a model of the kind by item, found linear.");
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    var answers = Small.asked(20, 2);
    var spec = FREE.epochs(5).threads(1);
    assertThat(spec.fit(answers).margins(answers)).isEqualTo(spec.fit(answers).margins(answers));
    assertThat(spec.seed(8).fit(answers).margins(answers))
        .isNotEqualTo(spec.fit(answers).margins(answers));
  }

  @Test
  void itIsSweptLikeAnyOther() {
    var split = Small.camps(20, 1).splitByAnswer(0.8, 3);
    var sweep =
        Sweep.over("prototypes", 1, 2).specs(k -> LINEAR.prototypes(k)).repeat(2).run(split);
    assertThat(sweep.table().rowCount()).isEqualTo(4);
  }

  @Test
  void itSaysWhichWayItsFitWent() {
    var model = LINEAR.epochs(1).fit(Small.camps(5, 1));
    assertThat(model.provenance().what().get("path"))
        .isEqualTo("rewards by graph: any basis on the CPU");
    assertThat(model.text()).contains("training", "rewards by graph: any basis on the CPU");
    assertThat(model.name()).isEqualTo("linear, K=2");
  }

  // ------------------------------------------------------------------------------ wrong families

  /** Of a shape that is not asked for. */
  record Wrong() implements Basis {
    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public List<Parameter.Start> start(Sizes n) {
      return List.of(Linear.V.normal(1, n.inputs(), 5));
    }

    @Override
    public NDArray rewards(Parameters p, Inputs x) {
      return x.itemVectors().matMul(p.get(Linear.V));
    }
  }

  @Test
  void rewardsOfAnotherShapeAreRefused() {
    assertThatThrownBy(() -> BasisSpec.of(new Wrong()).fit(Small.camps(5, 1)))
        .hasMessageContaining("rewards of wrong: expected shape (")
        .hasMessageContaining(", 2), one a place and prototype, found shape (");
  }

  /** With a number that DJL frees before the way back, where an option asks for it. */
  record Fleeting() implements Basis {
    static final Option<Boolean> THEN = Option.of("then", false);

    @Override
    public String name() {
      return "fleeting";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(THEN);
    }

    @Override
    public List<Parameter.Start> start(Sizes n) {
      return List.of(Linear.V.normal(1, n.prototypes(), n.inputs()));
    }

    @Override
    public NDArray rewards(Parameters p, Inputs x) {
      NDArray r = x.itemVectors().matMul(p.get(Linear.V).transpose());
      return p.get(THEN) ? r.mul(2) : r;
    }
  }

  @Test
  void aNumberThatDoesNotLiveUntilTheWayBackIsFound() {
    var spec = BasisSpec.of(new Fleeting()).epochs(1).device("cpu");
    spec.fit(Small.camps(5, 1));
    assertThatThrownBy(() -> spec.with(Fleeting.THEN, true).fit(Small.camps(5, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("rewards of fleeting, gradient of 'basis'")
        .hasMessageContaining("Write x.mul(p.number(2))");
  }

  @Test
  void anOptionThatAFamilyHasNotIsRefused() {
    assertThatThrownBy(() -> BasisSpec.of(new ByItem()).with(Linear.FIRST, 1.0))
        .hasMessageContaining("found first.");
  }
}
