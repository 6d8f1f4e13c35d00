package palette.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.evaluate.Evaluation;
import palette.family.PalA;
import palette.personalize.Localizer;
import palette.reward.Loss;
import palette.reward.PrototypeModel.Prior;
import palette.simulate.World;

/**
 * Where many people's validation answers can tell, mixes are found anew with the maps as fitted.
 */
class PlacedAnewTest {
  private static final PalA.Spec SPEC = PalA.spec().prototypes(4).dimension(2).seed(2).threads(1);
  private static final World WORLD =
      World.spec().users(300).items(40).dimension(2).prototypes(3).noise(0.3).seed(2).create();
  private static final Preferences TRAIN = WORLD.askEveryone(12).splitByAnswer(0.7, 2).train();
  private static final Preferences VALIDATION = WORLD.askEveryone(12).splitByAnswer(0.7, 2).test();

  private static String users(BasisModel model) {
    return model.provenance().what().get("users");
  }

  @Test
  void whatIsFoundForeseesWhatNobodyChoseBy() {
    var trained = SPEC.userPrior(0.1001).fit(TRAIN, VALIDATION); // set by hand, so it stays
    var placed = SPEC.fit(TRAIN, VALIDATION);
    assertThat(users(trained)).isNull();
    assertThat(users(placed)).startsWith("placed anew, pulled by ");
    double itsLoss = Double.parseDouble(users(placed).replaceAll(".*loss ([0-9.]+),.*", "$1"));
    assertThat(Evaluation.of(placed, VALIDATION).logLoss()).isLessThan(itsLoss + 1e-3);
    var fresh = WORLD.askEveryone(60).splitByAnswer(0.5, 9).test();
    assertThat(Evaluation.of(placed, fresh).logLoss())
        .isLessThan(Evaluation.of(trained, fresh).logLoss() - 0.01);
  }

  @Test
  void fewPeopleAndOtherLossesKeepWhatTrainingLeft() {
    var some = WORLD.askEveryone(12).answering().subList(0, 240);
    assertThat(users(SPEC.fit(TRAIN.ofUsers(some), VALIDATION.ofUsers(some)))).isNull();
    assertThat(users(SPEC.loss(Loss.HINGE).fit(TRAIN, VALIDATION))).isNull();
    assertThat(users(SPEC.prototypes(1).fit(TRAIN, VALIDATION))).isNull();
    assertThat(users(SPEC.fit(TRAIN, VALIDATION.first(0)))).isNull();
  }

  @Test
  void mixesAreHeldAroundTheMean() {
    var trained = SPEC.fit(TRAIN, VALIDATION).fitted();
    var numbers = new LinkedHashMap<>(trained.parameters());
    numbers.put(UserWeights.MEAN.name(), new Tensor(new long[] {4}, new float[] {2, 1, 0, -3}));
    var around = trained.learned(trained.spec(), numbers, trained.prior(), "");
    var prior = new Prior(new double[] {0.25, 0.25, 0.25, 0.25}, 4, false);
    var model = trained.spec().model(around.calibrated(prior, 1, null));
    var people = Localizer.of(model).fitAll(TRAIN);
    var placed = trained.spec().model(model.fitted().mixing(people));
    for (String user : people.users()) {
      double[] its = placed.weights(user);
      for (int k = 0; k < its.length; k++) {
        assertThat(its[k]).isCloseTo(people.weights(user)[k], Offset.offset(1e-5));
      }
    }
  }

  @Test
  void onlyMixesMoveAndTheyAreSaved(@TempDir Path dir) {
    var trained = SPEC.fit(TRAIN, VALIDATION);
    var again = SPEC.fit(TRAIN, VALIDATION);
    assertThat(again.fitted().parameters()).isEqualTo(trained.fitted().parameters());
    trained.save(dir.resolve("model"));
    var loaded = PalA.load(dir.resolve("model"));
    assertThat(loaded.margins(VALIDATION)).isEqualTo(trained.margins(VALIDATION));
  }
}
