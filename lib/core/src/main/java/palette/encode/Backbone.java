package palette.encode;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import palette.engine.Tensor;
import palette.support.InputException;

/**
 * The numbers of a BERT-like encoder, by the names that Hugging Face's transformers give them, and
 * how it reads a text.
 *
 * @param where what it comes from, for errors
 * @param weights word, position and type tables, [n][d] each, and the layers'; matrices lie as
 *     [out][in]
 * @param heads of attention in each layer; d is a multiple
 * @param epsilon added to variances where rows are normalized
 * @param first whether a text's vector is that of its first token and not the mean over all
 * @param tokenizer of its texts
 */
public record Backbone(
    String where,
    Map<String, Tensor> weights,
    int heads,
    double epsilon,
    boolean first,
    Tokenizer tokenizer) {
  static final String WORDS = "embeddings.word_embeddings.weight";
  static final String POSITIONS = "embeddings.position_embeddings.weight";
  static final String TYPES = "embeddings.token_type_embeddings.weight";
  static final String NORM = "embeddings.LayerNorm";
  private static final String LAYER = "encoder.layer.";
  private static final String UP = "intermediate.dense";
  private static final String DOWN = "output.dense";
  private static final List<String> PARTS =
      List.of(
          "attention.self.query",
          "attention.self.key",
          "attention.self.value",
          "attention.output.dense",
          "attention.output.LayerNorm",
          UP,
          DOWN,
          "output.LayerNorm");

  /** A text as the numbers of its tokens, special ones included; cut to so many. */
  public interface Tokenizer {
    long[] ids(String text, int most);
  }

  public Backbone {
    weights = Map.copyOf(weights);
    expect(where, weights, WORDS, -1, -1);
    long d = weights.get(WORDS).shape()[1];
    if (heads < 1 || d % heads != 0) {
      throw bad(where, "a number of heads that divides " + d, "" + heads);
    }
    expect(where, weights, POSITIONS, -1, d);
    expect(where, weights, TYPES, -1, d);
    for (var end : List.of(".weight", ".bias")) expect(where, weights, NORM + end, d);
    expect(where, weights, name(0, UP) + ".bias", -1);
    long wide = weights.get(name(0, UP) + ".bias").shape()[0];
    for (int l = 0; l < layers(weights); l++) {
      for (var part : PARTS) {
        long out = part.equals(UP) ? wide : d;
        long in = part.equals(DOWN) ? wide : d;
        boolean norm = part.endsWith("Norm");
        long[] shape = norm ? new long[] {d} : new long[] {out, in};
        expect(where, weights, name(l, part) + ".weight", shape);
        expect(where, weights, name(l, part) + ".bias", out);
      }
    }
  }

  /** -1 stands for any length. */
  private static void expect(
      String where, Map<String, Tensor> weights, String name, long... shape) {
    var found = weights.get(name);
    boolean fits = found != null && found.shape().length == shape.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = shape[i] < 0 || found.shape()[i] == shape[i];
    }
    if (fits) return;
    String shapes = Arrays.toString(shape).replace("-1", "any");
    throw bad(where, "'" + name + "' of shape " + shapes, found == null ? "none" : "" + found);
  }

  private static InputException bad(String where, String expected, String found) {
    return new InputException(
        where, expected, found, "Encoders that learn are BERT-like: MiniLM, e5 and their kin.");
  }

  private static int layers(Map<String, Tensor> weights) {
    int layers = 0;
    while (weights.containsKey(name(layers, PARTS.get(0)) + ".weight")) layers++;
    return layers;
  }

  /** How many layers there are. */
  public int layers() {
    return layers(weights);
  }

  /** d, the length of a vector. */
  public int dimension() {
    return weights.get(WORDS).size(1);
  }

  /** The length between the two matrices of a layer. */
  public int width() {
    return weights.get(name(0, UP) + ".bias").size(0);
  }

  static String name(int layer, String part) {
    return LAYER + layer + "." + part;
  }

  /** The weights of a layer. */
  static List<String> names(int layer) {
    return PARTS.stream()
        .map(part -> name(layer, part))
        .flatMap(part -> Stream.of(part + ".weight", part + ".bias"))
        .toList();
  }
}
