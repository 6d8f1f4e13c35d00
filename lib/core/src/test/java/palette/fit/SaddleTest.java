package palette.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.evaluate.Evaluation;
import palette.family.PalA;
import palette.family.PalB;
import palette.support.Seeds;

/** Two camps of one size that want the opposite: nothing of one score for everybody tells them. */
class SaddleTest {

  /** The specs that ended at a coin for one to twenty of twenty seeds. */
  private enum World {
    TWO(seed -> PalA.spec().prototypes(2).dimension(2).seed(seed)),
    THREE(seed -> PalA.spec().prototypes(3).dimension(2).seed(seed)),
    DEFAULTS(seed -> PalA.spec().seed(seed)),
    PARTITION(seed -> PalA.spec().prototypes(2).dimension(2).partition(1).seed(seed)),
    PARTITION_OF_MANY(seed -> PalA.spec().partition(1).seed(seed));

    private final IntFunction<FitSpec<?>> spec;

    World(IntFunction<FitSpec<?>> spec) {
      this.spec = spec;
    }

    double[] accuracies(int seeds) {
      return IntStream.rangeClosed(1, seeds)
          .mapToDouble(s -> accuracy(camps(40, 20, 50, s), spec.apply(s)))
          .toArray();
    }
  }

  private static double accuracy(Preferences all, FitSpec<?> spec) {
    var split = all.splitByAnswer(0.8, spec.settings().get(ChainedSpec.SEED));
    return Evaluation.of(spec.threads(1).fit(split.train()), split.test()).accuracy();
  }

  /** Even users like what odd ones do not; a tenth of the answers is turned round. */
  private static Preferences camps(int users, int items, int each, long seed) {
    var random = Seeds.stream(seed, "camps");
    int[] value = Seeds.permutation(items, random);
    var answers = Preferences.builder();
    for (int answer = 0; answer < users * each; answer++) {
      int user = answer / each;
      int i = random.nextInt(items);
      int j = (i + 1 + random.nextInt(items - 1)) % items;
      boolean first = value[i] > value[j] == (user % 2 == 0) ^ random.nextDouble() < 0.1;
      answers.add(Comparison.of("u" + user, "i" + (first ? i : j), "i" + (first ? j : i)));
    }
    return answers.build();
  }

  private static double lowest(double[] accuracies) {
    return Arrays.stream(accuracies).min().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void aFewSeedsFindBothCamps(World world) {
    assertThat(lowest(world.accuracies(3))).isGreaterThan(0.8);
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void noneOfTwentySeedsEndsAtACoin(World world) {
    double[] all = world.accuracies(20);
    assertThat(lowest(all)).isGreaterThan(0.8);
    assertThat(Arrays.stream(all).average().orElseThrow()).isGreaterThan(0.855);
  }

  @Tag("slow")
  @Test
  void manyUsersOfFewAnswersEachFindThem() {
    assertThat(accuracy(camps(2000, 500, 100, 1), PalA.spec().seed(1))).isGreaterThan(0.84);
  }

  @Test
  void directionsFindThemToo() {
    assertThat(accuracy(camps(40, 20, 50, 1), PalB.spec().seed(1))).isGreaterThan(0.8);
  }

  @Test
  void aModelSaysWhetherPeopleDiffer() {
    var camps = camps(40, 20, 50, 1);
    assertThat(PalA.spec().seed(1).fit(camps).text()).contains("people differ: validation loss");
    var alike = camps.where(row -> camps.user(row) % 2 == 0);
    assertThat(PalA.spec().seed(1).fit(alike).text()).contains("no better than one prototype");
  }

  @Test
  void oneSeedHasOneStart() {
    var camps = camps(40, 20, 50, 1);
    var spec = PalA.spec().epochs(2).seed(1).threads(1);
    var parameters = spec.fit(camps).fitted().parameters();
    assertThat(spec.fit(camps).fitted().parameters()).isEqualTo(parameters);
    assertThat(spec.seed(2).fit(camps).fitted().parameters()).isNotEqualTo(parameters);
  }
}
