package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Preferences;
import palette.fit.Fitted;
import palette.numeric.LinkKind;
import palette.reward.Loss;
import palette.reward.PrototypeModel;
import palette.support.InputException;

class SaveAndLoadTest {
  private static final PalA.Spec QUICK = PalA.spec().dimension(2).epochs(3).seed(7).device("cpu");
  private static final PalB.Spec QUICK_B =
      PalB.spec().dimension(4).hidden(5).epochs(1).seed(7).device("cpu");
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

  // ------------------------------------------------------------------------------ the way there

  static Stream<PalA.Spec> variants() {
    return Stream.of(
        QUICK,
        QUICK.userPrior(10).mapPrior(5).identityPrior(5),
        QUICK.identity(false),
        QUICK.identity(true),
        QUICK.placement(Placement.LATENT).partition(0.5),
        QUICK.prototypes(1).validation(0),
        QUICK.loss(Loss.of(LinkKind.GAMMA).withUserTemperatures()),
        QUICK.loss(Loss.of(LinkKind.DAVIDSON).withPosition()),
        QUICK.mlp(5).epochs(1),
        QUICK.residual(5).placement(Placement.MIXED_THEN_MAPPED).epochs(1),
        QUICK.distance(Distance.COSINE).epochs(1));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aLoadedPalAGivesTheSameRewardsToTheLastBit(PalA.Spec spec) {
    var answers = Small.camps(20, 1);
    var fitted = spec.fit(answers);
    fitted.save(folder.resolve("m"));
    var loaded = PalA.load(folder.resolve("m"));
    assertThat(loaded.margins(answers)).isEqualTo(fitted.margins(answers));
    assertThat(loaded.itemPoints(List.of("item3"))).isEqualTo(fitted.itemPoints(List.of("item3")));
    assertThat(loaded.prior()).usingRecursiveComparison().isEqualTo(fitted.prior());
    assertThat(loaded.link()).isEqualTo(fitted.link());
    assertThat(loaded.history()).isEqualTo(fitted.history());
    assertThat(loaded.toString()).isEqualTo(fitted.toString());
    assertThat(loaded.text()).isEqualTo(fitted.text());
  }

  @Test
  void whatAndCircumstancesComeBack() {
    var loaded = PalA.load(saved());
    assertThat(loaded.provenance()).isEqualTo(model.provenance());
    assertThat(loaded.provenance().circumstances()).isEqualTo(model.provenance().circumstances());
    assertThat(loaded.items().texts()).isEqualTo(model.items().texts());
    assertThat(loaded.items().vectors()).isDeepEqualTo(model.items().vectors());
    assertThat(loaded.users()).isEqualTo(model.users());
  }

  @Test
  void promptsComeBackToo() {
    var answers = Small.asked(20, 2);
    var a = QUICK.fit(answers);
    a.save(folder.resolve("a"));
    assertThat(PalA.load(folder.resolve("a")).margins(answers)).isEqualTo(a.margins(answers));
    for (var spec : List.of(QUICK_B, QUICK_B.linear(), QUICK_B.normalisedMixture())) {
      var b = spec.fit(answers);
      b.save(folder.resolve("b"));
      assertThat(PalB.load(folder.resolve("b")).margins(answers)).isEqualTo(b.margins(answers));
    }
  }

  @Test
  void palBWithoutPromptsComesBack() {
    var answers = Small.camps(10, 3);
    var b = QUICK_B.identity(true).fit(answers);
    b.save(folder.resolve("b"));
    assertThat(PalB.load(folder.resolve("b")).margins(answers)).isEqualTo(b.margins(answers));
  }

  @Test
  void itemsByIdOnlyComeBack() {
    var answers = Small.idsOnly(Small.camps(20, 1));
    var a = QUICK.validation(0).fit(answers);
    a.save(folder.resolve("a"));
    assertThat(PalA.load(folder.resolve("a")).margins(answers)).isEqualTo(a.margins(answers));
    var everybody = Population.spec().fit(answers);
    everybody.save(folder.resolve("p"));
    var loaded = Population.spec().load(folder.resolve("p"));
    assertThat(loaded.margins(answers)).isEqualTo(everybody.margins(answers));
  }

  @Test
  void thePopulationComesBack() {
    var answers = Small.camps(20, 1);
    var everybody = Population.spec().fit(answers);
    everybody.save(folder.resolve("p"));
    var loaded = Population.spec().load(folder.resolve("p"));
    assertThat(loaded.margins(answers)).isEqualTo(everybody.margins(answers));
    assertThat(loaded.text()).isEqualTo(everybody.text());
    assertThat(loaded.provenance()).isEqualTo(everybody.provenance());
  }

  @Test
  void thePopulationInsideAModelComesBack() {
    var answers = Small.camps(20, 1);
    var prior = new PrototypeModel.Prior(new double[] {0.3, 0.3, 0.4}, 2.5, true);
    var everybody = Population.spec().fit(answers);
    var fitted = new PalA(model.fitted().calibrated(prior, 1.25, everybody));
    fitted.save(folder.resolve("f"));
    var loaded = PalA.load(folder.resolve("f"));
    double[] expected = fitted.population().margins(answers);
    assertThat(loaded.population().margins(answers)).isEqualTo(expected);
    assertThat(loaded.fitted().parameters().keySet())
        .isEqualTo(model.fitted().parameters().keySet());
  }

  @Test
  void aLossOfOnesOwnIsSavedByItsName() {
    for (String name : List.of("hinge", "my own")) {
      var own = QUICK.epochs(1).loss(name, m -> m.neg().add(1).maximum(0).square());
      var fitted = own.fit(Small.camps(5, 1));
      fitted.save(folder.resolve("own"));
      var loaded = PalA.load(folder.resolve("own"));
      assertThat(loaded.fitted().spec().loss().name()).isEqualTo(name);
      var again = (PalA.Spec) loaded.fitted().spec();
      assertThatThrownBy(() -> again.fit(Small.camps(5, 1)))
          .hasMessageContaining("loss '" + name + "': expected its lambda, found its name only");
    }
    var smooth = QUICK.loss(Loss.smoothHinge(0.7)).fit(Small.camps(5, 1));
    smooth.save(folder.resolve("own"));
    assertThat(PalA.load(folder.resolve("own")).fitted().spec().loss().value(0.5))
        .isEqualTo(Loss.smoothHinge(0.7).value(0.5));
  }

  // ---------------------------------------------------------------------------------- embedders

  @Test
  void anEmbedderOfOnesOwnMustBePassed() {
    var answers = Preferences.of(Small.camps(3, 1).comparisons());
    var own = new GivenVectors(vectors(1));
    var dir = folder.resolve("m");
    var fitted = QUICK.epochs(1).embedder(own).fit(answers);
    fitted.save(dir);
    assertThat(PalA.spec().load(dir, own).margins(answers)).isEqualTo(fitted.margins(answers));
    assertThatThrownBy(() -> PalA.load(dir))
        .isInstanceOf(InputException.class)
        .hasMessage(
            dir.resolve("manifest.json")
                + ": expected the embedder of the training, "
                + own.fingerprint()
                + ", found none. Pass that one: load(Path.of(\"m\"), embedder).");
    var other = new GivenVectors(vectors(2));
    assertThatThrownBy(() -> PalA.spec().load(dir, other))
        .hasMessageContaining("found " + other.fingerprint());
  }

  private static Map<String, float[]> vectors(float scale) {
    var vectors = new HashMap<String, float[]>();
    for (int i = 0; i < Small.ITEMS; i++) vectors.put("item" + i, new float[] {i * scale, 1});
    return vectors;
  }

  @Test
  void aModelOfPlainVectorsTakesNoEmbedder() {
    var dir = saved();
    assertThatThrownBy(() -> PalA.spec().load(dir, new GivenVectors(vectors(1))))
        .hasMessageContaining("expected no embedder, as in training, found given-2d-")
        .hasMessageEndingWith("Load it with load(dir).");
  }

  @Test
  void aModelFromBeforeAnOptionHasItsDefault() throws IOException {
    var dir = saved();
    var manifest = dir.resolve("manifest.json");
    String now = Files.readString(manifest);
    String before = now.replaceAll(",\\s*\"precision\" : \"float32\"", "");
    assertThat(before).isNotEqualTo(now);
    Files.writeString(manifest, before);
    assertThat(PalA.load(dir).fitted().spec().settings())
        .isEqualTo(model.fitted().spec().settings());
  }

  @Test
  void aFitThatWasInterruptedIsLoadedAsOne() {
    assertThat(PalA.load(saved()).history().interrupted()).isFalse();
    Thread.currentThread().interrupt();
    try {
      QUICK.fit(Small.camps(5, 1)).save(folder.resolve("cut"));
    } finally {
      Thread.interrupted();
    }
    assertThat(PalA.load(folder.resolve("cut")).text()).contains("1 of 1, interrupted, ");
  }

  // -------------------------------------------------------------------------------- the folder

  @Test
  void anOldModelIsReplacedWhole() throws IOException {
    var dir = saved();
    QUICK.prototypes(3).fit(Small.camps(5, 1)).save(dir);
    assertThat(PalA.load(dir).prototypes()).isEqualTo(3);
    try (var beside = Files.list(dir.getParent())) {
      assertThat(beside).containsExactly(dir);
    }
    try (var inside = Files.list(dir)) {
      assertThat(inside).hasSize(3);
    }
  }

  @Test
  void aFolderWithOtherThingsIsNotReplaced() throws IOException {
    var note = Files.writeString(folder.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> model.save(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(
            folder
                + ": expected a new name, or a saved model to replace, found a folder with"
                + " 'notes.txt' in it. Nothing was written; choose another name.");
    assertThatThrownBy(() -> model.save(note)).hasMessageContaining("found a file.");
    assertThat(note).hasContent("mine");
  }

  @Test
  void aSaveThatFailsLeavesTheOldModelAndNothingElse() throws IOException {
    var dir = saved();
    var broken = new java.util.LinkedHashMap<>(model.fitted().parameters());
    broken.replaceAll((name, t) -> palette.engine.Tensor.of(nan(t.values().length), t.shape()));
    var f = model.fitted();
    var diverged =
        new PalA(
            new Fitted(
                f.spec(),
                f.users(),
                f.items(),
                f.prompts(),
                broken,
                f.prior(),
                1,
                null,
                f.history(),
                f.provenance()));
    assertThatThrownBy(() -> diverged.save(dir)).hasMessageContaining("found NaN");
    var answers = Small.camps(20, 1);
    assertThat(PalA.load(dir).margins(answers)).isEqualTo(model.margins(answers));
    try (var beside = Files.list(dir.getParent())) {
      assertThat(beside).containsExactly(dir);
    }
  }

  private static double[] nan(int n) {
    var values = new double[n];
    java.util.Arrays.fill(values, Double.NaN);
    return values;
  }

  @Test
  void nothingIsNoPlaceForAModel() {
    assertThatThrownBy(() -> PalA.load(null)).hasMessage("dir: expected a value, found null.");
    var model = PalA.spec().epochs(1).fit(Small.camps(4, 1));
    assertThatThrownBy(() -> model.save(null)).hasMessage("dir: expected a value, found null.");
    assertThat(model.items()).hasToString("Catalog[40, with vectors of 2]");
  }
}
