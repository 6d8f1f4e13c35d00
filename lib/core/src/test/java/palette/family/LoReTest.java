package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Preferences;
import palette.data.Split;
import palette.engine.Tensor;
import palette.fit.BasisModel;
import palette.fit.UserWeights;
import palette.numeric.Links;
import palette.personalize.Localizer;
import palette.reward.PrototypeModel.Prior;
import palette.simulate.World;
import palette.support.InputException;

/** RIVALS 2.5, and what follows for any basis. */
class LoReTest {
  private static final JsonNode GOLDEN = Golden.read("lore.json");
  private static final BasisSpec SPEC =
      LoRe.spec().prototypes(3).epochs(40).seed(7).device("cpu").threads(1);
  private static Preferences strangers;
  private static Split<Preferences> split;
  private static BasisModel model;

  @BeforeAll
  static void fit() {
    var world = World.spec().users(60).partition().items(60).seed(3).create();
    var users = world.askEveryone(60).splitByUser(0.9, 1);
    strangers = users.test();
    split = users.train().splitByAnswer(0.75, 2);
    model = SPEC.fit(split.train());
  }

  private static double[] weights() {
    double[] w = Golden.numbers(GOLDEN.get("logits"));
    UserWeights.softmax(w, 1);
    return w;
  }

  private static BasisModel golden(double temperature) {
    var learned =
        Map.of(
            UserWeights.OFFSET.name(), Tensor.of(Golden.numbers(GOLDEN.get("logits")), 1, 2),
            LoRe.V.name(), Given.turned(Golden.rows(GOLDEN.get("V"))));
    double[][] x = Golden.rows(GOLDEN.get("x"));
    return Given.model(LoRe.spec(), x, learned, new Prior(weights(), 1, false), temperature);
  }

  @Test
  void aRewardIsAMixOfLinearRewards() {
    assertThat(weights()).containsExactly(Golden.numbers(GOLDEN.get("weights")), within(1e-9));
    double[] margins = golden(1).margins(Given.answers(2));
    assertThat(margins).containsExactly(Golden.numbers(GOLDEN.get("margins")), within(1e-6));
  }

  @Test
  void theTemperatureTakesThePlaceOfTheHundred() {
    for (var one : GOLDEN.get("losses")) {
      double temperature = one.get("temperature").asDouble();
      double[] margins = golden(temperature).margins(Given.answers(2));
      double mean = Arrays.stream(margins).map(m -> Links.logLoss(m / temperature)).sum() / 2;
      assertThat(mean).isCloseTo(one.get("mean").asDouble(), within(1e-6));
    }
  }

  @Test
  void severalRewardsTellPeopleApartWhereOneCannot() {
    var one = SPEC.prototypes(1).fit(split.train());
    assertThat(Small.accuracy(model, split.test()))
        .isGreaterThan(Small.accuracy(one, split.test()) + 0.05);
  }

  @Test
  void itemsNeedVectors() {
    assertThatThrownBy(() -> SPEC.fit(Small.idsOnly(split.train())))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "items for LoRe: expected vectors, found ids only. Give vectors with"
                + " Catalog.withVectors, or fit with .embedder(...).");
  }

  @Test
  void everybodyIsAMix() {
    for (var user : model.users()) {
      double[] w = model.weights(user);
      assertThat(w).hasSize(3);
      assertThat(Arrays.stream(w).sum()).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void aNewcomerIsPlacedWithACertificate() {
    var localizer = Localizer.of(model);
    double known = 0;
    double unknown = 0;
    for (var user : strangers.answering()) {
      var parts = strangers.ofUser(user).splitByAnswer(0.5, 1);
      var person = localizer.fit(parts.train());
      assertThat(person.certificate().convex()).isTrue();
      assertThat(person.certificate().gap()).isLessThan(1e-6);
      known += Small.accuracy(person, parts.test());
      unknown += Small.accuracy(model.population(), parts.test());
    }
    assertThat(known).isGreaterThan(unknown);
  }

  @Test
  void itComesBackToTheLastBit(@TempDir Path folder) {
    model.save(folder.resolve("lore"));
    var loaded = BasisSpec.of(new LoRe()).load(folder.resolve("lore"));
    assertThat(loaded.margins(split.test())).isEqualTo(model.margins(split.test()));
    assertThat(loaded.prior()).usingRecursiveComparison().isEqualTo(model.prior());
    assertThat(loaded.text()).isEqualTo(model.text());
  }
}
