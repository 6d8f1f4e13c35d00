package palette.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.engine.Tensor;
import palette.store.Manifest;
import palette.store.ModelFolder;
import palette.store.SafeTensors;
import palette.support.InputException;
import palette.support.Reasons;

/**
 * A GPT-2 as Hugging Face writes it: {@code config.json}, {@code model.safetensors}, and its tokens
 * in {@code vocab.json} and {@code merges.txt}, or in {@code tokenizer.json}; where there is
 * neither, they are GPT-2's own.
 */
final class Gpt2Folder {
  static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String VOCABULARY = "vocab.json";
  private static final String MERGES = "merges.txt";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String PREFIX = "transformer.";
  private static final JsonMapper JSON = new JsonMapper();

  private final Path dir;
  private final Manifest config;

  private Gpt2Folder(Path dir) {
    this.dir = dir;
    config = Manifest.read(dir.resolve(CONFIG));
  }

  static Policy read(Path dir) {
    return new Gpt2Folder(dir).policy();
  }

  private Policy policy() {
    var kind = config.text("model_type");
    if (!kind.equals("gpt2")) throw config.bad("'model_type' gpt2", kind);
    var shape = PolicyFolder.shape(config);
    return PolicyFolder.policy(config, weights(shape), vocabulary(shape.words()), null);
  }

  // ------------------------------------------------------------------------------------- tokens

  private Vocabulary vocabulary(int words) {
    if (Files.exists(dir.resolve(VOCABULARY))) {
      return vocabulary(VOCABULARY, tokens(VOCABULARY, json(VOCABULARY), words), merges());
    }
    if (!Files.exists(dir.resolve(TOKENIZER))) return Vocabulary.gpt2();
    var root = json(TOKENIZER);
    var model = root.path("model");
    var parts = root.path("pre_tokenizer");
    boolean known =
        model.path("type").asText().equals("BPE")
            && parts.path("type").asText().equals("ByteLevel")
            && !parts.path("add_prefix_space").asBoolean()
            && !root.hasNonNull("normalizer");
    require(TOKENIZER, known, "byte pairs as GPT-2 has them", model.path("type") + ", " + parts);
    var tokens = tokens(TOKENIZER, model.path("vocab"), words);
    for (var added : root.path("added_tokens")) {
      put(TOKENIZER, tokens, added.path("content").asText(), added.path("id"));
    }
    var merges = new ArrayList<String>();
    for (var pair : model.path("merges")) {
      merges.add(
          pair.isArray() ? pair.path(0).asText() + " " + pair.path(1).asText() : pair.asText());
    }
    return vocabulary(TOKENIZER, tokens, merges);
  }

  private Vocabulary vocabulary(String file, List<String> tokens, List<String> merges) {
    int end = token("eos_token_id", tokens.indexOf("<|endoftext|>"));
    int start = token("bos_token_id", end);
    boolean said = Math.min(start, end) >= 0 && Math.max(start, end) < tokens.size();
    require(file, said, "the tokens that begin and end a text", start + " and " + end);
    return BytePairs.of(dir.resolve(file).toString(), tokens, merges, start, end);
  }

  private int token(String name, int otherwise) {
    return config.has(name) ? config.whole(name) : otherwise;
  }

  /** By number; a number that no token has is the empty text. */
  private List<String> tokens(String file, JsonNode ids, int words) {
    var tokens = new ArrayList<>(Collections.nCopies(words, ""));
    ids.properties().forEach(entry -> put(file, tokens, entry.getKey(), entry.getValue()));
    return tokens;
  }

  private void put(String file, List<String> tokens, String token, JsonNode id) {
    boolean fits = id.isInt() && id.asInt() >= 0 && id.asInt() < tokens.size();
    require(file, fits, "'" + token + "' numbered below " + tokens.size(), "" + id);
    tokens.set(id.asInt(), token);
  }

  private List<String> merges() {
    var file = dir.resolve(MERGES);
    return Reasons.attempt("read " + file, () -> Files.readAllLines(file)).stream()
        .filter(line -> !line.startsWith("#version") && !line.isBlank())
        .toList();
  }

  // ------------------------------------------------------------------------------------ weights

  /** Those that a GPT-2 needs, each of its shape; what old files keep of masks is left out. */
  private Map<String, Tensor> weights(Gpt shape) {
    var found = new LinkedHashMap<String, Tensor>();
    SafeTensors.read(dir.resolve(WEIGHTS))
        .forEach(
            (name, tensor) ->
                found.put(
                    name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name, tensor));
    found.keySet().removeIf(name -> name.matches("h\\.\\d+\\.attn\\.(masked_)?bias"));
    var expected = shape.shapes(found.containsKey(Gpt.HEAD));
    ModelFolder.requireShapes(dir.resolve(WEIGHTS), found, expected);
    var weights = new LinkedHashMap<String, Tensor>();
    for (var name : expected.keySet()) weights.put(name, found.get(name));
    return weights;
  }

  // ------------------------------------------------------------------------------------- errors

  private JsonNode json(String name) {
    var file = dir.resolve(name);
    return Reasons.attempt("read " + file, () -> JSON.readTree(Files.readAllBytes(file)));
  }

  private void require(String file, boolean holds, String expected, String found) {
    if (holds) return;
    String next = "Give the folder of a GPT-2, or one that save(...) wrote.";
    throw new InputException(dir.resolve(file).toString(), expected, found, next);
  }
}
