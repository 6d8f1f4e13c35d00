package palette.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThreadTeamTest {

  @Test
  void whatFailedInOneRoundIsOverInTheNext() {
    try (var crew = new ThreadTeam(3)) {
      assertThatThrownBy(() -> crew.each(ThreadTeamTest::fail)).hasMessage("part 0");

      var done = new AtomicInteger();
      crew.each(part -> done.incrementAndGet());
      assertThat(done).hasValue(3);
    }
  }

  private static void fail(int part) {
    throw new IllegalStateException("part " + part);
  }
}
