package palette.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import palette.engine.Tensor;
import palette.store.SafeTensors;
import palette.support.AtomicFile;
import palette.support.InputException;
import palette.support.Reasons;
import palette.support.Sha256;

/**
 * A policy's folder: {@code config.json} and {@code model.safetensors} as Hugging Face writes a
 * GPT-2, and what GPT-2 has not under {@code "palette"}: the voice, and the vocabulary.
 */
final class PolicyFolder {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String PREFIX = "transformer.";
  private static final int MOST_LAYERS = 1000;
  private static final JsonMapper JSON = new JsonMapper();

  private PolicyFolder() {}

  static void write(Policy policy, Path dir) {
    var shape = policy.shape();
    var root = JSON.createObjectNode();
    root.put("model_type", "gpt2").put("n_layer", shape.layers()).put("n_head", shape.heads());
    root.put("n_embd", shape.width()).put("n_positions", shape.positions());
    root.put("vocab_size", shape.words());
    root.put("activation_function", shape.bent() ? "gelu_new" : "gelu");
    var own = root.putObject("palette").put("voice", shape.voice());
    own.put("vocabulary", policy.vocabulary().name());
    own.set("words", JSON.valueToTree(policy.vocabulary().all()));
    // The weights first: a folder without a config is none.
    AtomicFile.write(dir.resolve(WEIGHTS), out -> tensors(policy.weights(), out));
    AtomicFile.write(dir.resolve(CONFIG), out -> out.write(JSON.writeValueAsBytes(root)));
  }

  private static void tensors(Map<String, Tensor> weights, OutputStream out) throws IOException {
    SafeTensors.write(out, weights, Map.of("format", "pt"));
  }

  static Policy read(Path dir) {
    var config = config(dir);
    var vocabulary = vocabulary(dir, config);
    int words = number(dir, config, "vocab_size");
    require(dir, vocabulary.size() == words, vocabulary.size() + " as vocab_size", "" + words);
    var activation = config.path("activation_function").asText("gelu_new");
    boolean bent = activation.equals("gelu_new");
    require(dir, bent || activation.equals("gelu"), "gelu_new or gelu", activation);
    var shape =
        new Gpt(
            number(dir, config, "n_layer"),
            number(dir, config, "n_head"),
            number(dir, config, "n_embd"),
            number(dir, config, "n_positions"),
            words,
            config.path("palette").path("voice").asInt(0),
            bent);
    require(dir, shape.layers() <= MOST_LAYERS, "at most 1,000 as n_layer", shape.layers() + "");
    boolean parted = shape.width() % shape.heads() == 0 && shape.voice() >= 0;
    require(dir, parted, "n_embd as a multiple of n_head, voice of at least 0", shape + "");
    return new Policy(shape, weights(dir.resolve(WEIGHTS), shape), vocabulary, null);
  }

  private static JsonNode config(Path dir) {
    var file = dir.resolve(CONFIG);
    try {
      require(
          dir, Files.exists(file), "a folder with " + CONFIG + " and " + WEIGHTS, "no " + CONFIG);
      var config = JSON.readTree(file.toFile());
      var kind = config.path("model_type").asText("none");
      require(dir, kind.equals("gpt2"), "model_type gpt2", kind);
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file + ": " + Reasons.of(e), e);
    }
  }

  private static int number(Path dir, JsonNode config, String name) {
    var node = config.path(name);
    require(dir, node.isInt() && node.asInt() > 0, name + " as a whole number", node.toString());
    return node.asInt();
  }

  // A folder from elsewhere has GPT-2's own tokens, or none that we know.
  private static Vocabulary vocabulary(Path dir, JsonNode config) {
    var own = config.path("palette");
    var name = own.path("vocabulary").asText("gpt2");
    var words = new ArrayList<String>();
    own.path("words").forEach(word -> words.add(word.asText()));
    return switch (name) {
      case "words" -> Vocabulary.ofWords(words);
      case "bytes" -> Vocabulary.bytes();
      case "gpt2" -> Vocabulary.gpt2();
      default -> throw bad(dir, "a vocabulary of words, bytes or gpt2", name);
    };
  }

  /** Those that a GPT-2 needs, each of its shape; what old files keep of masks is left out. */
  private static Map<String, Tensor> weights(Path file, Gpt shape) {
    var found = new LinkedHashMap<String, Tensor>();
    SafeTensors.read(file)
        .forEach(
            (name, tensor) ->
                found.put(
                    name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name, tensor));
    var weights = new LinkedHashMap<String, Tensor>();
    var expected = shape.shapes();
    if (found.containsKey(Gpt.HEAD)) expected.put(Gpt.HEAD, expected.get(Gpt.WORDS));
    expected.forEach(
        (name, its) -> {
          var tensor = found.remove(name);
          boolean fits = tensor != null && Arrays.equals(tensor.shape(), its);
          var said = tensor == null ? "none" : "shape " + Arrays.toString(tensor.shape());
          require(file, fits, name + " of shape " + Arrays.toString(its), said);
          weights.put(name, tensor);
        });
    found.keySet().removeIf(name -> name.matches("h\\.\\d+\\.attn\\.(masked_)?bias"));
    require(file, found.isEmpty(), "the parameters of a GPT-2", "also " + found.keySet());
    return weights;
  }

  /** Names a policy by its numbers. */
  static String sha256(Map<String, Tensor> weights) {
    var digest = Sha256.begin();
    try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      tensors(weights, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void require(Path where, boolean holds, String expected, String found) {
    if (!holds) throw bad(where, expected, found);
  }

  private static InputException bad(Path where, String expected, String found) {
    return new InputException(
        where.toString(),
        expected,
        found,
        "Give the folder of a GPT-2, or one that save(...) wrote.");
  }
}
