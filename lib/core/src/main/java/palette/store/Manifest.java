package palette.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import palette.data.Catalog;
import palette.reward.Option;
import palette.reward.PrototypeModel;
import palette.reward.Settings;
import palette.reward.Space;
import palette.support.InputException;
import palette.support.Provenance;
import palette.support.Reasons;
import palette.support.Texts;

/**
 * The parts of manifest.json, each written and read back beside each other. Reading names the
 * field, what was expected and what was found; nothing is guessed.
 */
public record Manifest(String where, JsonNode node) {
  private static final String NEXT = "Copy the folder again, or train and save the model again.";
  static final long LARGEST = 256 << 20;
  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  public static ObjectNode create() {
    return JSON.createObjectNode();
  }

  public static void write(Path file, ObjectNode root) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(root);
    requireSmall(file, bytes.length);
    Files.write(file, bytes);
  }

  // Whoever reads it has it in memory, several times as large.
  private static void requireSmall(Path file, long bytes) {
    if (bytes <= LARGEST) return;
    String most = "at most " + (LARGEST >> 20) + " MB of JSON";
    throw new InputException(file.toString(), most, bytes + " bytes", "Leave out users or texts.");
  }

  public static Manifest read(Path file) {
    try {
      requireSmall(file, Files.size(file));
      var root = JSON.readTree(Files.readAllBytes(file));
      var manifest = new Manifest(file.toString(), root);
      if (!root.isObject()) throw manifest.bad("a JSON object", root.getNodeType().toString());
      return manifest;
    } catch (JsonProcessingException e) {
      String found = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new InputException(file.toString(), "JSON", found, NEXT, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file + ": " + Reasons.of(e), e);
    }
  }

  // ------------------------------------------------------------------------------ single fields

  private JsonNode field(String name, String expected, Predicate<JsonNode> test) {
    var found = node.path(name);
    if (!test.test(found)) {
      throw bad("'" + name + "' as " + expected, found.isMissingNode() ? "none" : "" + found);
    }
    return found;
  }

  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  public Manifest at(String name) {
    return new Manifest(where, field(name, "an object", JsonNode::isObject));
  }

  public String text(String name) {
    return field(name, "a text", JsonNode::isTextual).asText();
  }

  public boolean flag(String name) {
    return field(name, "true or false", JsonNode::isBoolean).asBoolean();
  }

  public long number(String name) {
    return field(name, "a whole number", n -> n.isIntegralNumber() && n.canConvertToLong())
        .asLong();
  }

  public double real(String name) {
    return field(name, "a finite number", Manifest::isFinite).asDouble();
  }

  private static boolean isFinite(JsonNode n) {
    return n.isNumber() && Double.isFinite(n.asDouble());
  }

  double realOrNaN(String name) {
    return has(name) ? real(name) : Double.NaN;
  }

  /** The parts of a list. */
  List<Manifest> list(String name) {
    var parts = new ArrayList<Manifest>();
    for (var n : field(name, "a list", JsonNode::isArray)) parts.add(new Manifest(where, n));
    return parts;
  }

  public List<String> texts(String name) {
    var texts = new ArrayList<String>();
    for (var n : field(name, "a list of texts", JsonNode::isArray)) {
      if (!n.isTextual()) throw bad("only texts in '" + name + "'", "" + n);
      texts.add(n.asText());
    }
    return texts;
  }

  // ----------------------------------------------------------------------------------- settings

  public static void put(ObjectNode into, Settings settings) {
    var all = into.putObject("settings");
    settings
        .asMap()
        .forEach(
            (name, value) ->
                all.set(name, JSON.valueToTree(value instanceof Enum<?> e ? e.name() : value)));
  }

  /**
   * The settings, each of the type that its default has; none more but retired ones, none less but
   * later ones, which keep their default.
   */
  public Settings settings(Settings defaults, Set<String> retired, Set<String> later) {
    var given = at("settings");
    var known = defaults.asMap().keySet();
    for (var field : given.node.properties()) {
      if (known.contains(field.getKey()) || retired.contains(field.getKey())) continue;
      throw bad("settings " + known, "the unknown '" + field.getKey() + "'");
    }
    var settings = defaults;
    for (var option : defaults.options()) {
      if (later.contains(option.name()) && !given.has(option.name())) continue;
      settings = given.take(option, settings);
    }
    return settings;
  }

  @SuppressWarnings("unchecked") // a value of its default's type
  private <T> Settings take(Option<T> option, Settings settings) {
    return settings.with(option, (T) typed(option.name(), option.initial()));
  }

  private Object typed(String name, Object like) {
    if (like instanceof Integer) return whole(name);
    if (like instanceof Long) return number(name);
    if (like instanceof Double) return real(name);
    if (like instanceof Boolean) return flag(name);
    return like instanceof Enum<?> e ? constant(name, e) : text(name);
  }

  public int whole(String name) {
    return field(name, "a whole number", n -> n.isIntegralNumber() && n.canConvertToInt()).asInt();
  }

  /** One of the constants that {@code like} is of. */
  public Enum<?> constant(String name, Enum<?> like) {
    Enum<?>[] constants = like.getDeclaringClass().getEnumConstants();
    for (var constant : constants) if (constant.name().equals(text(name))) return constant;
    throw bad("'" + name + "' as one of " + List.of(constants), "'" + text(name) + "'");
  }

  // ----------------------------------------------------------------------------------- catalogs

  /** Ids, and texts where there are any; vectors are kept with the weights. */
  public static void put(ObjectNode into, String name, Catalog catalog) {
    var described = into.putObject(name);
    described.set("ids", JSON.valueToTree(catalog.ids()));
    if (catalog.hasTexts()) described.set("texts", JSON.valueToTree(catalog.texts()));
    if (catalog.dimension() > 0) described.put("vectors", catalog.dimension());
  }

  public Catalog catalog(String name) {
    var described = at(name);
    var ids = described.texts("ids");
    var texts = described.has("texts") ? described.texts("texts") : null;
    if (texts != null && texts.size() != ids.size()) {
      throw bad(ids.size() + " texts in '" + name + "'", "" + texts.size());
    }
    var builder = Catalog.builder();
    for (int i = 0; i < ids.size(); i++) {
      if (builder.add(ids.get(i), texts == null ? null : texts.get(i)) != i) {
        throw bad("each id of '" + name + "' once", "'" + ids.get(i) + "' twice");
      }
    }
    return builder.build();
  }

  /** How long the vectors of a catalog are; 0 for none. */
  public int dimension(String catalog) {
    return at(catalog).has("vectors") ? at(catalog).whole("vectors") : 0;
  }

  public static void put(ObjectNode into, PrototypeModel.Prior prior) {
    var described = into.putObject("prior");
    described.set("center", JSON.valueToTree(prior.center()));
    described.put("strength", prior.strength());
    described.put("populationColumn", prior.populationColumn());
  }

  public PrototypeModel.Prior prior(Space space, int prototypes) {
    var described = at("prior");
    boolean column = described.flag("populationColumn");
    int columns = prototypes + space.beside() + (column ? 1 : 0);
    var center =
        described.field("center", columns + " numbers", n -> n.isArray() && n.size() == columns);
    double[] values = new double[columns];
    for (int k = 0; k < columns; k++) {
      if (!isFinite(center.get(k))) throw bad("finite numbers in 'center'", "" + center);
      values[k] = center.get(k).asDouble();
    }
    if (column && !has("fallback")) throw bad("'fallback' beside a population column", "none");
    double strength = described.real("strength");
    if (strength < 0) throw bad("'strength' of at least 0", "" + strength);
    return new PrototypeModel.Prior(space, values, strength, column);
  }

  public double temperature() {
    return field("temperature", "a number above 0", n -> isFinite(n) && n.asDouble() > 0)
        .asDouble();
  }

  public static void put(ObjectNode into, Provenance provenance) {
    var described = into.putObject("provenance");
    described.set("what", JSON.valueToTree(new TreeMap<>(provenance.what())));
    described.set("circumstances", JSON.valueToTree(new TreeMap<>(provenance.circumstances())));
  }

  public Provenance provenance() {
    var described = at("provenance");
    return new Provenance(described.map("what"), described.map("circumstances"));
  }

  private Map<String, String> map(String name) {
    var map = new LinkedHashMap<String, String>();
    var inner = at(name);
    for (var field : inner.node.properties()) map.put(field.getKey(), inner.text(field.getKey()));
    return map;
  }

  /** The names of the tensors that it lists. */
  public Set<String> tensors() {
    var names = new HashSet<String>();
    at("weights").at("tensors").node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  public static void putShapes(ObjectNode weights, Map<String, long[]> shapes) {
    var described = weights.putObject("tensors");
    shapes.forEach((name, shape) -> described.set(name, JSON.valueToTree(shape)));
  }

  /** The manifest's own list of tensors must be what its spec asks for. */
  public void requireShapes(Map<String, long[]> expected) {
    var wanted = create();
    putShapes(wanted, expected);
    var listed = at("weights").at("tensors").node;
    for (var asked : wanted.get("tensors").properties()) {
      var found = listed.path(asked.getKey()).toString();
      if (!found.equals(asked.getValue().toString())) {
        throw bad("tensor " + asked + " by its settings", found.isEmpty() ? "none" : found);
      }
    }
    if (listed.size() == expected.size()) return;
    throw bad("only " + expected.keySet() + " by its settings", "" + listed);
  }

  public InputException bad(String expected, String found) {
    return new InputException(where, expected, Texts.shortened(found, 203), NEXT);
  }
}
