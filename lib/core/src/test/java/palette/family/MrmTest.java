package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Preferences;
import palette.data.Split;
import palette.engine.Torch;
import palette.family.read.ReadModel;
import palette.fit.Parameters;
import palette.numeric.Links;
import palette.reward.Settings;

/** RIVALS 2.11. */
class MrmTest {
  private static final JsonNode GOLDEN = Golden.read("mrm.json");
  static final BasisSpec SPEC = Mrm.spec().prototypes(4).epochs(40).seed(7).threads(1);
  private static Split<Preferences> people;
  private static Split<Preferences> split;
  private static ReadModel model;

  @BeforeAll
  static void fit() {
    people = Small.camps(40, 1).splitByUser(0.9, 1);
    split = people.train().splitByAnswer(0.8, 2);
    model = (ReadModel) SPEC.fit(split.train());
  }

  @Test
  void oneStepFromTheStartLowersTheLossOfTheAnswers() {
    var golden = GOLDEN.get("step");
    double[] start = Golden.numbers(golden.get("start"));
    double[][] gaps = Golden.rows(golden.get("margins"));
    double rate = golden.get("rate").asDouble();
    double[] w;
    try (var scope = Torch.scope()) {
      var here = scope.manager(Device.cpu());
      var settings = Settings.of(new Mrm().options()).with(Mrm.RATE, rate);
      var learned = Map.of(Mrm.START.name(), Torch.create(here, start, new Shape(2)));
      double[] flat = Arrays.stream(gaps).flatMapToDouble(Arrays::stream).toArray();
      var chosen = Torch.create(here, flat, new Shape(1, 2, 2));
      var p = new Parameters(learned, settings);
      w = Torch.numbers(new Mrm().read(p, chosen, chosen.zerosLike(), null).weights());
    }
    assertThat(w).containsExactly(Golden.numbers(golden.get("weights")), within(1e-9));
    for (int k = 0; k < 2; k++) {
      assertThat((start[k] - w[k]) / rate)
          .isCloseTo(golden.get("gradient").get(k).asDouble(), within(1e-9));
    }
    assertThat(loss(gaps, start)).isCloseTo(golden.get("before").asDouble(), within(1e-12));
    assertThat(loss(gaps, w)).isCloseTo(golden.get("after").asDouble(), within(1e-9));
  }

  private static double loss(double[][] gaps, double[] w) {
    double sum = 0;
    for (double[] gap : gaps) sum += Links.logLoss(gap[0] * w[0] + gap[1] * w[1]);
    return sum / gaps.length;
  }

  @Test
  void whoIsServedBadlyCountsMore() {
    for (var one : GOLDEN.get("robust")) {
      var settings = Settings.of(new Mrm().options()).with(Mrm.ROBUST, one.get("tau").asDouble());
      double[] losses = Golden.numbers(one.get("losses"));
      double[] counts = new Mrm().counts(settings, losses);
      assertThat(counts).containsExactly(Golden.numbers(one.get("counts")), within(1e-9));
      double loss = 0;
      for (int u = 0; u < counts.length; u++) loss += counts[u] * losses[u];
      assertThat(loss).isCloseTo(one.get("loss").asDouble(), within(1e-9));
    }
    assertThat(new Mrm().counts(Settings.of(new Mrm().options()).with(Mrm.ROBUST, 0.0), null))
        .as("by answers")
        .isNull();
  }

  @Test
  void itTellsCampsApartAndPlacesANewcomerByOneStep() {
    assertThat(Small.accuracy(model, split.test()))
        .isGreaterThan(Small.accuracy(model.population(), split.test()) + 0.1);
    var newcomers = Small.newcomers(model, people.test());
    assertThat(newcomers.known() / people.test().answering().size()).isGreaterThan(0.8);
    assertThat(newcomers.known()).isGreaterThan(newcomers.unknown() + 0.1);
  }

  @Test
  void whoHasSaidNothingIsAtTheStart() {
    double[] start = Mrm.START.of(model.fitted().parameters()).doubles();
    assertThat(model.read(split.test().first(0))).isEqualTo(start);
    assertThat(model.prior().center()).isEqualTo(start);
    assertThat(model.numbers()).isEqualTo(4);
  }

  @Test
  void aTrainingUserIsReadAsANewcomerOfTheSameAnswersIs() {
    var answers = split.train().ofUser("user3");
    var all = (ReadModel) SPEC.fit(split.train(), split.test());
    assertThat(all.read(answers)).containsExactly(all.weights("user3"), within(1e-4));
  }

  @Test
  void itemsKnownByIdOnlyWillDo() {
    var patient = SPEC.epochs(200).patience(60);
    var byId = patient.fit(Small.idsOnly(split.train()));
    var test = Small.idsOnly(split.test());
    assertThat(Small.accuracy(byId, test))
        .isGreaterThan(Small.accuracy(byId.population(), test) + 0.1);
  }

  @Test
  void itComesBackToTheLastBitAndIsTheSameAgain(@TempDir Path folder) {
    model.save(folder.resolve("mrm"));
    var loaded = (ReadModel) Mrm.spec().load(folder.resolve("mrm"));
    assertThat(loaded.margins(split.test())).isEqualTo(model.margins(split.test()));
    var newcomer = people.test().ofUser(people.test().answering().get(0));
    assertThat(loaded.read(newcomer)).isEqualTo(model.read(newcomer));
    assertThat(loaded.text()).isEqualTo(model.text()).contains("active units");
    assertThat(SPEC.fit(split.train()).margins(split.test()))
        .isEqualTo(model.margins(split.test()));
  }
}
