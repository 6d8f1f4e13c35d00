package palette.reward;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import palette.data.Catalog;
import palette.data.Embedder;
import palette.data.EmbedderSource;
import palette.engine.Tensor;
import palette.support.InputException;

/**
 * Models as folders: manifest.json says what the model is (kind, spec, catalogs, prior, history,
 * provenance) and names size, hash and shapes of weights.safetensors, which holds every number of
 * single precision: parameters, and the vectors of known items and prompts. {@link ModelFolder}
 * writes and checks the two files; here a model is taken apart and put together.
 */
final class ModelFiles {
  private static final int VERSION = 2;
  private static final String NONE = "none";
  private static final String FALLBACK = "fallback";

  private ModelFiles() {}

  // -------------------------------------------------------------------------------------- save

  static void save(PalModel model, Path dir) {
    var fitted = model.fitted;
    var manifest = head(kind(model), fitted.spec().embedder);
    var loss = manifest.putObject("loss").put("name", fitted.spec().loss.name());
    loss.put("saved", fitted.spec().loss.builtIn() ? "whole" : "by name only");
    Manifest.put(manifest, fitted.settings());
    Manifest.put(manifest, "users", fitted.users());
    Manifest.put(manifest, "items", fitted.items());
    Manifest.put(manifest, "prompts", fitted.prompts());
    Manifest.put(manifest, fitted.prior());
    manifest.put("temperature", fitted.temperature());
    Manifest.put(manifest, fitted.history());
    Manifest.put(manifest, fitted.provenance());
    var tensors = new LinkedHashMap<>(fitted.parameters());
    putVectors(tensors, "items", fitted.items());
    putVectors(tensors, "prompts", fitted.prompts());
    if (fitted.fallback() != null) {
      put(manifest.putObject(FALLBACK), tensors, FALLBACK + ".", fitted.fallback());
    }
    ModelFolder.write(dir, manifest, tensors);
  }

  static void save(Population model, Path dir) {
    var manifest = head(kind(model), model.fitted.spec().embedder);
    var tensors = new LinkedHashMap<String, Tensor>();
    put(manifest, tensors, "", model);
    ModelFolder.write(dir, manifest, tensors);
  }

  private static ObjectNode head(String kind, Embedder embedder) {
    var manifest = Manifest.create();
    manifest.put("format", "palette model").put("version", VERSION).put("kind", kind);
    return manifest.put("embedder", fingerprint(embedder));
  }

  private static void put(
      ObjectNode manifest, Map<String, Tensor> tensors, String prefix, Population model) {
    var fitted = model.fitted;
    manifest.put("embedder", fingerprint(fitted.spec().embedder));
    Manifest.put(manifest, fitted.spec().settings);
    Manifest.put(manifest, "items", fitted.items());
    manifest.put("temperature", fitted.temperature());
    Manifest.put(manifest, fitted.provenance());
    fitted.parameters().forEach((name, tensor) -> tensors.put(prefix + name, tensor));
    putVectors(tensors, prefix + "items", fitted.items());
  }

  private static void putVectors(Map<String, Tensor> tensors, String name, Catalog catalog) {
    if (catalog.dimension() == 0) return;
    tensors.put(name + ".vectors", Tensor.of(catalog.vectors(), catalog.dimension()));
  }

  private static String kind(RewardModel model) {
    if (model instanceof Population) return "population";
    return model instanceof PalA ? "PAL-A" : "PAL-B";
  }

  private static String fingerprint(Embedder embedder) {
    return embedder == null ? NONE : embedder.fingerprint();
  }

  // -------------------------------------------------------------------------------------- load

  static PalA palA(Path dir, Embedder given) {
    var manifest = open(dir, "PAL-A", "PalA");
    var settings = manifest.settings(PalA.spec().settings);
    var spec = PalA.spec().with(settings, loss(manifest), embedder(dir, manifest, given));
    return new PalA(fitted(dir, manifest, spec, ModelShapes::palA));
  }

  static PalB palB(Path dir, Embedder given) {
    var manifest = open(dir, "PAL-B", "PalB");
    var settings = manifest.settings(PalB.spec().settings);
    var spec = PalB.spec().with(settings, loss(manifest), embedder(dir, manifest, given));
    return new PalB(fitted(dir, manifest, spec, ModelShapes::palB));
  }

  static Population population(Path dir, Embedder given) {
    var manifest = open(dir, "population", "Population");
    var embedder = embedder(dir, manifest, given);
    var expected = new LinkedHashMap<String, long[]>();
    expectPopulation(expected, "", manifest);
    var tensors = ModelFolder.read(dir, manifest, expected);
    return population(manifest, "", tensors, embedder);
  }

  private static Manifest open(Path dir, String kind, String type) {
    var manifest = ModelFolder.manifest(dir);
    String format = manifest.text("format");
    if (!format.equals("palette model")) throw manifest.bad("a palette model", format);
    long version = manifest.number("version");
    if (version != VERSION) {
      String next = "Load it with the version of Palette that wrote it, or train it again.";
      throw new InputException(
          manifest.where(), "format version " + VERSION, "version " + version, next);
    }
    String found = manifest.text("kind");
    if (found.equals(kind)) return manifest;
    String other = found.equals("population") ? "Population" : found.replace("PAL-", "Pal");
    throw new InputException(
        manifest.where(),
        "a " + kind + " model for " + type + ".load",
        found,
        "Load it with " + other + ".load.");
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

  /** MiniLM needs no passing, plain vectors need no embedder, any other has to be given. */
  private static Embedder embedder(Path dir, Manifest manifest, Embedder given) {
    String wanted = manifest.text("embedder");
    if (given != null && given.fingerprint().equals(wanted)) return given;
    if (given == null && wanted.equals(NONE)) return null;
    var found = given == null ? EmbedderSource.anywhere(wanted) : Optional.<Embedder>empty();
    if (found.isPresent()) return found.get();
    boolean none = wanted.equals(NONE);
    throw new InputException(
        manifest.where(),
        none ? "no embedder, as in training" : "the embedder of the training, " + wanted,
        given == null ? "none" : given.fingerprint(),
        none
            ? "Load it with load(dir)."
            : "Pass that one: load(Path.of(\"" + dir.getFileName() + "\"), embedder).");
  }

  private static FittedPal fitted(
      Path dir,
      Manifest manifest,
      PalSpec<?> spec,
      BiFunction<Settings, ModelShapes.Sizes, Map<String, long[]>> shapes) {
    for (var size : List.of("prototypes", "dimension", "hidden")) {
      int found = spec.settings.integer(size);
      if (found < 1) throw manifest.bad("'" + size + "' of at least 1", "" + found);
    }
    var users = manifest.catalog("users");
    var items = manifest.catalog("items");
    var prompts = manifest.catalog("prompts");
    var expected = shapes.apply(spec.settings, sizes(manifest, users, items, prompts));
    expectVectors(expected, "items", items.size(), manifest.dimension("items"));
    expectVectors(expected, "prompts", prompts.size(), manifest.dimension("prompts"));
    boolean fallsBack = manifest.has(FALLBACK);
    if (fallsBack) expectPopulation(expected, FALLBACK + ".", manifest.at(FALLBACK));
    var tensors = ModelFolder.read(dir, manifest, expected);
    var fallback =
        fallsBack
            ? population(manifest.at(FALLBACK), FALLBACK + ".", tensors, spec.embedder)
            : null;
    items = withVectors(items, tensors.remove("items.vectors"));
    prompts = withVectors(prompts, tensors.remove("prompts.vectors"));
    tensors.keySet().removeIf(name -> name.startsWith(FALLBACK + "."));
    return new FittedPal(
        spec,
        users,
        items,
        prompts,
        tensors,
        manifest.prior(spec.settings.integer("prototypes")),
        manifest.temperature(),
        fallback,
        manifest.history(),
        manifest.provenance());
  }

  private static ModelShapes.Sizes sizes(
      Manifest manifest, Catalog users, Catalog items, Catalog prompts) {
    return new ModelShapes.Sizes(
        users.size(),
        items.size(),
        manifest.dimension("items"),
        prompts.size(),
        manifest.dimension("prompts"),
        manifest.at("weights").at("tensors").has("items.identity"));
  }

  private static void expectVectors(
      Map<String, long[]> expected, String catalog, int size, long dimension) {
    if (dimension > 0) expected.put(catalog + ".vectors", new long[] {size, dimension});
  }

  private static void expectPopulation(
      Map<String, long[]> expected, String prefix, Manifest manifest) {
    int items = manifest.catalog("items").size();
    long inputs = manifest.dimension("items");
    ModelShapes.population(items, inputs)
        .forEach((name, shape) -> expected.put(prefix + name, shape));
    expectVectors(expected, prefix + "items", items, inputs);
  }

  private static Population population(
      Manifest manifest, String prefix, Map<String, Tensor> tensors, Embedder embedder) {
    var parameters = new LinkedHashMap<String, Tensor>();
    for (var name : List.of("content", "items", "ridges")) {
      parameters.put(name, tensors.get(prefix + name));
    }
    boolean embeds = !manifest.text("embedder").equals(NONE);
    var settings = manifest.settings(Population.spec().settings);
    return new Population(
        new Population.Fitted(
            new Population.Spec(settings, embeds ? embedder : null),
            withVectors(manifest.catalog("items"), tensors.get(prefix + "items.vectors")),
            parameters,
            manifest.temperature(),
            manifest.provenance()));
  }

  private static Catalog withVectors(Catalog catalog, Tensor vectors) {
    if (vectors == null) return catalog;
    int d = vectors.size(1);
    float[][] rows = new float[vectors.size(0)][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(vectors.values(), i * d, (i + 1) * d);
    }
    return catalog.withVectors(rows);
  }
}
