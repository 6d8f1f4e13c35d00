package palette.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.reward.CheckpointPlan;

class CheckpointTextTest {
  @TempDir Path folder;

  @Test
  void theLineOfProgressSaysHowOldItIs() {
    var kept = new Checkpoint(new CheckpointPlan(folder.resolve("c"), 2), Map.of("spec", "PAL-A"));
    assertThat(kept.due()).isFalse();
    assertThat(kept.text()).isEmpty();
    assertThat(kept.due()).isTrue();
    kept.write(false, state -> state.number(1));
    assertThat(kept.text()).matches(", checkpoint \\d s ago");
    assertThat(kept.due()).isFalse();
    var none = new Checkpoint(null, Map.of());
    none.write(false, state -> state.number(1));
    assertThat(none.due()).isFalse();
    assertThat(none.text()).isEmpty();
  }
}
