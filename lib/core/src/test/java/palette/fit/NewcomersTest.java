package palette.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import palette.data.Preferences;
import palette.family.PalA;
import palette.personalize.Localizer;
import palette.reward.Scorer;
import palette.simulate.World;

/** What a newcomer's first answers do, over twelve planted worlds of forty people. */
class NewcomersTest {
  private static final int WORLDS = 12;
  private static final int NEWCOMERS = 30;

  /** By how much people are foreseen better after so many answers than before any. */
  private static List<Double> gains(int tastes, int answers) {
    var gains = new ArrayList<Double>();
    for (long seed = 21; seed < 21 + WORLDS; seed++) {
      var world =
          World.spec().users(40).dimension(2).prototypes(tastes).noise(0.3).seed(seed).create();
      var parts = world.askEveryone(20).splitByAnswer(0.9, seed);
      var spec = PalA.spec().prototypes(3).dimension(2).seed(seed).threads(1);
      var localizer = Localizer.of(spec.fit(parts.train(), parts.test()));
      for (int i = 0; i < NEWCOMERS; i++) {
        var newcomer = world.newcomer(1000 + i);
        var said = newcomer.ask(answers);
        var heldOut = newcomer.ask(60);
        double before = accuracy(localizer.fit(said.first(0)), heldOut);
        gains.add(accuracy(localizer.fit(said), heldOut) - before);
      }
    }
    return gains;
  }

  private static double accuracy(Scorer person, Preferences heldOut) {
    double right = 0;
    for (double m : person.margins(heldOut)) right += 0.5 + 0.5 * Math.signum(m);
    return right / heldOut.size();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElseThrow();
  }

  /** Twice the standard error of the mean. */
  private static double noise(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return 2 * Math.sqrt(squares) / values.size();
  }

  @Test
  void whereAllHaveOneTasteTheFirstAnswersDoNoHarm() {
    for (int answers : new int[] {2, 5}) {
      var gains = gains(1, answers);
      assertThat(mean(gains)).as("after %d", answers).isGreaterThan(-noise(gains) - 1e-9);
    }
  }

  @Test
  void whereTastesDifferTheyHelp() {
    var gains = gains(3, 5);
    assertThat(mean(gains)).isGreaterThan(0.02);
  }
}
