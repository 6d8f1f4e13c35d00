package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.evaluate.Evaluation;
import palette.personalize.Localizer;

/** Two camps in the plane, of which a tenth of the answers err; then a third camp arrives. */
class GrowthTest {
  private static final double[][] TWO = {{1.5, 0}, {0, 1.5}};
  private static final double[][] THIRD = {{-1.5, -1.5}};

  @TempDir java.nio.file.Path folder;

  private static Preferences said(
      String prefix, int users, double[][] camps, double errors, long seed) {
    var items = new SplittableRandom(seed);
    float[][] x = new float[40][2];
    for (float[] row : x) for (int c = 0; c < 2; c++) row[c] = (float) items.nextGaussian();
    var random = new SplittableRandom(seed + prefix.hashCode());
    var all = Preferences.builder();
    for (int i = 0; i < 40; i++) all.item("i" + i, "item " + i);
    for (int u = 0; u < users; u++) {
      double[] a = camps[u % camps.length];
      for (int n = 0; n < 40; n++) {
        int i = random.nextInt(40);
        int j = (i + 1 + random.nextInt(39)) % 40;
        boolean first = gap(x[i], a) < gap(x[j], a) ^ random.nextDouble() < errors;
        all.add(new Comparison(prefix + u, null, "i" + (first ? i : j), "i" + (first ? j : i)));
      }
    }
    var made = all.build();
    return made.withItems(made.items().withVectors(x));
  }

  private static double gap(float[] x, double[] a) {
    return Math.pow(x[0] - a[0], 2) + Math.pow(x[1] - a[1], 2);
  }

  private static Preferences both(Preferences a, Preferences b) {
    var all = new ArrayList<>(a.comparisons());
    all.addAll(b.comparisons());
    var made = Preferences.of(all);
    int[] of = made.items().ids().stream().mapToInt(a.items()::indexOf).toArray();
    return made.withItems(a.items().select(of));
  }

  private static PalA fitted(long seed) {
    var spec = PalA.spec().prototypes(2).dimension(2).restarts(3).seed(seed).threads(1);
    return spec.fit(said("old", 60, TWO, 0.1, seed));
  }

  @Test
  void aThirdCampGetsItsPrototypeAndNobodyElseNotices() {
    for (long seed = 0; seed < 2; seed++) {
      var model = fitted(seed);
      var third = said("third", 20, THIRD, 0.1, seed);
      var grown = model.grow(both(said("more", 40, TWO, 0.1, seed), third));
      assertThat(grown.prototypes()).isEqualTo(3);
      var items = model.items().ids();
      for (String user : model.users()) {
        assertThat(grown.rewards(user, null, items)).isEqualTo(model.rewards(user, null, items));
        assertThat(grown.weights(user)[2]).isZero();
      }
      var easy = said("third", 20, THIRD, 0, seed);
      double before = Evaluation.of(Localizer.of(model).fitAll(third), easy).macroAccuracy();
      double after = Evaluation.of(Localizer.of(grown).fitAll(third), easy).macroAccuracy();
      assertThat(after).isGreaterThan(0.7).isGreaterThan(before + 0.2);
      grown.save(folder.resolve("m" + seed));
      var loaded = PalA.load(folder.resolve("m" + seed));
      assertThat(loaded.margins(said("old", 60, TWO, 0, seed)))
          .isEqualTo(grown.margins(said("old", 60, TWO, 0, seed)));
    }
  }

  @Test
  void whoIsAsOthersAreNeedsNothingNew() {
    for (long seed = 0; seed < 2; seed++) nothingNew(seed);
  }

  @Test
  @Tag("slow")
  void inTwentyWorldsNothingIsAddedWhereNothingIsNeeded() {
    for (long seed = 0; seed < 20; seed++) nothingNew(seed);
  }

  private static void nothingNew(long seed) {
    var model = fitted(seed);
    assertThat(model.grow(said("more", 40, TWO, 0.1, seed))).as("seed " + seed).isSameAs(model);
  }

  @Test
  void aMapWithLayersCannotGrow() {
    var model = PalA.spec().mlp(4).dimension(2).epochs(2).fit(said("old", 4, TWO, 0, 1));
    assertThatThrownBy(() -> model.grow(said("more", 4, TWO, 0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("linear");
  }
}
