package palette.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import palette.data.Preferences;
import palette.family.PalA;
import palette.family.Population;
import palette.family.Small;
import palette.numeric.Simplex;
import palette.personalize.Localizer;
import palette.reward.PrototypeModel.Prior;

/** Where a row of margins a pair would be too much they are worked out anew, and are the same. */
class ManyPrototypesTest {
  private static final int K = 257;
  private static final Preferences ANSWERS = Small.camps(5, 1);
  private static final PalA MODEL =
      PalA.spec().prototypes(K).dimension(2).epochs(1).validation(0).device("cpu").fit(ANSWERS);

  private static void slopesAreTheMarginsOfEachColumn(BasisModel model) {
    var margins = model.byWeight(ANSWERS);
    int columns = model.prior().center().length;
    double[] slope = new double[columns];
    double here = margins.margin(3, model.prior().center(), slope);
    assertThat(here).isCloseTo(margins.margin(3, model.prior().center(), null), within(1e-9));
    for (int k : new int[] {0, 100, K - 1, columns - 1}) {
      double alone = margins.margin(3, Simplex.vertex(columns, k), null);
      assertThat(slope[k]).as("column " + k).isCloseTo(alone, within(1e-9)).isNotZero();
    }
  }

  @Test
  void whatANewcomerIsPlacedByIsWhatEachPrototypeSays() {
    slopesAreTheMarginsOfEachColumn(MODEL);
    var person = Localizer.of(MODEL).fit(ANSWERS.ofUser("user3"));
    assertThat(person.certificate().gap()).isLessThan(1e-6);
  }

  @Test
  void thePopulationsColumnIsAmongThem() {
    double[] center = new double[K + 1];
    Arrays.fill(center, 1.0 / center.length);
    var everybody = Population.spec().fit(ANSWERS);
    var prior = new Prior(center, 1, true);
    slopesAreTheMarginsOfEachColumn(
        new BasisModel(MODEL.fitted().calibrated(prior, MODEL.temperature(), everybody)));
  }
}
