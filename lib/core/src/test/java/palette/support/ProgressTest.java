package palette.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final List<String> heard = new ArrayList<>();

  @AfterEach
  void silence() {
    Progress.listen(Progress.SILENT);
  }

  @Test
  void workInsideOtherWorkCanKeepQuiet() {
    Progress.listen(update -> heard.add(update.line()));
    var outer = Progress.start("Outer", 1);
    int result =
        Progress.quietly(
            () -> {
              Progress.start("Inner", 1).finish("nobody hears this");
              return 42;
            });
    outer.finish("done");
    assertThat(result).isEqualTo(42);
    assertThat(heard).containsExactly("Outer: done");
  }

  @Test
  void afterwardsItIsHeardAgain() {
    Progress.listen(update -> heard.add(update.line()));
    try {
      Progress.quietly(
          () -> {
            throw new IllegalStateException("broken");
          });
    } catch (IllegalStateException e) {
      Progress.start("Next", 1).finish("done");
    }
    assertThat(heard).containsExactly("Next: done");
  }
}
