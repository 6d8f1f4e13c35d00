package palette.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.engine.Tensor;
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
        Named.of("balanced", PLAIN.balanced()));
  }

  static Study study(PalA.Spec spec) {
    var answers = Gradients.votes();
    return Study.of(answers, answers.first(0), true, spec.settings.flag("balanced"));
  }

  static Map<String, Tensor> start(PalA.Spec spec, Study study) {
    var sizes =
        new ModelShapes.Sizes(
            study.users.size(), study.items.size(), study.entries.dimension(), 0, 0, true);
    return Gradients.random(ModelShapes.palA(spec.settings, sizes));
  }

  static LinearObjective objective(PalA.Spec spec, Study study, Map<String, Tensor> start) {
    var groups = new PalGroups(spec.settings, study.users.size());
    return new LinearObjective(study, spec.settings, spec.loss, start, groups, 5);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void agreeWithDifferences(PalA.Spec spec) {
    agreeWithDifferences(spec, study(spec));
  }

  @Test
  void ofAMetricAgreeWithDifferences() {
    var spec = PLAIN.identity(false).dimension(16);
    var answers = Small.camps(2, 1);
    var study = Study.of(answers, answers.first(0), true, false);
    assertThat(MetricViews.suits(study, spec.settings, start(spec, study))).isTrue();
    agreeWithDifferences(spec, study);
  }

  private static void agreeWithDifferences(PalA.Spec spec, Study study) {
    var start = start(spec, study);
    int[] all = Gradients.all(study);
    var objective = objective(spec, study, start);
    objective.accumulate(all, 0, all.length);
    Gradients.compare(
        start,
        objective.gradients(),
        1e-4,
        1e-6,
        moved -> objective(spec, study, moved).accumulate(all, 0, all.length));
  }

  // Forward every user stands on one prototype, so the loss does not move with the logits, but maps
  // and prototypes have true slopes.
  @Test
  void ofAPartitionAgreeForMapsAndPrototypes() {
    var spec = PLAIN.partition(0.7);
    var study = study(spec);
    var start = start(spec, study);
    int[] all = Gradients.all(study);
    var objective = objective(spec, study, start);
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
          return objective(spec, study, whole).accumulate(all, 0, all.length);
        });
  }

  // Forward: the argmax of logits plus Gumbel noise. Backward: the softmax of the same.
  @Test
  void ofAPartitionReachTheLogitsThroughTheSoftmax() {
    var spec = PLAIN.partition(0.7).userPrior(0).identity(false);
    var pair = Preferences.of(java.util.List.of(Comparison.of("u", "l", "r")));
    var items = Catalog.of(pair.items().ids(), new float[][] {{1, 0, 2}, {-1, 1, 0}});
    var answers = pair.withItems(items);
    var study = Study.of(answers, answers.first(0), true, false);
    var objective = objective(spec, study, start(spec, study));
    double loss = objective.accumulate(new int[] {0}, 0, 1);

    var noise = Seeds.stream(5, "gumbel");
    double[] soft = objective.values("users.offset").clone();
    for (int k = 0; k < 3; k++) {
      soft[k] -= Math.log(-Math.log(noise.nextDouble(Double.MIN_NORMAL, 1)));
    }
    int stands = Mixing.softmax(soft, 0.7);
    double[] margins = new double[3];
    for (int k = 0; k < 3; k++) margins[k] = margin(objective, k, items);
    assertThat(loss).isCloseTo(Links.logLoss(margins[stands]), within(1e-12));
    double slope = Loss.LOGISTIC.slope(margins[stands]);
    double mean = Closeness.DOT.at(soft, margins, null);
    for (int k = 0; k < 3; k++) {
      double expected = soft[k] * slope * (margins[k] - mean) / 0.7;
      assertThat(objective.gradients().get("users.offset")[k]).isCloseTo(expected, within(1e-12));
    }
  }

  private static double margin(LinearObjective objective, int k, Catalog items) {
    double[][] a = new double[2][3];
    double[] p = new double[3];
    for (int c = 0; c < 3; c++) {
      for (int l = 0; l < 2; l++) a[l][c] = objective.values("f.weight")[l * 3 + c];
      p[c] = objective.values("prototypes")[k * 3 + c];
    }
    double[][] u = new double[2][];
    for (int i = 0; i < 2; i++) {
      float[] x = items.vector(i);
      u[i] = Golden.map(a, new double[] {x[0], x[1], x[2]});
    }
    double[] q = Golden.map(a, p);
    return Closeness.SQUARED.at(u[0], q, null) - Closeness.SQUARED.at(u[1], q, null);
  }

  @Test
  void theGoldenSlopeOfTheLogits() {
    var golden = Golden.read("ideal-point.json");
    var pair = Preferences.of(java.util.List.of(Comparison.of("user", "left", "right")));
    float[][] x = {Golden.floats(golden.get("left")), Golden.floats(golden.get("right"))};
    var answers = pair.withItems(pair.items().withVectors(x));
    var study = Study.of(answers, answers.first(0), true, false);
    var spec = PLAIN.prototypes(2).userPrior(0).identity(false);
    var objective = objective(spec, study, start(spec, study));
    set(objective.values("users.offset"), Golden.numbers(golden.get("logits")));
    for (int row = 0; row < 2; row++) {
      put(objective.values("f.weight"), row, Golden.rows(golden.get("A"))[row]);
      put(objective.values("prototypes"), row, Golden.rows(golden.get("prototypes"))[row]);
    }
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

  // The bound is lambda * sum max(0, |p| - u): its slope is the direction of p beyond u.
  @Test
  void theBoundPullsPrototypesBack() {
    var golden = Golden.read("bound.json").get(0);
    var spec = PLAIN.prototypes(2).placement(Placement.LATENT);
    var bound = spec.prototypeBound(golden.get("norm").asDouble(), 1);
    double[] without = pull(spec, Golden.rows(golden.get("prototypes")));
    double[] with = pull(bound, Golden.rows(golden.get("prototypes")));
    for (int i = 0; i < with.length; i++) with[i] -= without[i];
    assertThat(with).containsExactly(Golden.numbers(golden.get("gradient")), within(1e-9));
  }

  private static double[] pull(PalA.Spec spec, double[][] prototypes) {
    var study = study(spec);
    var objective = objective(spec, study, start(spec, study));
    for (int k = 0; k < 2; k++) put(objective.values("prototypes.latent"), k, prototypes[k]);
    int[] all = Gradients.all(study);
    objective.accumulate(all, 0, all.length);
    return objective.gradients().get("prototypes.latent").clone();
  }

  @Test
  void aBatchOfAFewRowsHasTheGradientOfThoseRows() {
    var study = study(PLAIN);
    var start = start(PLAIN, study);
    int[] few = {4, 9, 4};
    var objective = objective(PLAIN, study, start);
    objective.accumulate(few, 0, 3);
    Gradients.compare(
        start,
        objective.gradients(),
        1e-4,
        1e-6,
        moved -> objective(PLAIN, study, moved).accumulate(few, 0, 3));
  }
}
