package palette.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Preferences;
import palette.engine.Tensor;

/** Autograd, in double precision, against the gradients by hand and against differences. */
class GraphGradientTest {
  private static final PalA.Spec A = PalA.spec().prototypes(3).dimension(2).userPrior(1);
  private static final PalB.Spec B =
      PalB.spec().prototypes(2).dimension(3).hidden(4).userPrior(1).identity(false);

  /** What accumulate left behind: the loss, and the gradient of every parameter. */
  private record Pass(double loss, Map<String, double[]> gradients) {}

  private static Pass pass(
      PalSpec<?> spec, Study study, Map<String, Tensor> start, GraphObjective.Margins margins) {
    var groups = new PalGroups(spec.settings, study.users.size());
    try (var graph =
            new GraphObjective(
                study,
                spec.settings,
                spec.loss,
                start,
                groups,
                5,
                margins,
                Device.cpu(),
                DataType.FLOAT64);
        var scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int[] all = Gradients.all(study);
      double loss = graph.accumulate(all, 0, all.length);
      return new Pass(loss, graph.gradients());
    }
  }

  @ParameterizedTest
  @MethodSource("palette.reward.LinearGradientTest#specs")
  void isThePlainPathThatTheGradientsByHandEqual(PalA.Spec spec) {
    var study = LinearGradientTest.study(spec);
    var start = LinearGradientTest.start(spec, study);
    int[] all = Gradients.all(study);
    var byHand = LinearGradientTest.objective(spec, study, start);
    double loss = byHand.accumulate(all, 0, all.length);
    var graph = pass(spec, study, start, PalMargins.a(spec.settings));
    assertThat(graph.loss).isCloseTo(loss, within(1e-6)); // the weights of rows are floats
    byHand
        .gradients()
        .forEach(
            (name, values) ->
                assertThat(graph.gradients.get(name))
                    .as(name)
                    .containsExactly(values, within(1e-6)));
  }

  static Stream<Named<PalA.Spec>> specsOfA() {
    return Stream.of(
        Named.of("mlp", A.mlp(4)),
        Named.of("mlp with relu", A.mlp(4).activation(Activation.RELU)),
        Named.of("residual", A.residual(4).dimension(3)),
        Named.of("cosine", A.distance(Distance.COSINE)),
        Named.of("plain", A.distance(Distance.PLAIN)),
        Named.of("mixed, then mapped", A.mlp(4).placement(Placement.MIXED_THEN_MAPPED)),
        Named.of("latent", A.mlp(4).placement(Placement.LATENT)),
        Named.of("own loss", A.loss("cubic", m -> m.neg().add(9).pow(3).mul(0.01))));
  }

  @ParameterizedTest
  @MethodSource("specsOfA")
  void palA(PalA.Spec spec) {
    var study = LinearGradientTest.study(spec);
    var start = LinearGradientTest.start(spec, study);
    agrees(spec, study, start, PalMargins.a(spec.settings));
  }

  @Test
  void palAWithPrompts() {
    var study = study(Gradients.asked(false), true);
    var spec = A.mlp(4);
    var start = Gradients.random(ModelShapes.palA(spec.settings, sizes(study)));
    agrees(spec, study, start, PalMargins.a(spec.settings));
  }

  static Stream<Named<PalB.Spec>> specsOfB() {
    return Stream.of(
        Named.of("mlp", B),
        Named.of("linear", B.linear()),
        Named.of("normalised mixture", B.normalisedMixture()),
        Named.of("identity", B.identity(true)),
        Named.of("hinge", B.loss(Loss.HINGE)));
  }

  @ParameterizedTest
  @MethodSource("specsOfB")
  void palB(PalB.Spec spec) {
    var study = study(Gradients.asked(true), false);
    var start = Gradients.random(ModelShapes.palB(spec.settings, sizes(study)));
    agrees(spec, study, start, PalMargins.b(spec.settings));
  }

  @Test
  void palBWithoutPrompts() {
    var study = study(Gradients.votes(), false);
    var start = Gradients.random(ModelShapes.palB(B.settings, sizes(study)));
    agrees(B, study, start, PalMargins.b(B.settings));
  }

  private static Study study(Preferences answers, boolean joint) {
    return Study.of(answers, answers.first(0), joint, false);
  }

  private static ModelShapes.Sizes sizes(Study study) {
    int prompts = study.prompts.size();
    int asked = study.prompts.dimension();
    int items = study.items.dimension();
    return new ModelShapes.Sizes(
        study.users.size(), study.items.size(), items, prompts, asked, false);
  }

  private static void agrees(
      PalSpec<?> spec, Study study, Map<String, Tensor> start, GraphObjective.Margins margins) {
    var gradients = pass(spec, study, start, margins).gradients;
    Gradients.compare(
        start, gradients, 2e-4, 2e-6, 4, moved -> pass(spec, study, moved, margins).loss);
  }

  // The bound is not part of the loss that is shown, so it is measured as a difference of pulls.
  @Test
  void theBoundPullsAsByHand() {
    UnaryOperator<PalA.Spec> bounded = spec -> spec.prototypeBound(0.5, 2);
    var study = LinearGradientTest.study(A);
    var start = LinearGradientTest.start(A, study);
    var byHand = LinearGradientTest.objective(bounded.apply(A), study, start);
    int[] all = Gradients.all(study);
    byHand.accumulate(all, 0, all.length);
    var graph = pass(bounded.apply(A), study, start, PalMargins.a(A.settings)).gradients;
    assertThat(graph.get("prototypes"))
        .containsExactly(byHand.gradients().get("prototypes"), within(1e-6));
    var free = pass(A, study, start, PalMargins.a(A.settings)).gradients;
    assertThat(graph.get("prototypes")).isNotEqualTo(free.get("prototypes"));
  }
}
