package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Preferences;
import palette.fit.BasisModel;
import palette.fit.FitSpec;
import palette.fit.UserWeights;
import palette.support.InputException;

/** Somebody who wants to be forgotten is, and nobody else notices. */
class ForgetTest {
  private static final Preferences ANSWERS = Small.asked(20, 1);

  @TempDir Path folder;

  static Stream<FitSpec<?>> families() {
    return Stream.of(
        PalA.spec().dimension(2).epochs(3).seed(7).device("cpu"),
        PalA.spec().dimension(2).epochs(2).userPrior(10).partition(0.5).seed(7).device("cpu"),
        PalB.spec().dimension(4).hidden(5).epochs(1).seed(7).device("cpu"),
        LoRe.spec().epochs(2).seed(7).device("cpu"));
  }

  @ParameterizedTest
  @MethodSource("families")
  void theOthersRewardsAreEqualToTheLastBitAlsoWhenSavedAndLoaded(FitSpec<?> spec)
      throws IOException {
    BasisModel model = spec.fit(ANSWERS);
    var without = model.forget("user17");
    var others = ANSWERS.where(row -> !ANSWERS.users().id(ANSWERS.user(row)).equals("user17"));
    assertThat(without.margins(others)).isEqualTo(model.margins(others));
    without.save(folder.resolve("m"));
    var loaded = spec.load(folder.resolve("m"));
    assertThat(loaded.margins(others)).isEqualTo(model.margins(others));
    assertThat(loaded.weights("user18")).isEqualTo(model.weights("user18"));
    assertThat(loaded.population().margins(others)).isEqualTo(model.population().margins(others));
    assertThat(loaded.knows("user17")).isFalse();
    assertThat(loaded.users()).hasSize(59);
    assertThat(manifest()).doesNotContain("user17").contains("user18");
  }

  private String manifest() throws IOException {
    return Files.readString(folder.resolve("m/manifest.json"), StandardCharsets.UTF_8);
  }

  @Test
  void aLoadedModelForgetsWhatItHadOfTheUser() {
    var model = PalA.spec().dimension(2).epochs(2).seed(7).fit(ANSWERS);
    model.save(folder.resolve("m"));
    PalA.load(folder.resolve("m")).forget("user3").save(folder.resolve("m"));
    var numbers = PalA.load(folder.resolve("m")).fitted().parameters();
    double[][] before = UserWeights.OFFSET.of(model.fitted().parameters()).rows();
    double[][] after = UserWeights.OFFSET.of(numbers).rows();
    assertThat(List.of(after)).hasSize(59).doesNotContain(before[3]);
    assertThat(List.of(after)).contains(before[2], before[4]);
  }

  @Test
  void theProvenanceSaysHowManyAndNotWho() {
    var model = PalA.spec().dimension(2).epochs(1).seed(7).fit(ANSWERS);
    var twice = model.forget("user1").forget("user2");
    assertThat(twice.provenance().what()).containsEntry("forgotten", "2");
    assertThat(twice.provenance().toString()).doesNotContain("user1");
    assertThat(twice.provenance()).isNotEqualTo(model.provenance());
    assertThat(twice).isInstanceOf(PalA.class);
  }

  @Test
  void aStrangerCannotBeForgottenAndTheLastUserIsTheModel() {
    var model = PalA.spec().dimension(2).epochs(1).seed(7).fit(ANSWERS);
    assertThatThrownBy(() -> model.forget("eve"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("user 'eve': expected one of the 60 training users");
    var one = Small.idsOnly(Small.camps(20, 1).ofUser("user5"));
    var alone = PalA.spec().dimension(2).epochs(1).seed(7).fit(one);
    assertThatThrownBy(() -> alone.forget("user5")).hasMessageContaining("Delete the model");
  }
}
