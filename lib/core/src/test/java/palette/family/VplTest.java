package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Preferences;
import palette.data.Split;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.fit.FitSpec;
import palette.fit.Parameters;
import palette.fit.Task;
import palette.fit.TrainingSet;
import palette.reward.Settings;
import palette.support.InputException;

/** RIVALS 2.6. */
class VplTest {
  private static final JsonNode GOLDEN = Golden.read("vpl.json");
  private static final Vpl.Spec SPEC =
      new Vpl.Spec(Vpl.spec().latent(4).hidden(32).all().rates(0.01, 0.01, 0.01).patience(30))
          .epochs(120)
          .seed(7)
          .threads(1);
  private static Split<Preferences> people;
  private static Split<Preferences> split;
  private static Vpl model;

  @BeforeAll
  static void fit() {
    people = Small.camps(40, 1).splitByUser(0.9, 1);
    split = people.train().splitByAnswer(0.8, 2);
    model = SPEC.fit(split.train());
  }

  private static NDArray array(NDManager here, JsonNode numbers) {
    return Torch.create(here, Tensor.of(Golden.numbers(numbers), 1, numbers.size()));
  }

  @Test
  void whatIsBelievedOfSomebodyIsClampedDrawnAndPaidFor() {
    var golden = GOLDEN.get("posterior");
    try (var scope = Torch.scope()) {
      var here = scope.manager(Device.cpu());
      var mu = array(here, golden.get("mu"));
      var p = new Parameters(Map.of("any", mu), Settings.of(FitSpec.COMMON));
      var posterior =
          new VplBasis.Posterior(
              VplBasis.clamped(p, mu),
              VplBasis.clamped(p, array(here, golden.get("log variance"))));
      assertThat(Torch.numbers(posterior.mu()))
          .containsExactly(Golden.numbers(golden.get("clamped mu")), within(1e-6));
      assertThat(Torch.numbers(posterior.logVariance()))
          .containsExactly(Golden.numbers(golden.get("clamped log variance")), within(1e-6));
      assertThat(Torch.numbers(posterior.divergence(p))[0])
          .isCloseTo(golden.get("divergence").asDouble(), within(1e-6));
      assertThat(Torch.numbers(posterior.sample(p, array(here, golden.get("e")))))
          .containsExactly(Golden.numbers(golden.get("z")), within(1e-6));
    }
  }

  @Test
  void thePriceOfDivergenceGrowsAsACosine() {
    for (var one : GOLDEN.get("slopes")) {
      assertThat(VplObjective.slope(one.get("step").asInt()))
          .isCloseTo(one.get("slope").asDouble(), within(1e-12));
    }
    assertThat(VplObjective.slope(10_001)).as("and begins again").isEqualTo(0.1);
  }

  @Test
  void pairsLookAtEachOther() {
    var golden = GOLDEN.get("attention");
    try (var scope = Torch.scope()) {
      var here = scope.manager(Device.cpu());
      var same = Torch.create(here, Tensor.of(new double[] {1, 0, 0, 1}, 2, 2));
      var p =
          new Parameters(
              Map.of(
                  VplBasis.QUERY.name(), same,
                  VplBasis.KEY.name(), same,
                  VplBasis.VALUE.name(), same),
              Settings.of(FitSpec.COMMON));
      double[][] pairs = Golden.rows(golden.get("pairs"));
      var given =
          Torch.create(
              here,
              Tensor.of(new double[] {pairs[0][0], pairs[0][1], pairs[1][0], pairs[1][1]}, 2, 2));
      assertThat(Torch.numbers(VplBasis.attended(p, given, 1, 2)))
          .containsExactly(Golden.numbers(golden.get("pooled")), within(1e-6));
    }
  }

  @Test
  void gradientsAreTheSlopesOfTheLoss() {
    var data = TrainingSet.of(Gradients.votes(), Gradients.votes().first(0), false, false);
    var spec = SPEC.hidden(3).latent(2).divergence(0.1).all();
    var start = Gradients.random(spec, data, false);
    start.remove(palette.fit.UserWeights.OFFSET.name());
    start.remove(palette.fit.UserWeights.MEAN.name());
    var task = Gradients.task(spec, data, Device.cpu(), DataType.FLOAT64);
    int[] all = Gradients.all(data);
    Map<String, double[]> gradients;
    try (var objective = new VplObjective(task, start, 5);
        var scope = Torch.scope()) {
      objective.accumulate(all, 0, all.length);
      gradients = objective.gradients();
    }
    Gradients.compare(start, gradients, 2e-4, 2e-5, 3, moved -> total(task, moved, all));
  }

  /** Loss and divergence by the same noise. */
  private static double total(Task task, Map<String, Tensor> at, int[] all) {
    try (var objective = new VplObjective(task, at, 5);
        var scope = Torch.scope()) {
      return objective.accumulate(all, 0, all.length) + objective.paid();
    }
  }

  @Test
  void itTellsCampsApart() {
    assertThat(Small.accuracy(model, split.test()))
        .isGreaterThan(Small.accuracy(model.population(), split.test()) + 0.2);
    assertThat(model.activeUnits()).isBetween(1, 4);
    assertThat(model.text()).contains("active units");
  }

  @Test
  void aNewcomerIsReadFromTheirAnswers() {
    double known = 0;
    double unknown = 0;
    for (var user : people.test().answering()) {
      var parts = people.test().ofUser(user).splitByAnswer(0.5, 1);
      known += Small.accuracy(model.place(parts.train()), parts.test());
      unknown += Small.accuracy(model.population(), parts.test());
    }
    assertThat(known / people.test().answering().size()).isGreaterThan(0.8);
    assertThat(known).isGreaterThan(unknown + 0.1);
  }

  @Test
  void whoHasSaidNothingIsThePopulation() {
    var nobody = model.place(split.test().first(0));
    assertThat(nobody.margins(split.test())).isEqualTo(model.population().margins(split.test()));
    assertThatThrownBy(() -> model.place(split.test()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "answers: expected those of one user, found 54 users. answers.ofUser(id) takes one.");
  }

  @Test
  void whereDivergenceIsDearThePosteriorCollapsesAndActiveUnitsSaySo() {
    var collapsed = SPEC.divergence(10).epochs(15).fit(split.train());
    assertThat(collapsed.activeUnits()).isZero();
  }

  @Test
  void itComesBackToTheLastBit(@TempDir Path folder) {
    model.save(folder.resolve("vpl"));
    var loaded = Vpl.load(folder.resolve("vpl"));
    assertThat(loaded.margins(split.test())).isEqualTo(model.margins(split.test()));
    var newcomer = people.test().ofUser(people.test().answering().get(0));
    assertThat(loaded.read(newcomer)).isEqualTo(model.read(newcomer));
    assertThat(loaded.text()).isEqualTo(model.text());
  }
}
