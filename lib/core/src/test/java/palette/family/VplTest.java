package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Preferences;
import palette.data.Split;
import palette.engine.Torch;
import palette.family.read.ReadModel;
import palette.fit.FitSpec;
import palette.fit.Parameters;
import palette.reward.Settings;
import palette.support.InputException;

/** RIVALS 2.6. */
class VplTest {
  private static final JsonNode GOLDEN = Golden.read("vpl.json");
  private static final BasisSpec SPEC = Vpl.spec().prototypes(4).epochs(60).seed(7).threads(1);
  private static Split<Preferences> people;
  private static Split<Preferences> split;
  private static ReadModel model;

  @BeforeAll
  static void fit() {
    people = Small.camps(40, 1).splitByUser(0.9, 1);
    split = people.train().splitByAnswer(0.8, 2);
    model = (ReadModel) SPEC.fit(split.train());
  }

  private static NDArray array(NDManager here, JsonNode numbers) {
    return Torch.create(here, Golden.numbers(numbers), new Shape(1, numbers.size()));
  }

  @Test
  void whatIsBelievedOfSomebodyIsClampedDrawnAndPaidFor() {
    var golden = GOLDEN.get("posterior");
    try (var scope = Torch.scope()) {
      var here = scope.manager(Device.cpu());
      var p = new Parameters(Map.of("any", array(here, golden.get("mu"))), settings());
      NDArray mu = Vpl.clamped(p, array(here, golden.get("mu")));
      NDArray logVariance = Vpl.clamped(p, array(here, golden.get("log variance")));
      assertThat(Torch.numbers(mu))
          .containsExactly(Golden.numbers(golden.get("clamped mu")), within(1e-12));
      assertThat(Torch.numbers(logVariance))
          .containsExactly(Golden.numbers(golden.get("clamped log variance")), within(1e-12));
      assertThat(Torch.numbers(Vpl.divergence(p, mu, logVariance))[0])
          .isCloseTo(golden.get("divergence").asDouble(), within(1e-9));
      assertThat(Torch.numbers(Vpl.drawn(p, mu, logVariance, array(here, golden.get("e")))))
          .containsExactly(Golden.numbers(golden.get("z")), within(1e-9));
    }
  }

  private static Settings settings() {
    return Settings.of(FitSpec.COMMON);
  }

  @Test
  void thePriceOfDivergenceGrowsAsACosine() {
    for (var one : GOLDEN.get("slopes")) {
      assertThat(Vpl.slope(one.get("step").asInt()))
          .isCloseTo(one.get("slope").asDouble(), within(1e-12));
    }
    assertThat(Vpl.slope(10_001)).as("and begins again").isEqualTo(0.1);
  }

  @Test
  void pairsLookAtEachOther() {
    var golden = GOLDEN.get("attention");
    try (var scope = Torch.scope()) {
      var here = scope.manager(Device.cpu());
      var same = Torch.create(here, new double[] {1, 0, 0, 1}, new Shape(2, 2));
      var learned = Map.of(Vpl.QUERY.name(), same, Vpl.KEY.name(), same, Vpl.VALUE.name(), same);
      double[][] pairs = Golden.rows(golden.get("pairs"));
      double[] flat = {pairs[0][0], pairs[0][1], pairs[1][0], pairs[1][1]};
      var given = Torch.create(here, flat, new Shape(1, 2, 2));
      assertThat(Torch.numbers(Vpl.attended(new Parameters(learned, settings()), given)))
          .containsExactly(Golden.numbers(golden.get("pooled")), within(1e-9));
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
    var newcomers = Small.newcomers(model, people.test());
    assertThat(newcomers.known() / people.test().answering().size()).isGreaterThan(0.8);
    assertThat(newcomers.known()).isGreaterThan(newcomers.unknown() + 0.1);
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
    var collapsed = (ReadModel) SPEC.with(Vpl.DIVERGENCE, 30.0).epochs(20).fit(split.train());
    assertThat(collapsed.activeUnits()).isZero();
  }

  @Test
  void itComesBackToTheLastBit(@TempDir Path folder) {
    model.save(folder.resolve("vpl"));
    var loaded = (ReadModel) Vpl.spec().load(folder.resolve("vpl"));
    assertThat(loaded.margins(split.test())).isEqualTo(model.margins(split.test()));
    var newcomer = people.test().ofUser(people.test().answering().get(0));
    assertThat(loaded.read(newcomer)).isEqualTo(model.read(newcomer));
    assertThat(loaded.text()).isEqualTo(model.text());
  }
}
