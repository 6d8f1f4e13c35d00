package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palette.engine.Tensor;
import palette.fit.Fitted;
import palette.support.InputException;

/** Folders that are not the model that was saved. */
class DamagedModelTest {
  private static final PalA.Spec QUICK = PalA.spec().dimension(2).epochs(3).seed(7).device("cpu");
  private static PalA model;

  @TempDir Path folder;

  @BeforeAll
  static void fit() {
    model = QUICK.fit(Small.camps(20, 1));
  }

  private Path saved() {
    var dir = folder.resolve("models/small");
    model.save(dir);
    return dir;
  }

  @Test
  void aMissingFolderOrFileIsNamed() throws IOException {
    var nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> PalA.load(nowhere))
        .isInstanceOf(InputException.class)
        .hasMessage(
            nowhere
                + ": expected a folder with manifest.json, found no such folder."
                + " Check the path, or save the model.");
    var dir = saved();
    Files.delete(dir.resolve("weights.safetensors"));
    assertThatThrownBy(() -> PalA.load(dir))
        .hasMessageContaining(
            "expected a folder with weights.safetensors, found [USE.md, manifest.json].");
  }

  @Test
  void theWrongKindIsNamed() {
    var dir = saved();
    assertThatThrownBy(() -> PalB.load(dir))
        .isInstanceOf(InputException.class)
        .hasMessage(
            dir.resolve("manifest.json")
                + ": expected a model of the kind PAL-B, found PAL-A."
                + " Load it with the family of that name, as PalA.load is for PAL-A.");
    assertThatThrownBy(() -> Population.spec().load(dir))
        .hasMessageContaining("expected a model of the kind population, found PAL-A.");
    PalB.spec().dimension(4).hidden(5).epochs(1).device("cpu").fit(Small.camps(3, 1)).save(dir);
    assertThatThrownBy(() -> PalA.load(dir)).hasMessageContaining("found PAL-B.");
  }

  @Test
  void truncatedChangedAndSwappedWeightsAreFound() throws IOException {
    var dir = saved();
    var weights = dir.resolve("weights.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(whole, whole.length - 100));
    assertThatThrownBy(() -> PalA.load(dir))
        .isInstanceOf(InputException.class)
        .hasMessage(
            weights
                + ": expected "
                + whole.length
                + " bytes, found "
                + (whole.length - 100)
                + ". The file is damaged or of another model; copy the whole folder again.");
    byte[] changed = whole.clone();
    changed[whole.length - 2] ^= 1;
    Files.write(weights, changed);
    assertThatThrownBy(() -> PalA.load(dir)).hasMessageContaining("expected sha256 ");
    var other = folder.resolve("other");
    QUICK.seed(8).fit(Small.camps(20, 1)).save(other);
    Files.copy(other.resolve("weights.safetensors"), weights, StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> PalA.load(dir)).hasMessageContaining("or of another model");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "version" : 2            | "version" : 9            | expected format version 2, found version 9. Load it with the version
          "format" : "palette model" | "format" : "pickle"    | expected a palette model, found pickle
          "prototypes" : 2         | "prototypes" : 3         | by its settings, found
          "prototypes" : 2         | "prototypes" : 0         | 'prototypes' of at least 1, found 0
          "prototypes" : 2         | "prototypes" : 2.5       | 'prototypes' as a whole number, found 2.5
          "prototypes" : 2         | "prototypes" : 3000000000 | 'prototypes' as a whole number, found 3000000000
          "prototypes" : 2,        |                          | 'prototypes' as a whole number, found none
          "prototypes" : 2         | "prototypes" : 2, "lucky" : 7 | found the unknown 'lucky'
          "prototypes" : 2         | "prototypes" : 2, "prototypes" : 2 | Duplicate field 'prototypes'
          "map" : "LINEAR"         | "map" : "SPIRAL"         | 'map' as one of [LINEAR, MLP, RESIDUAL], found 'SPIRAL'
          "partition" : false      | "partition" : "yes"      | 'partition' as true or false, found "yes"
          "identity" : "auto"      | "identity" : "no"        | by its settings, found
          "dropout" : 0.0          | "dropout" : 1e999        | 'dropout' as a finite number
          "device" : "cpu"         | "device" : 1             | 'device' as a text, found 1
          "name" : "logistic"      | "name" : "smooth hinge x" | expected a loss, found 'smooth hinge x'
          "user3"                  | "user4"                  | each id of 'users' once, found 'user4' twice
          "user3",                 |                          | by its settings, found
          "strength" :             | "strength" : -1, "was" : | 'strength' of at least 0, found -1.0
          "populationColumn" :     | "column" :              | 'populationColumn' as true or false, found none
          "epochs" : [             | "epochs" : [ 3,          | 'epoch' as a whole number, found none
          "best" : 3               | "best" : 9               | 'best' among the epochs, found 9
          "vectors" : 2            | "vectors" : 3            | by its settings, found
          "vectors" : 2            | "vectors" : 3000000000   | 'vectors' as a whole number, found 3000000000
          "embedder" : "none"      | "embedder" : 7           | 'embedder' as a text, found 7
          """)
  void aManifestThatIsNotWhatItShouldBe(String found, String instead, String message)
      throws IOException {
    var dir = saved();
    var file = dir.resolve("manifest.json");
    String text = Files.readString(file);
    assertThat(text).contains(found);
    Files.writeString(
        file,
        text.replaceFirst(
            Pattern.quote(found), Matcher.quoteReplacement(instead == null ? "" : instead)));
    assertThatThrownBy(() -> PalA.load(dir))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void aManifestThatIsNoJsonIsAnError() throws IOException {
    var dir = saved();
    var file = dir.resolve("manifest.json");
    byte[] whole = Files.readAllBytes(file);
    for (int kept : new int[] {0, 1, 100, whole.length - 3}) {
      Files.write(file, Arrays.copyOf(whole, kept));
      assertThatThrownBy(() -> PalA.load(dir)).isInstanceOf(InputException.class);
    }
    Files.write(file, "[]".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> PalA.load(dir))
        .hasMessageContaining("expected a JSON object, found ARRAY");
  }

  @Test
  void weightsThatAreNumbersAndRewardsThatAreNoneAreSaid() {
    var f =
        PalB.spec().dimension(4).hidden(5).epochs(1).device("cpu").fit(Small.camps(3, 1)).fitted();
    var huge = new LinkedHashMap<>(f.parameters());
    huge.replaceAll((name, t) -> new Tensor(t.shape(), filled(t.values().length, 1e38f)));
    var useless =
        new PalB(
            new Fitted(
                f.spec(),
                f.users(),
                f.items(),
                f.prompts(),
                huge,
                f.prior(),
                1,
                f.fallback(),
                f.history(),
                f.provenance()));
    useless.save(folder.resolve("huge"));
    var loaded = PalB.load(folder.resolve("huge"));

    assertThatThrownBy(() -> loaded.rewards("user0", null, List.of("item0")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("item 'item0': expected a finite reward by PAL-B")
        .hasMessageContaining(", found NaN. The model's weights");
    assertThatThrownBy(() -> loaded.margins(Small.camps(3, 1))).hasMessageContaining("found NaN");
  }

  private static float[] filled(int n, float value) {
    float[] values = new float[n];
    Arrays.fill(values, value);
    return values;
  }
}
