package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.evaluate.Evaluation;
import palette.fit.BasisModel;
import palette.fit.ModelSpec;
import palette.personalize.Localizer;
import palette.simulate.World;

/** The scale of vectors is nobody's taste: data in other units give the same predictions. */
class VectorUnitsTest {
  private static final Preferences WORLD =
      World.spec()
          .users(60)
          .dimension(8)
          .prototypes(2)
          .noise(0.1)
          .seed(108)
          .create()
          .askEveryone(40);
  private static final PalA.Spec PAL_A =
      PalA.spec().prototypes(2).dimension(2).epochs(40).seed(1).device("cpu");
  private static final List<ModelSpec> ALL =
      List.of(
          PAL_A,
          PalB.spec().prototypes(2).dimension(4).epochs(20).seed(1).device("cpu"),
          Population.spec().seed(1),
          Hierarchical.spec().seed(1));

  @TempDir Path folder;

  private static Catalog scaled(Catalog catalog, float by) {
    float[][] rows = catalog.vectors();
    for (float[] row : rows) for (int c = 0; c < row.length; c++) row[c] *= by;
    return catalog.withVectors(rows);
  }

  static Preferences scaled(Preferences answers, float by) {
    var items = answers.withItems(scaled(answers.items(), by));
    return answers.hasPrompts() ? items.withPrompts(scaled(answers.prompts(), by)) : items;
  }

  private static BasisModel fit(ModelSpec spec, Preferences answers) {
    return spec.fit(answers);
  }

  @Test
  void aThousandTimesAsLongOrAsShortIsPredictedAlike() {
    for (var spec : ALL) {
      double[] accuracies = new double[3];
      for (int i = 0; i < 3; i++) {
        var split = scaled(WORLD, new float[] {1, 1000, 0.001f}[i]).splitByAnswer(0.8, 1);
        accuracies[i] = Evaluation.of(fit(spec, split.train()), split.test()).accuracy();
      }
      assertThat(accuracies[1]).as("%s", spec).isCloseTo(accuracies[0], within(0.01));
      assertThat(accuracies[2]).as("%s", spec).isCloseTo(accuracies[0], within(0.01));
    }
  }

  @Test
  void atAPowerOfTheUnitEveryBitIsTheSame() {
    for (var answers : List.of(WORLD, Small.asked(20, 1))) {
      for (var spec : answers.hasPrompts() ? ALL.subList(0, 2) : ALL) {
        var split = answers.splitByAnswer(0.8, 1);
        var large = scaled(answers, 1024).splitByAnswer(0.8, 1);
        var one = fit(spec, split.train());
        var other = fit(spec, large.train());
        assertThat(other.margins(large.test())).as("%s", spec).isEqualTo(one.margins(split.test()));
        assertThat(other.temperature()).as("%s", spec).isEqualTo(one.temperature());
      }
    }
  }

  @Test
  void aLoadedModelNewItemsAndNewcomersGoThroughTheSameUnit() {
    var split = Small.camps(30, 1).splitByItem(0.7, 1);
    var one = PAL_A.fit(split.train());
    PAL_A.fit(scaled(split.train(), 1024)).save(folder.resolve("m"));
    var other = PalA.load(folder.resolve("m"));
    var fresh = split.test();
    var large = scaled(fresh, 1024);
    assertThat(other.margins(large)).isEqualTo(one.margins(fresh));
    assertThat(Localizer.of(other).fit(large.ofUser("user2")).weights())
        .isEqualTo(Localizer.of(one).fit(fresh.ofUser("user2")).weights());
  }
}
