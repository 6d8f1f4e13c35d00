package palette.embed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import palette.encode.Backbone;
import palette.encode.Encoder;
import palette.engine.Tensor;
import palette.store.SafeTensors;
import palette.support.InputException;

/** A BERT-like encoder in a folder of Hugging Face's transformers. */
record BertFolder(Path dir, JsonNode config) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TOKENIZER = "tokenizer.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String POOLING = "1_Pooling/config.json"; // sentence-transformers' own

  /** Reads what the folder says of itself. */
  static BertFolder of(Path dir) {
    var folder = new BertFolder(dir, json(dir.resolve("config.json")));
    folder.require("model_type", "bert");
    folder.require("hidden_act", "gelu");
    if (folder.config.has("position_embedding_type")) {
      folder.require("position_embedding_type", "absolute");
    }
    folder.first();
    return folder;
  }

  private static JsonNode json(Path file) {
    try {
      return JSON.readTree(bytes(file));
    } catch (IOException e) {
      throw new InputException(file.toString(), "JSON", e.getMessage(), "Fetch it again.", e);
    }
  }

  private static byte[] bytes(Path file) {
    return ModelHash.bytes(file, "a file of a BERT-like encoder");
  }

  private void require(String name, String expected) {
    String found = config.path(name).asText("none");
    if (found.equals(expected)) return;
    throw bad("config.json", "'" + name + "' as " + expected, found);
  }

  private InputException bad(String file, String expected, String found) {
    String next = "Encoders that learn are BERT-like: take another, or Embedders.onnx(...).";
    return new InputException(dir.resolve(file).toString(), expected, found, next);
  }

  /** Whether a text's vector is that of its first token; else it is the mean. */
  private boolean first() {
    var file = dir.resolve(POOLING);
    if (!Files.exists(file)) return false;
    var modes = new ArrayList<String>();
    for (var field : json(file).properties()) {
      boolean mode = field.getKey().startsWith("pooling_mode_");
      if (mode && field.getValue().asBoolean()) modes.add(field.getKey());
    }
    if (modes.equals(List.of("pooling_mode_cls_token"))) return true;
    if (modes.equals(List.of("pooling_mode_mean_tokens"))) return false;
    throw bad(POOLING, "the mean over tokens or the first one, alone", modes.toString());
  }

  Encoder encoder() {
    String name = config.path("_name_or_path").asText(dir.getFileName().toString());
    int d = config.path("hidden_size").asInt();
    int longest = config.path("max_position_embeddings").asInt();
    if (d < 1 || longest < 1) {
      throw bad("config.json", "hidden_size and max_position_embeddings", d + ", " + longest);
    }
    var described = new ByteArrayOutputStream();
    described.writeBytes(bytes(dir.resolve("config.json")));
    described.writeBytes(bytes(dir.resolve(TOKENIZER)));
    if (first()) described.writeBytes("first token".getBytes(StandardCharsets.UTF_8));
    var hash = ModelHash.ofFiles(dir.resolve(WEIGHTS), described.toByteArray());
    return new Encoder(hash.fingerprint(name) + "-encoder", d, longest, null, this::backbone);
  }

  private Backbone backbone() {
    var tokenizer = dir.resolve(TOKENIZER);
    var tokens = new Tokens(tokenizer.toString(), bytes(tokenizer), "");
    int heads = config.path("num_attention_heads").asInt();
    double epsilon = config.path("layer_norm_eps").asDouble(1e-12);
    return new Backbone(dir.toString(), weights(), heads, epsilon, first(), tokens::cut);
  }

  /** By their plain names; models that were trained for a task of their own say "bert." before. */
  private Map<String, Tensor> weights() {
    var plain = new HashMap<String, Tensor>();
    SafeTensors.read(dir.resolve(WEIGHTS), name -> name.endsWith("position_ids"))
        .forEach((name, t) -> plain.put(name.startsWith("bert.") ? name.substring(5) : name, t));
    return plain;
  }
}
