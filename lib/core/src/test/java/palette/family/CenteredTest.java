package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.evaluate.Evaluation;
import palette.fit.BasisModel;
import palette.fit.ModelSpec;
import palette.fit.TrainingSet;
import palette.personalize.Localizer;

/** What all items' vectors share is taken away before f, and comes along wherever a model goes. */
class CenteredTest {
  private static final PalA.Spec PAL_A =
      PalA.spec().prototypes(2).dimension(2).epochs(40).seed(1).device("cpu");
  private static final List<ModelSpec> ALL =
      List.of(
          PAL_A,
          PAL_A.mlp(8),
          PalB.spec().prototypes(2).dimension(4).epochs(20).seed(1).device("cpu"),
          LoRe.spec().prototypes(2).epochs(20).seed(1).device("cpu"),
          Population.spec().seed(1));

  private static final int LONG = 32;

  @TempDir Path folder;

  private static Preferences moved(Preferences answers, float by) {
    float[][] rows = answers.items().vectors();
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOf(rows[i], LONG);
      rows[i][0] += by;
    }
    return answers.withItems(answers.items().withVectors(rows));
  }

  private static boolean centers(BasisModel model) {
    return model.fitted().parameters().containsKey("items.center");
  }

  @Test
  void onlyWhatIsSharedByMuchIsTakenAway() {
    var answers = Small.camps(30, 1);
    assertThat(TrainingSet.of(answers, answers.first(0), false, false).units.center()).isNull();
    var moved = moved(answers, 4);
    float[] center = TrainingSet.of(moved, moved.first(0), false, false).units.center();
    double first = 0;
    for (float[] v : TrainingSet.occurring(moved).vectors()) first += v[0];
    assertThat((double) center[0])
        .isCloseTo(first / TrainingSet.occurring(moved).size(), within(1e-5));
  }

  @Test
  void coordinatesKeepTheirOrigin() {
    var far = Small.camps(30, 1);
    float[][] rows = far.items().vectors();
    for (float[] row : rows) row[0] += 8;
    var few = far.withItems(far.items().withVectors(rows));
    assertThat(TrainingSet.of(few, few.first(0), false, false).units.center()).isNull();
  }

  @Test
  void vectorsThatAllPointOneWayArePredictedAsWell() {
    var near = Small.camps(30, 1).splitByAnswer(0.8, 1);
    for (var spec : ALL) {
      var far = moved(Small.camps(30, 1), 8).splitByAnswer(0.8, 1);
      BasisModel one = spec.fit(near.train());
      BasisModel other = spec.fit(far.train());
      assertThat(centers(one)).isFalse();
      assertThat(centers(other)).isTrue();
      assertThat(Evaluation.of(other, far.test()).accuracy())
          .as("%s", spec)
          .isGreaterThan(Evaluation.of(one, near.test()).accuracy() - 0.03);
    }
  }

  @Test
  void aLoadedModelNewItemsAndNewcomersGoThroughTheSameCenter() {
    var split = moved(Small.camps(30, 1), 8).splitByItem(0.7, 1);
    var fresh = split.test();
    for (var spec : ALL) {
      BasisModel one = spec.fit(split.train());
      var place = folder.resolve("model " + ALL.indexOf(spec));
      one.save(place);
      var loaded = spec.load(place);
      assertThat(centers(loaded)).isTrue();
      assertThat(loaded.margins(fresh)).as("%s", spec).isEqualTo(one.margins(fresh));
    }
    var model = PAL_A.fit(split.train());
    var other = PalA.load(folder.resolve("model 0"));
    var answers = fresh.ofUser("user2");
    assertThat(Localizer.of(other).fit(answers).weights())
        .isEqualTo(Localizer.of(model).fit(answers).weights());
  }

  @Test
  void anEmbedderThatHandsOutOneArrayTwiceKeepsIt() {
    var moved = moved(Small.camps(30, 1), 8);
    var model = PAL_A.embedder(new Same()).fit(moved);
    assertThat(centers(model)).isTrue();
    double[] equal = {0.5, 0.5};
    double[] both = model.rewards(equal, null, List.of("new", "also new"));
    assertThat(both[0]).isEqualTo(both[1]);
    assertThat(model.rewards(equal, null, List.of("new"))[0]).isEqualTo(both[0]);
  }

  /** One vector for every text. */
  private static final class Same implements Embedder {
    private final float[] vector = Arrays.copyOf(new float[] {8, 1}, LONG);

    @Override
    public float[][] embed(List<String> texts) {
      float[][] rows = new float[texts.size()][];
      Arrays.fill(rows, vector);
      return rows;
    }

    @Override
    public int dimension() {
      return vector.length;
    }

    @Override
    public String fingerprint() {
      return "same";
    }
  }
}
