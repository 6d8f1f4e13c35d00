package palette.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.family.LoRe;
import palette.family.PalA;
import palette.family.PalB;
import palette.family.Population;
import palette.fit.BasisModel;
import palette.support.Seeds;

/** A small saved model of every family, and what loads it. */
final class ModelSamples {
  private ModelSamples() {}

  /** Fits and saves them. */
  static List<Sample> in(Path folder) {
    var answers = answers();
    var samples = new ArrayList<Sample>();
    var a = PalA.spec().dimension(2).epochs(2).seed(7).device("cpu");
    samples.add(sample(folder, "pal-a", a.fit(answers), PalA::load));
    var b = PalB.spec().dimension(2).hidden(3).epochs(2).seed(7).device("cpu");
    samples.add(sample(folder, "pal-b", b.fit(answers), PalB::load));
    var everybody = Population.spec().seed(7);
    samples.add(sample(folder, "population", everybody.fit(answers), everybody::load));
    var lore = LoRe.spec().prototypes(2).epochs(2).seed(7);
    samples.add(sample(folder, "lore", lore.fit(answers), dir -> LoRe.spec().load(dir)));
    return samples;
  }

  private static Preferences answers() {
    var random = Seeds.stream(7, "answers");
    var builder = Preferences.builder();
    for (int n = 0; n < 120; n++) {
      int i = random.nextInt(8);
      int j = (i + 1 + random.nextInt(7)) % 8;
      builder.add(Comparison.of("user" + n % 6, "item" + i, "item" + j));
    }
    var made = builder.build();
    float[][] vectors = new float[made.items().size()][3];
    for (float[] row : vectors) for (int c = 0; c < 3; c++) row[c] = (float) random.nextGaussian();
    return made.withItems(made.items().withVectors(vectors));
  }

  private static Sample sample(
      Path folder, String name, BasisModel model, Function<Path, BasisModel> load) {
    var dir = folder.resolve(name);
    model.save(dir);
    return new Sample(name, files(dir), (damaged, skip) -> load.apply(damaged).text());
  }

  private static Map<String, byte[]> files(Path dir) {
    try (var inside = Files.list(dir)) {
      var files = new HashMap<String, byte[]>();
      for (var file : inside.toList())
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
