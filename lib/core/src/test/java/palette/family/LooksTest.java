package palette.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import palette.data.Preferences;
import palette.data.Split;
import palette.reward.History;

class LooksTest {
  private static final PalA.Spec SPEC =
      PalA.spec().prototypes(2).dimension(2).patience(1000).seed(7).device("cpu");
  private static final Split<Preferences> HALVES = Small.camps(40, 1).splitByAnswer(0.5, 2);
  private static final Preferences TRAIN = HALVES.train();
  private static final Preferences TENTH = HALVES.test().splitByAnswer(0.9, 3).test();

  @Test
  void whereAnEpochHasManyStepsEachIsFollowedByALook() {
    assertThat(looked(SPEC.batch(32).epochs(5), TENTH)).containsExactly(1, 2, 3, 4, 5);
  }

  /** One step maps the 40 items once, as a look does: ten steps for a look. */
  @Test
  void aLookThatMapsAsMuchAsAStepHasTenOfThem() {
    assertThat(looked(SPEC.batch(2000).epochs(30), TENTH)).containsExactly(10, 20, 30);
  }

  @Test
  void theLastEpochIsFollowedByALook() {
    assertThat(looked(SPEC.batch(2000).epochs(25), TENTH)).containsExactly(10, 20, 25);
  }

  @Test
  void manyAnswersToLookAtAreLookedAtSeldom() {
    assertThat(looked(SPEC.batch(32).epochs(20), HALVES.test())).containsExactly(10, 20);
  }

  @Test
  void theModelIsThatOfAnEpochThatWasLookedAt() {
    var spec = SPEC.batch(2000).epochs(40).rates(0.5, 0.5, 0.5);
    assertThat(looked(spec, TENTH)).contains(spec.fit(TRAIN, TENTH).history().best());
  }

  private static List<Integer> looked(PalA.Spec spec, Preferences validation) {
    return spec.fit(TRAIN, validation).history().epochs().stream()
        .filter(epoch -> !Double.isNaN(epoch.validationLoss()))
        .map(History.Epoch::epoch)
        .toList();
  }
}
