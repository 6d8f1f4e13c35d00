package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.engine.HeapParameters;
import palette.engine.Tensor;
import palette.family.fast.LinearRewards;
import palette.fit.BasisObjective;
import palette.fit.FitSpec;
import palette.fit.TrainingSet;
import palette.fit.UserWeights;
import palette.numeric.LinkKind;
import palette.numeric.Links;
import palette.reward.Loss;
import palette.support.Seeds;

/** The gradients by hand of PAL-A with a linear f, in double precision. */
class LinearGradientTest {
  private static final PalA.Spec PLAIN = PalA.spec().prototypes(3).dimension(2).userPrior(1);

  static Stream<Named<PalA.Spec>> specs() {
    return Stream.of(
        Named.of("logistic", PLAIN),
        Named.of("hinge", PLAIN.loss(Loss.HINGE)),
        Named.of("smooth hinge", PLAIN.loss(Loss.smoothHinge(2))),
        Named.of("latent prototypes", PLAIN.placement(Placement.LATENT)),
        Named.of("without identity", PLAIN.identity(false)),
        Named.of("without a mean", PLAIN.userPrior(0)),
        Named.of("one prototype", PLAIN.prototypes(1)),
        Named.of("balanced", PLAIN.balanced()),
        Named.of("gamma", PLAIN.loss(Loss.of(LinkKind.GAMMA))),
        Named.of("log-normal, position", PLAIN.loss(Loss.of(LinkKind.LOG_NORMAL).withPosition())),
        Named.of("logistic, position", PLAIN.loss(Loss.LOGISTIC.withPosition())),
        Named.of("davidson, position", PLAIN.loss(Loss.of(LinkKind.DAVIDSON).withPosition())),
        Named.of(
            "rao", PLAIN.loss(Loss.of(LinkKind.RAO_KUPPER).withPosition().withUserTemperatures())),
        Named.of("hinge, own temperatures", PLAIN.loss(Loss.HINGE.withUserTemperatures())));
  }

  static TrainingSet data(PalA.Spec spec) {
    var loss = spec.loss();
    boolean more = loss.position() || loss.kind().ties();
    var answers = more ? Gradients.answered() : Gradients.votes();
    boolean balanced = spec.settings().get(FitSpec.BALANCED);
    var told = loss.kind().ties() ? answers.withTiedRows() : answers;
    return TrainingSet.of(told, answers.first(0), true, balanced);
  }

  static Map<String, Tensor> start(PalA.Spec spec, TrainingSet data) {
    return Gradients.random(spec, data, true);
  }

  static BasisObjective objective(PalA.Spec spec, TrainingSet data, Map<String, Tensor> start) {
    var plan = spec.basis().plan(Gradients.task(spec, data));
    assertThat(plan.path()).isEqualTo("linear map by hand");
    return (BasisObjective) plan.opening().open(start, 5);
  }

  /** The same from numbers of double precision. */
  private static BasisObjective objective(
      PalA.Spec spec, TrainingSet data, HeapParameters users, HeapParameters others) {
    var task = Gradients.task(spec, data);
    var rewards = new LinearRewards(task, spec.settings().get(PalSpec.DIMENSION), others);
    return new BasisObjective(task, false, List.of(), users, rewards, 5);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void agreeWithDifferences(PalA.Spec spec) {
    var data = data(spec);
    agree(spec, data, moved -> objective(spec, data, moved));
  }

  private static void agree(
      PalA.Spec spec, TrainingSet data, Function<Map<String, Tensor>, BasisObjective> opening) {
    var start = start(spec, data);
    int[] all = Gradients.all(data);
    var objective = opening.apply(start);
    objective.accumulate(all, 0, all.length);
    Gradients.compare(
        start,
        objective.gradients(),
        1e-4,
        1e-6,
        moved -> opening.apply(moved).accumulate(all, 0, all.length));
  }

  // Forward every user stands on one prototype, so the loss does not move with the logits, but maps
  // and prototypes have true slopes.
  @Test
  void ofAPartitionAgreeForMapsAndPrototypes() {
    var spec = PLAIN.partition(0.7);
    var data = data(spec);
    var start = start(spec, data);
    int[] all = Gradients.all(data);
    var objective = objective(spec, data, start);
    objective.accumulate(all, 0, all.length);
    var free = new LinkedHashMap<>(start);
    free.keySet().removeIf(name -> name.startsWith("users."));
    var gradients = new LinkedHashMap<>(objective.gradients());
    gradients.keySet().retainAll(free.keySet());
    Gradients.compare(
        free,
        gradients,
        1e-4,
        1e-6,
        moved -> {
          var whole = new LinkedHashMap<>(start);
          whole.putAll(moved);
          return objective(spec, data, whole).accumulate(all, 0, all.length);
        });
  }

  // Forward: the argmax of logits plus Gumbel noise. Backward: the softmax of the same.
  @Test
  void ofAPartitionReachTheLogitsThroughTheSoftmax() {
    var spec = PLAIN.partition(0.7).userPrior(0).identity(false);
    var pair = Preferences.of(java.util.List.of(Comparison.of("u", "l", "r")));
    var items = Catalog.of(pair.items().ids(), new float[][] {{1, 0, 2}, {-1, 1, 0}});
    var answers = pair.withItems(items);
    var data = TrainingSet.of(answers, answers.first(0), true, false);
    var objective = objective(spec, data, start(spec, data));
    double loss = objective.accumulate(new int[] {0}, 0, 1);

    var noise = Seeds.stream(5, "gumbel");
    double[] soft = start(spec, data).get("users.offset").doubles();
    for (int k = 0; k < 3; k++) {
      soft[k] -= Math.log(-Math.log(noise.nextDouble(Double.MIN_NORMAL, 1)));
    }
    int stands = UserWeights.softmax(soft, 0.7);
    double[] margins = new double[3];
    for (int k = 0; k < 3; k++) margins[k] = margin(start(spec, data), k, items);
    assertThat(loss).isCloseTo(Links.logLoss(margins[stands]), within(1e-12));
    double slope = Loss.LOGISTIC.slope(margins[stands]);
    double mean = Similarity.DOT.at(soft, margins, null);
    for (int k = 0; k < 3; k++) {
      double expected = soft[k] * slope * (margins[k] - mean) / 0.7;
      assertThat(objective.gradients().get("users.offset")[k]).isCloseTo(expected, within(1e-12));
    }
  }

  private static double margin(Map<String, Tensor> start, int k, Catalog items) {
    double[][] a = new double[2][3];
    double[] p = new double[3];
    for (int c = 0; c < 3; c++) {
      for (int l = 0; l < 2; l++) a[l][c] = start.get("f.weight").values()[l * 3 + c];
      p[c] = start.get("prototypes").values()[k * 3 + c];
    }
    double[][] u = new double[2][];
    for (int i = 0; i < 2; i++) {
      float[] x = items.vector(i);
      u[i] = Golden.map(a, new double[] {x[0], x[1], x[2]});
    }
    double[] q = Golden.map(a, p);
    return Similarity.SQUARED.at(u[0], q, null) - Similarity.SQUARED.at(u[1], q, null);
  }

  @Test
  void theGoldenSlopeOfTheLogits() {
    var golden = Golden.read("ideal-point.json");
    var pair = Preferences.of(java.util.List.of(Comparison.of("user", "left", "right")));
    float[][] x = {Golden.floats(golden.get("left")), Golden.floats(golden.get("right"))};
    var answers = pair.withItems(pair.items().withVectors(x));
    var data = TrainingSet.of(answers, answers.first(0), true, false);
    var spec = PLAIN.prototypes(2).userPrior(0).identity(false);
    var task = Gradients.task(spec, data);
    var start = start(spec, data);
    var users =
        new HeapParameters(Map.of("users.offset", start.remove("users.offset")), task.groups()::of);
    var others = new HeapParameters(start, task.groups()::of);
    set(users.values.get("users.offset"), Golden.numbers(golden.get("logits")));
    for (int row = 0; row < 2; row++) {
      put(others.values.get("f.weight"), row, Golden.rows(golden.get("A"))[row]);
      put(others.values.get("prototypes"), row, Golden.rows(golden.get("prototypes"))[row]);
    }
    var objective = objective(spec, data, users, others);
    double loss = objective.accumulate(new int[] {0}, 0, 1);
    assertThat(loss).isCloseTo(0.099082890663, within(1e-9));
    assertThat(objective.gradients().get("users.offset"))
        .containsExactly(Golden.numbers(golden.get("logit gradient").get("value")), within(1e-9));
  }

  private static void set(double[] values, double[] to) {
    System.arraycopy(to, 0, values, 0, to.length);
  }

  private static void put(double[] values, int row, double[] to) {
    System.arraycopy(to, 0, values, row * to.length, to.length);
  }

  @Test
  void aBatchOfAFewRowsHasTheGradientOfThoseRows() {
    var data = data(PLAIN);
    var start = start(PLAIN, data);
    int[] few = {4, 9, 4};
    var objective = objective(PLAIN, data, start);
    objective.accumulate(few, 0, 3);
    Gradients.compare(
        start,
        objective.gradients(),
        1e-4,
        1e-6,
        moved -> objective(PLAIN, data, moved).accumulate(few, 0, 3));
  }
}
