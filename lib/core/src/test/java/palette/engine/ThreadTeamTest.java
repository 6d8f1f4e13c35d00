package palette.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /** But for one that is not back yet when the next team asks. */
  @Test
  void oneTeamAfterTheOtherHasTheSameThreads() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    for (int team = 0; team < 200; team++) {
      try (var crew = new ThreadTeam(3)) {
        crew.each(part -> threads.add(Thread.currentThread()));
      }
    }
    assertThat(threads).hasSizeBetween(3, 30).allMatch(Thread::isAlive);
  }

  /** What a team is in the middle of stays its own, whoever else asks for threads. */
  @Test
  void teamsAtOneTimeShareNoThread() {
    try (var crew = new ThreadTeam(3);
        var other = new ThreadTeam(3)) {
      for (int round = 0; round < 100; round++) {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        crew.each(part -> threads.add(Thread.currentThread()));
        other.each(part -> threads.add(Thread.currentThread()));
        assertThat(threads).hasSize(5);
      }
    }
  }

  private static void fail(int part) {
    throw new IllegalStateException("part " + part);
  }
}
