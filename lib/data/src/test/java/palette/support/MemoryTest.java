package palette.support;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryTest {
  @Test
  void whatCannotFitIsRefusedWithWhatItNeedsAndHowToGiveIt() {
    Memory.require("vectors", Runtime.getRuntime().maxMemory());
    assertThatThrownBy(() -> Memory.require("vectors", 1L << 40))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(
            "vectors: ", "at least 1,048,576 MB", "JAVA_TOOL_OPTIONS=-Xmx1281g");
  }
}
