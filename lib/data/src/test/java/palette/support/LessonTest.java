package palette.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class LessonTest {

  @Test
  void aClaimThatDoesNotHoldStopsTheLesson() {
    Lesson.check(true, "one is one");
    assertThatThrownBy(() -> Lesson.check(false, "one is two"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Not so: one is two");
  }

  @Test
  void numbersInSentencesAreEnglish() {
    var before = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true));
    try {
      Lesson.say("%.2f of %,d answers", 0.5, 1200);
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString().strip()).isEqualTo("0.50 of 1,200 answers");
  }

  @Test
  void meansAreOverAllAndOfNothingNothing() {
    assertThat(Lesson.mean(1, 2, 6)).isEqualTo(3);
    assertThat(Lesson.mean(4, i -> i * i)).isEqualTo(3.5);
    assertThat(Lesson.mean()).isNaN();
  }
}
