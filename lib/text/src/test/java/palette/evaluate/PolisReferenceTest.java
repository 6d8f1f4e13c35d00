package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import palette.data.Judgements;
import palette.embed.Embedders;
import palette.family.PalA;

/** The defaults on real conversations: at least the floors of the project's reference runs. */
@Tag("slow")
@Tag("shared")
class PolisReferenceTest {
  private static final String ONE = "PAL-A, K=1";
  private static final String FOUR = "PAL-A, K=4";

  private static Trials trials(String name) {
    var folder =
        Path.of(System.getProperty("palette.shared", "../shared")).resolve("data/polis/" + name);
    assumeTrue(Files.isDirectory(folder), "no real conversation at " + folder);
    var voices = Judgements.polis(folder).read();
    var vectors = Embedders.miniLm().embed(voices.items().texts());
    return Trials.of(voices.withItems(voices.items().withVectors(vectors)))
        .run(PalA.spec().prototypes(1), PalA.spec().prototypes(4));
  }

  private static double seen(Trials trials, String model) {
    return trials.spread(model, t -> t.seen().macroAccuracy()).mean();
  }

  @Test
  void bowlingGreenNeedsMoreThanOnePrototype() {
    var trials = trials("american-assembly.bowling-green");
    assertThat(seen(trials, FOUR)).isGreaterThan(0.80).isGreaterThan(seen(trials, ONE) + 0.035);
    assertThat(trials.spread(FOUR, t -> t.accuracyAfter(20)).mean()).isGreaterThan(0.78);
    assertThat(trials.gain(FOUR, ONE).clear()).isTrue();
  }

  @Test
  void affordableHousingDoesNot() {
    var trials = trials("scoop-hivemind.affordable-housing");
    assertThat(seen(trials, FOUR)).isGreaterThan(0.82);
    assertThat(trials.gain(FOUR, ONE).clear()).isFalse();
  }
}
