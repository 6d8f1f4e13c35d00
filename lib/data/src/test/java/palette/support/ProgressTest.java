package palette.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
  void whatNobodyHearsIsNotPutIntoWords() {
    Progress.listen(update -> heard.add(update.line()));
    var said = new ArrayList<Integer>();
    for (int step = 1; step <= 2; step++) {
      int at = step;
      Progress.quietly(
          () -> {
            Progress.start("Inner", 2).at(at, () -> "step " + said.add(at));
            return null;
          });
    }
    assertThat(said).isEmpty();
    var outer = Progress.start("Outer", 2);
    outer.at(1, () -> "one " + said.add(1));
    outer.at(2, () -> "two " + said.add(2)); // too soon after the first
    assertThat(said).containsExactly(1);
    assertThat(heard).hasSize(1).first().asString().contains("one");
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

  @Test
  void workThatAnInterruptEndedSaysSo() {
    Progress.listen(update -> heard.add(update.line()));
    Thread.currentThread().interrupt();
    Progress.start("Training", 60).finish("23 epochs");
    Progress.start("Training", 60).finish("interrupted after 23 epochs");
    assertThat(Thread.interrupted()).isTrue();
    Progress.start("Training", 60).finish("60 epochs");

    assertThat(heard)
        .containsExactly(
            "Training: 23 epochs (interrupted)",
            "Training: interrupted after 23 epochs",
            "Training: 60 epochs");
  }

  @Test
  void whatIsLeftIsSaidInHoursWhereItIsHours() {
    assertThat(left(90)).endsWith("1:30 min left");
    assertThat(left(2656 * 60 + 29)).endsWith("44:16 h left");
  }

  private static String left(int seconds) {
    return new Progress.Update("Work", 1, 2, "", Duration.ofSeconds(seconds), false).line();
  }

  @Test
  void whatALineHasNoRoomForIsTakenFromItsDetail() {
    var update = new Progress.Update("Sweep", 1, 2, "a long detail", Duration.ofSeconds(9), false);

    assertThat(update.line(100)).isEqualTo(update.line());
    assertThat(update.line(48)).isEqualTo("Sweep [##########..........] 1/2 a ..., 9 s left");
    assertThat(update.line(20)).isEqualTo("Sweep [##########...");
  }

  @Test
  void workThatIsOverAtOnceMaySayNothing() {
    Progress.listen(update -> heard.add(update.line()));
    var work = Progress.later("Reading", 2);
    work.at(1, "");
    work.finish("2 records");
    assertThat(heard).isEmpty();
  }
}
