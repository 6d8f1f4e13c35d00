package palette.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import palette.data.Catalog;
import palette.engine.Tensor;
import palette.reward.History;
import palette.reward.Loss;
import palette.reward.Option;
import palette.reward.PrototypeModel.Prior;
import palette.reward.Settings;
import palette.reward.Space;
import palette.support.InputException;
import palette.support.Provenance;

/**
 * What a folder holds of a model, whatever its family: manifest.json says what it is (kind, spec,
 * catalogs, prior, history, provenance) and names size, hash and shapes of weights.safetensors,
 * which holds every number of single precision: parameters, and the vectors of known items and
 * prompts. {@link ModelFolder} writes and checks the two files; here a model is taken apart and put
 * together. Parts that a model does not have are null.
 *
 * @param kind the family's name
 * @param embedder the fingerprint of what turned texts into vectors, or "none"
 * @param fallback the one score for everybody inside a model
 */
public record SavedModel(
    String kind,
    String embedder,
    Loss loss,
    Settings settings,
    Catalog users,
    Catalog items,
    Catalog prompts,
    Prior prior,
    double temperature,
    History history,
    Provenance provenance,
    Map<String, Tensor> parameters,
    SavedModel fallback) {

  /** What stands for no embedder. */
  public static final String NONE = "none";

  private static final int VERSION = 2;
  private static final String FALLBACK = "fallback";

  /** Options that specs once had and that change no reward; old models may name them. */
  private static final Set<String> RETIRED = Set.of("prototypeBound", "boundStrength");

  /** What has to be known of a family to read a model of it. */
  public interface Family {
    /** The kind of its models. */
    String kind();

    /** Its options at their defaults. */
    Settings defaults();

    /** Where its users' weights lie, by its settings. */
    Space space(Settings settings);

    /**
     * Whether its models come with users, prompts, a loss, a prior and a history: all but the
     * population's do.
     */
    boolean whole();

    /** The shapes of its parameters, in order. */
    Map<String, long[]> shapes(Sizes sizes);

    /** The family of the one score for everybody that may lie inside; null for none. */
    Family everybody();
  }

  /** What decides the shapes of parameters. */
  public record Sizes(
      Settings settings,
      Loss loss,
      int users,
      int items,
      int itemInputs,
      int prompts,
      int promptInputs,
      Set<String> tensors) {}

  // -------------------------------------------------------------------------------------- write

  /** Writes the folder, whole or not at all. */
  public void write(Path dir) {
    var manifest = Manifest.create();
    manifest.put("format", "palette model").put("version", VERSION).put("kind", kind);
    var tensors = new LinkedHashMap<String, Tensor>();
    describe(manifest, "", tensors);
    if (fallback != null) fallback.describe(manifest.putObject(FALLBACK), FALLBACK + ".", tensors);
    ModelFolder.write(dir, manifest, tensors);
  }

  private void describe(ObjectNode into, String prefix, Map<String, Tensor> tensors) {
    into.put("embedder", embedder);
    if (loss != null) {
      var described = into.putObject("loss").put("name", loss.name());
      described.put("saved", loss.builtIn() ? "whole" : "by name only");
    }
    Manifest.put(into, settings);
    if (users != null) Manifest.put(into, "users", users);
    Manifest.put(into, "items", items);
    if (prompts != null) Manifest.put(into, "prompts", prompts);
    if (prior != null) Manifest.put(into, prior);
    into.put("temperature", temperature);
    if (history != null) SavedHistory.put(into, history);
    Manifest.put(into, provenance);
    parameters.forEach((name, tensor) -> tensors.put(prefix + name, tensor));
    putVectors(tensors, prefix + "items", items);
    if (prompts != null) putVectors(tensors, prefix + "prompts", prompts);
  }

  private static void putVectors(Map<String, Tensor> tensors, String name, Catalog catalog) {
    if (catalog.dimension() == 0) return;
    tensors.put(name + ".vectors", Tensor.of(catalog.vectors(), catalog.dimension()));
  }

  // --------------------------------------------------------------------------------------- read

  /**
   * Reads a folder.
   *
   * @param of the family, by the embedder's fingerprint
   * @throws InputException if a file is missing, damaged or of another family
   */
  public static SavedModel read(Path dir, String kind, Function<String, Family> of) {
    var manifest = ModelFolder.manifest(dir);
    requireKind(manifest, kind);
    var family = of.apply(manifest.text("embedder"));
    var names = manifest.tensors();
    var whole = new Part(manifest, names, "", family);
    var everybody = family.everybody();
    var inside =
        everybody != null && manifest.has(FALLBACK)
            ? new Part(manifest.at(FALLBACK), names, FALLBACK + ".", everybody)
            : null;
    var expected = whole.expected();
    if (inside != null) expected.putAll(inside.expected());
    var tensors = ModelFolder.read(dir, manifest, expected);
    return whole.model(tensors, inside == null ? null : inside.model(tensors, null));
  }

  private static void requireKind(Manifest manifest, String kind) {
    String format = manifest.text("format");
    if (!format.equals("palette model")) throw manifest.bad("a palette model", format);
    long version = manifest.number("version");
    if (version != VERSION) {
      String next = "Load it with the version of Palette that wrote it, or train it again.";
      throw new InputException(
          manifest.where(), "format version " + VERSION, "version " + version, next);
    }
    String found = manifest.text("kind");
    if (found.equals(kind)) return;
    String next = "Load it with the family of that name, as PalA.load is for PAL-A.";
    throw new InputException(manifest.where(), "a model of the kind " + kind, found, next);
  }

  /** A model as a manifest has it, itself or the one inside, before its tensors are read. */
  private static final class Part {
    private final Manifest manifest;
    private final Set<String> names; // of the whole folder's tensors
    private final String prefix; // of its own
    private final Family family;
    private final Settings settings;
    private final Catalog items;
    private final Catalog prompts;
    private final Catalog users;
    private final Loss loss;

    Part(Manifest manifest, Set<String> names, String prefix, Family family) {
      this.manifest = manifest;
      this.names = names;
      this.prefix = prefix;
      this.family = family;
      settings = settings(manifest, family);
      items = manifest.catalog("items");
      prompts = family.whole() ? manifest.catalog("prompts") : Catalog.empty();
      users = family.whole() ? manifest.catalog("users") : Catalog.empty();
      loss = family.whole() ? loss(manifest) : null;
    }

    Map<String, long[]> expected() {
      int inputs = manifest.dimension("items");
      int asked = family.whole() ? manifest.dimension("prompts") : 0;
      var listed =
          names.stream()
              .filter(name -> name.startsWith(prefix))
              .map(name -> name.substring(prefix.length()))
              .collect(Collectors.toSet());
      int n = items.size();
      int m = prompts.size();
      var sizes = new Sizes(settings, loss, users.size(), n, inputs, m, asked, listed);
      var expected = new LinkedHashMap<String, long[]>();
      family.shapes(sizes).forEach((name, shape) -> expected.put(prefix + name, shape));
      if (inputs > 0) expected.put(prefix + "items.vectors", new long[] {n, inputs});
      if (asked > 0) expected.put(prefix + "prompts.vectors", new long[] {m, asked});
      return expected;
    }

    SavedModel model(Map<String, Tensor> tensors, SavedModel fallback) {
      boolean whole = family.whole();
      var described = withVectors(items, tensors.remove(prefix + "items.vectors"));
      var prompted = withVectors(prompts, tensors.remove(prefix + "prompts.vectors"));
      int prototypes = whole ? (Integer) settings.asMap().get("prototypes") : 0;
      return new SavedModel(
          family.kind(),
          manifest.text("embedder"),
          loss,
          settings,
          users,
          described,
          prompted,
          whole ? manifest.prior(family.space(settings), prototypes) : null,
          manifest.temperature(),
          whole ? SavedHistory.of(manifest) : null,
          manifest.provenance(),
          own(tensors),
          fallback);
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
  private static Settings settings(Manifest manifest, Family family) {
    var settings = manifest.settings(family.defaults(), RETIRED);
    for (Option<?> option : settings.options()) {
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
    if (vectors == null) return catalog;
    int d = vectors.size(1);
    float[][] rows = new float[vectors.size(0)][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(vectors.values(), i * d, (i + 1) * d);
    }
    return catalog.withVectors(rows);
  }
}
