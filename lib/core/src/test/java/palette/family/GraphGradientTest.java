package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.fit.FitSpec;
import palette.fit.TrainingSet;
import palette.reward.Loss;

/** Autograd, in double precision, against the gradients by hand and against differences. */
class GraphGradientTest {
  private static final PalA.Spec A = PalA.spec().prototypes(3).dimension(2).userPrior(1);
  private static final PalB.Spec B =
      PalB.spec().prototypes(2).dimension(3).hidden(4).userPrior(1).identity(false);

  /** What accumulate left behind: the loss, and the gradient of every parameter. */
  private record Pass(double loss, Map<String, double[]> gradients) {}

  private static Pass pass(FitSpec<?> spec, TrainingSet data, Map<String, Tensor> start) {
    try (var graph = Gradients.graph(spec, data, start, Device.cpu(), DataType.FLOAT64);
        var scope = Torch.scope()) {
      int[] all = Gradients.all(data);
      double loss = graph.accumulate(all, 0, all.length);
      return new Pass(loss, graph.gradients());
    }
  }

  @ParameterizedTest
  @MethodSource("palette.family.LinearGradientTest#specs")
  void isThePlainPathThatTheGradientsByHandEqual(PalA.Spec spec) {
    var data = LinearGradientTest.data(spec);
    var start = LinearGradientTest.start(spec, data);
    int[] all = Gradients.all(data);
    var byHand = LinearGradientTest.objective(spec, data, start);
    double loss = byHand.accumulate(all, 0, all.length);
    var graph = pass(spec, data, start);
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
    var data = LinearGradientTest.data(spec);
    var start = LinearGradientTest.start(spec, data);
    agrees(spec, data, start);
  }

  @Test
  void palAWithPrompts() {
    var data = study(Gradients.asked(false), true);
    var spec = A.mlp(4);
    var start = Gradients.random(spec, data, false);
    agrees(spec, data, start);
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
    var data = study(Gradients.asked(true), false);
    var start = Gradients.random(spec, data, false);
    agrees(spec, data, start);
  }

  @Test
  void palBWithoutPrompts() {
    var data = study(Gradients.votes(), false);
    var start = Gradients.random(B, data, false);
    agrees(B, data, start);
  }

  static Stream<FitSpec<?>> otherFamilies() {
    return Stream.of(
        LoRe.spec(),
        Rank.spec().prototypes(2),
        Pref.spec().prototypes(2),
        SignedPal.spec().with(SignedPal.DIMENSION, 3));
  }

  @ParameterizedTest
  @MethodSource
  void otherFamilies(FitSpec<?> spec) {
    var data = study(Gradients.votes(), false);
    agrees(spec, data, Gradients.random(spec, data, true));
  }

  private static TrainingSet study(Preferences answers, boolean joint) {
    return TrainingSet.of(answers, answers.first(0), joint, false);
  }

  private static void agrees(FitSpec<?> spec, TrainingSet data, Map<String, Tensor> start) {
    var gradients = pass(spec, data, start).gradients;
    Gradients.compare(start, gradients, 2e-4, 2e-6, 4, moved -> pass(spec, data, moved).loss);
  }
}
