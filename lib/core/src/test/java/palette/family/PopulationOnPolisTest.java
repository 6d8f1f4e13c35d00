package palette.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.reward.Scorer;

/** The reference's population figure on real votes: .769 with a spread of .004 over ten seeds. */
@Tag("shared")
class PopulationOnPolisTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("palette.shared", "../shared"))
          .resolve("data/polis/american-assembly.bowling-green");

  @Test
  void oneScoreForEverybodyIsRightThreeTimesInFour() {
    Assumptions.assumeTrue(Files.isDirectory(FOLDER), "no " + FOLDER);
    var votes = Judgements.polis(FOLDER).read().atLeast(10);
    double mean = 0;
    for (long seed = 1; seed <= 3; seed++) {
      var users = votes.splitByUser(0.8, seed);
      var first = users.train().splitByAnswer(0.65, seed);
      var rest = first.test().splitByAnswer(15 / 35.0, seed + 1000);
      var train = first.train().pairs(200, seed);
      var model = Population.spec().fit(train, rest.train().pairs(200, seed));
      mean += macro(model, rest.test().pairs(200, seed)) / 3;
    }
    assertThat(mean).isBetween(0.755, 0.785);
  }

  private static double macro(Scorer model, Preferences answers) {
    double[] margins = model.margins(answers);
    double[] right = new double[answers.users().size()];
    int[] counts = answers.answers();
    for (int row = 0; row < margins.length; row++) {
      right[answers.user(row)] += margins[row] > 0 ? 1 : margins[row] == 0 ? 0.5 : 0;
    }
    double sum = 0;
    for (int u = 0; u < right.length; u++) if (counts[u] > 0) sum += right[u] / counts[u];
    return sum / answers.answering().size();
  }
}
