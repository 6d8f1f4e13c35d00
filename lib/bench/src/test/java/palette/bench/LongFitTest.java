package palette.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongFitTest {

  // Without scopes 2,000 such steps would leave some hundred megabytes behind.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("slow")
  @EnabledOnOs(OS.LINUX)
  void theMemoryOfAFitDoesNotGrow(boolean byHand) {
    assertThat(LongFit.growth(byHand, 16_000)).isLessThan(0.03);
  }

  @Test
  void twoFitsAtOnceAreTheFitsAlone() {
    var one = LongFit.study(1);
    var two = LongFit.study(2);
    var alone = LongFit.train(one, 1, 300);
    var other = LongFit.train(two, 2, 300);
    var together = CompletableFuture.supplyAsync(() -> LongFit.train(one, 1, 300));
    assertThat(LongFit.train(two, 2, 300)).isEqualTo(other);
    assertThat(together.join()).isEqualTo(alone);
    assertThat(alone).isNotEqualTo(other);
  }
}
