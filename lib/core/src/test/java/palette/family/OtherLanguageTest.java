package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Preferences;
import palette.fit.BasisModel;
import palette.simulate.World;

/** The reader on the page of a saved model, run as it stands there: it says what the model says. */
class OtherLanguageTest {
  @TempDir Path folder;

  static Stream<BasisModel> models() {
    var world = World.spec().users(8).dimension(3).prototypes(3).noise(0.3).items(12).seed(4);
    var answers = world.create().askEveryone(20);
    return Stream.of(
        PalA.spec().prototypes(3).dimension(2).epochs(20).identity(false).fit(answers),
        PalA.spec()
            .prototypes(3)
            .dimension(2)
            .epochs(20)
            .identity(true)
            .placement(Placement.LATENT)
            .fit(answers),
        PalA.spec().prototypes(2).dimension(2).epochs(20).fit(far(answers)),
        PalB.spec().prototypes(2).dimension(2).epochs(20).linear().fit(answers),
        LoRe.spec().prototypes(2).epochs(20).fit(answers),
        LoRe.spec().prototypes(2).epochs(20).fit(VectorUnitsTest.scaled(answers, 1000)));
  }

  /** The same with vectors that a fit moves and divides before it learns. */
  private static Preferences far(Preferences answers) {
    float[][] vectors = answers.items().vectors();
    for (float[] x : vectors) for (int c = 0; c < x.length; c++) x[c] = 1000 * (x[c] + 5);
    return answers.withItems(answers.items().withVectors(vectors));
  }

  @ParameterizedTest
  @MethodSource("models")
  void thePagesReaderSaysWhatTheModelSays(BasisModel model) throws Exception {
    assumeTrue(run("import numpy") != null, "no python3 with numpy here");
    var saved = folder.resolve("m");
    model.save(saved);
    String page = Files.readString(saved.resolve("USE.md"), StandardCharsets.UTF_8);
    String reader = page.substring(page.indexOf("```python\n") + 10, page.lastIndexOf("```"));
    var said = new ObjectMapper().readTree(run(reader, saved.toString()));
    assertThat(said.size()).isEqualTo(model.users().size());
    var items = model.items().ids();
    for (var user : model.users()) {
      double[] rewards = model.rewards(user, null, items);
      for (int i = 0; i < rewards.length; i++) {
        double other = said.path(user).path(i).asDouble();
        assertThat(other).as(user + ", " + items.get(i)).isEqualTo(rewards[i], within(1e-5));
      }
    }
  }

  /** What it prints; null where it fails. */
  private String run(String program, String... arguments) throws Exception {
    var out = new File(folder.toFile(), "out");
    var command = new ArrayList<>(List.of("python3", "-c", program));
    command.addAll(List.of(arguments));
    try {
      var process = new ProcessBuilder(command).redirectOutput(out).start();
      process.getErrorStream().transferTo(System.err);
      return process.waitFor() == 0 ? Files.readString(out.toPath()) : null;
    } catch (IOException e) {
      return null;
    }
  }
}
