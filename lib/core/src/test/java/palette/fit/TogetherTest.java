package palette.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.support.Seeds;

/** Rows of one question side by side, whoever was asked: a step reads its texts once. */
class TogetherTest {
  private static final int[] ORDER = Seeds.permutation(80, Seeds.stream(2, "order"));

  /** Ten users, eight questions, asked in either order. */
  private static Preferences answers() {
    var all = Preferences.builder();
    for (int u = 0; u < 10; u++) {
      for (int q = 0; q < 8; q++) {
        boolean first = (u * q) % 3 == 0;
        var asked = q % 2 == 0 ? null : "prompt";
        all.add(
            new Comparison("u" + u, asked, first ? "a" + q / 2 : "b", first ? "b" : "a" + q / 2));
      }
    }
    var told = all.build();
    return told.withPrompts(told.prompts().withVectors(new float[][] {{1}}));
  }

  private static TrainingSet.Rows rows(TrainingSet.Together together) {
    var none = answers().select(new int[0]);
    return new TrainingSet(answers(), none, false, false, together).train;
  }

  private static List<Integer> question(TrainingSet.Rows rows, int row) {
    int a = Math.min(rows.chosen[row], rows.rejected[row]);
    return List.of(a, Math.max(rows.chosen[row], rows.rejected[row]), rows.prompt[row]);
  }

  @Test
  void anEpochTakesEachRowOnceAndTheQuestionsInTheOrderInWhichTheyAreMet() {
    var rows = rows(TrainingSet.Together.QUESTIONS);
    int[] taken = rows.together(ORDER);
    assertThat(taken).containsExactlyInAnyOrder(ORDER);
    var met = Arrays.stream(ORDER).mapToObj(row -> question(rows, row)).distinct().toList();
    var questions = Arrays.stream(taken).mapToObj(row -> question(rows, row)).toList();
    assertThat(met).hasSize(8);
    for (int i = 0; i < taken.length; i++) {
      assertThat(questions.get(i)).as("row %d", i).isEqualTo(met.get(i / 10));
    }
    int[] apart = rows(TrainingSet.Together.NONE).together(ORDER);
    assertThat(apart).containsExactly(ORDER);
  }

  @Test
  void eachAnswerStillCountsOneAndMayPartWithOthersOfItsQuestion() {
    var rows = rows(TrainingSet.Together.QUESTIONS);
    assertThat(rows.weight).containsOnly(1);
    assertThat(rows.choice).isNull();
    int[] every = IntStream.range(0, 80).toArray();
    assertThat(rows.end(every, 7)).isEqualTo(7);
    double least = Arrays.stream(rows(TrainingSet.Together.CHOICES).weight).min().getAsDouble();
    assertThat(least).isLessThan(1);
  }
}
