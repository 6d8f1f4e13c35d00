package palette.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Comparison;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.family.PalA;

/** A saved model that was trained with MiniLM finds it again by itself. */
class SavedModelTest {
  @TempDir Path folder;

  @Test
  void aModelOfMiniLmNeedsNoPassing() {
    var answers = new ArrayList<Comparison>();
    for (var user : List.of("ann", "ben", "cho")) {
      for (int i = 0; i < 8; i++)
        answers.add(Comparison.of(user, "item" + i, "item" + (i + 3) % 8));
    }
    var spec = PalA.spec().dimension(2).epochs(1).seed(7).device("cpu");
    var fitted = spec.embedder(Embedders.miniLm()).fit(Preferences.of(answers));
    fitted.save(folder.resolve("m"));
    var loaded = PalA.load(folder.resolve("m"));
    var texts = List.of("A text it has never seen", "item3");
    assertThat(loaded.rewards("ben", null, texts)).isEqualTo(fitted.rewards("ben", null, texts));
  }

  @Test
  void anotherFingerprintIsNoneOfOurs() {
    assertThat(Embedder.Source.anywhere("somebody's")).isEmpty();
    var miniLm = Embedders.miniLm();
    assertThat(Embedder.Source.anywhere(miniLm.fingerprint())).containsSame(miniLm);
  }
}
