package palette.fit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import palette.data.Catalog;
import palette.data.Embedder;
import palette.encode.Tuning;
import palette.engine.Tensor;
import palette.personalize.Localizer;
import palette.personalize.TextPrior;
import palette.reward.Loss;
import palette.reward.PrototypeModel.Prior;
import palette.reward.Settings;
import palette.store.Manifest;
import palette.store.ModelFolder;
import palette.store.SavedHistory;
import palette.store.SavedTexts;
import palette.support.InputException;

/**
 * Fitted models of any family, taken apart for {@link ModelFolder} and put together by the shapes
 * that the family says.
 */
final class SavedBasis {
  private static final String NONE = "none"; // what stands for no embedder
  private static final String LEARNED = " that learned";
  private static final String FALLBACK = "fallback"; // the one score for everybody inside a model

  /** Options that specs once had and that change no reward; old models may name them. */
  private static final Set<String> RETIRED = Set.of("prototypeBound", "boundStrength");

  /** Options that specs did not always have; old models do not name them. */
  private static final Set<String> LATER = Set.of(FitSpec.PRECISION.name());

  private SavedBasis() {}

  /** The population has nothing but its score: no loss to choose, no users, no prompts. */
  private static boolean isWhole(ModelSpec spec) {
    return spec.loss() != null;
  }

  // -------------------------------------------------------------------------------------- write

  /** Writes the folder, whole or not at all; {@code texts} may be null. */
  static void save(BasisModel model, TextPrior texts, Path dir) {
    var fitted = model.fitted();
    var manifest = ModelFolder.begun(model.basis().name());
    describe(fitted, manifest);
    if (fitted.fallback() != null)
      describe(fitted.fallback().fitted(), manifest.putObject(FALLBACK));
    var tensors = tensors(fitted);
    if (texts != null) SavedTexts.put(texts, Localizer.of(model), manifest, tensors);
    ModelFolder.write(dir, manifest, tensors, ModelFolder.class);
  }

  /** A model's numbers as they are saved. */
  static Map<String, Tensor> tensors(Fitted fitted) {
    var tensors = new LinkedHashMap<String, Tensor>();
    put(fitted, "", tensors);
    if (fitted.fallback() != null) put(fitted.fallback().fitted(), FALLBACK + ".", tensors);
    return tensors;
  }

  private static void put(Fitted fitted, String prefix, Map<String, Tensor> tensors) {
    fitted.parameters().forEach((name, tensor) -> tensors.put(prefix + name, tensor));
    putVectors(tensors, prefix + "items", fitted.items());
    if (isWhole(fitted.spec())) putVectors(tensors, prefix + "prompts", fitted.prompts());
  }

  private static void describe(Fitted fitted, ObjectNode into) {
    boolean whole = isWhole(fitted.spec());
    into.put("embedder", fingerprint(fitted.spec()));
    if (whole) {
      var loss = fitted.spec().loss();
      var described = into.putObject("loss").put("name", loss.name());
      described.put("saved", loss.builtIn() ? "whole" : "by name only");
    }
    Manifest.put(into, fitted.settings());
    if (whole) Manifest.put(into, "users", fitted.users());
    Manifest.put(into, "items", fitted.items());
    if (whole) Manifest.put(into, "prompts", fitted.prompts());
    if (whole) Manifest.put(into, fitted.prior());
    into.put("temperature", fitted.temperature());
    if (fitted.history() != null) SavedHistory.put(into, fitted.history());
    Manifest.put(into, fitted.provenance());
  }

  private static void putVectors(Map<String, Tensor> tensors, String name, Catalog catalog) {
    if (catalog.dimension() == 0) return;
    tensors.put(name + ".vectors", Tensor.of(catalog.vectors(), catalog.dimension()));
  }

  /** An encoder that has learned is named by what it was; what it learned is in the file. */
  private static String fingerprint(ModelSpec spec) {
    var encoder = spec.encoder();
    if (encoder != null) return encoder.fingerprint() + LEARNED;
    return spec.embedder() == null ? NONE : spec.embedder().fingerprint();
  }

  // --------------------------------------------------------------------------------------- read

  /** Reads a folder; an {@link InputException} if anything is not as it should be. */
  static BasisModel load(Path dir, ModelSpec spec, Embedder given) {
    var manifest = ModelFolder.manifest(dir, spec.basis().name());
    var family = embedding(dir, spec, manifest.text("embedder"), given);
    var whole = Part.of(manifest, "", family);
    boolean falls = family.everybody() != null && manifest.has(FALLBACK);
    var inside = falls ? Part.of(manifest.at(FALLBACK), FALLBACK + ".", family.everybody()) : null;
    var names = manifest.tensors();
    var expected = whole.expected(names);
    if (falls) expected.putAll(inside.expected(names));
    expected.putAll(SavedTexts.shapes(manifest));
    var tensors = ModelFolder.read(dir, manifest, expected);
    SavedTexts.remove(tensors);
    return whole.model(tensors, family.embedder(), inside);
  }

  /** A spec with the embedder that a file names. */
  private static ModelSpec embedding(Path dir, ModelSpec spec, String named, Embedder given) {
    boolean learned = named.endsWith(LEARNED);
    String wanted = learned ? named.substring(0, named.length() - LEARNED.length()) : named;
    var embedder = embedder(dir, wanted, given);
    var settings = spec.settings();
    if (learned) settings = ModelSpec.learning(settings, Tuning.all());
    return spec.like(settings, spec.loss(), embedder);
  }

  /** MiniLM needs no passing, plain vectors need no embedder, any other has to be given. */
  private static Embedder embedder(Path dir, String wanted, Embedder given) {
    if (given != null && given.fingerprint().equals(wanted)) return given;
    boolean none = wanted.equals(NONE);
    if (given == null && none) return null;
    var found = given == null ? Embedder.Source.anywhere(wanted) : Optional.<Embedder>empty();
    if (found.isPresent()) return found.get();
    throw new InputException(
        dir.resolve("manifest.json").toString(),
        none ? "no embedder, as in training" : "the embedder of the training, " + wanted,
        given == null ? "none" : given.fingerprint(),
        none
            ? "Load it with load(dir)."
            : "Pass that one: load(Path.of(\"" + dir.getFileName() + "\"), embedder).");
  }

  /** A model as a manifest has it, itself or the one inside, before its tensors are read. */
  private record Part(
      Manifest manifest,
      String prefix, // of its own tensors
      ModelSpec spec,
      Catalog items,
      Catalog prompts,
      Catalog users) {

    static Part of(Manifest manifest, String prefix, ModelSpec family) {
      boolean whole = isWhole(family);
      var settings = settings(manifest, family);
      return new Part(
          manifest,
          prefix,
          family.like(settings, whole ? loss(manifest) : null, family.embedder()),
          manifest.catalog("items"),
          whole ? manifest.catalog("prompts") : Catalog.empty(),
          whole ? manifest.catalog("users") : Catalog.empty());
    }

    /** The shapes of its tensors, in order; {@code all}: the names of the folder's. */
    Map<String, long[]> expected(Set<String> all) {
      var listed = new HashSet<String>();
      for (var n : all) if (n.startsWith(prefix)) listed.add(n.substring(prefix.length()));
      int inputs = manifest.dimension("items");
      int asked = isWhole(spec) ? manifest.dimension("prompts") : 0;
      boolean identities = listed.contains(Parameter.IDENTITY.name());
      var sizes =
          Sizes.of(spec, users.size(), items.size(), inputs, prompts.size(), asked, identities);
      var shapes = new LinkedHashMap<String, long[]>();
      for (var one : spec.start(sizes)) shapes.put(one.parameter().name(), one.shape());
      VectorUnits.addTo(shapes, listed, inputs);
      if (inputs > 0) shapes.put("items.vectors", new long[] {items.size(), inputs});
      if (asked > 0) shapes.put("prompts.vectors", new long[] {prompts.size(), asked});
      var expected = new LinkedHashMap<String, long[]>();
      shapes.forEach((name, shape) -> expected.put(prefix + name, shape));
      return expected;
    }

    /** The model, with the one inside where there is one. */
    BasisModel model(Map<String, Tensor> tensors, Embedder embedder, Part inside) {
      boolean whole = isWhole(spec);
      boolean embeds = !manifest.text("embedder").equals(NONE);
      var described = withVectors(items, tensors.remove(prefix + "items.vectors"));
      var prompted = withVectors(prompts, tensors.remove(prefix + "prompts.vectors"));
      var own = own(tensors);
      var learned = spec.like(spec.settings(), spec.loss(), embeds ? embedder : null).learned(own);
      int k = spec.settings().get(FitSpec.PROTOTYPES);
      var prior = whole ? manifest.prior(spec.basis().space(), k) : Prior.onePoint();
      double degree = manifest.temperature();
      var everybody = inside == null ? null : inside.model(tensors, learned.embedder(), null);
      var history = whole ? SavedHistory.of(manifest) : null;
      var from = manifest.provenance();
      return learned.model(
          new Fitted(
              learned, users, described, prompted, own, prior, degree, everybody, history, from));
    }

    /** A model's own tensors, without those of the model inside. */
    private Map<String, Tensor> own(Map<String, Tensor> tensors) {
      var own = new LinkedHashMap<String, Tensor>();
      tensors.forEach(
          (name, tensor) -> {
            boolean inside = name.startsWith(FALLBACK + ".");
            if (inside == !prefix.isEmpty()) own.put(name.substring(prefix.length()), tensor);
          });
      return own;
    }
  }

  /** As the family has them; sizes are at least 1. */
  private static Settings settings(Manifest manifest, ModelSpec family) {
    var settings = manifest.settings(family.settings(), RETIRED, LATER);
    for (var option : settings.options()) {
      boolean size = List.of("prototypes", "dimension", "hidden").contains(option.name());
      if (!size || ((Number) settings.get(option)).intValue() >= 1) continue;
      throw manifest.bad("'" + option.name() + "' of at least 1", "" + settings.get(option));
    }
    return settings;
  }

  private static Loss loss(Manifest manifest) {
    String name = manifest.at("loss").text("name");
    boolean whole = manifest.at("loss").text("saved").equals("whole");
    try {
      return whole ? Loss.named(name) : Loss.forgotten(name);
    } catch (IllegalArgumentException e) {
      throw manifest.bad("a loss", "'" + name + "'");
    }
  }

  private static Catalog withVectors(Catalog catalog, Tensor vectors) {
    return vectors == null ? catalog : catalog.withVectors(vectors.floats());
  }
}
