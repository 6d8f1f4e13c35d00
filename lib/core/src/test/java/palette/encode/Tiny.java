package palette.encode;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import palette.engine.Tensor;
import palette.support.Seeds;

/** An encoder of two small layers with random numbers; a word is one of 40 tokens. */
public final class Tiny {
  public static final int DIMENSION = 8;
  public static final List<String> TEXTS =
      List.of(
          "more trees now", "fewer cars", "a longer text about trees and cars", "more cars now");
  private static final int WIDE = 12;

  private Tiny() {}

  public static Backbone backbone() {
    var weights = new HashMap<String, Tensor>();
    put(weights, Backbone.WORDS, 42, DIMENSION);
    put(weights, Backbone.POSITIONS, 32, DIMENSION);
    put(weights, Backbone.TYPES, 2, DIMENSION);
    put(weights, Backbone.NORM + ".weight", DIMENSION);
    put(weights, Backbone.NORM + ".bias", DIMENSION);
    for (int l = 0; l < 2; l++) {
      for (var name : Backbone.names(l)) {
        int out = name.contains("intermediate") ? WIDE : DIMENSION;
        int in = name.contains(".output.dense") && !name.contains("attention") ? WIDE : DIMENSION;
        boolean matrix = name.endsWith("weight") && !name.contains("Norm");
        put(weights, name, matrix ? new int[] {out, in} : new int[] {out});
      }
    }
    return new Backbone("tiny", weights, 2, 1e-12, false, Tiny::ids);
  }

  public static Encoder encoder() {
    return new Encoder("tiny", DIMENSION, 16, null, Tiny::backbone);
  }

  private static void put(Map<String, Tensor> weights, String name, int... shape) {
    long[] lengths = Arrays.stream(shape).asLongStream().toArray();
    int size = shape.length == 1 ? shape[0] : shape[0] * shape[1];
    double[] values = Seeds.normal(size, 0.5, Seeds.stream(7, name));
    boolean scale = name.endsWith("LayerNorm.weight");
    for (int i = 0; scale && i < size; i++) values[i] += 1;
    weights.put(name, Tensor.of(values, lengths));
  }

  private static long[] ids(String text, int most) {
    String[] words = text.split(" ");
    long[] ids = new long[Math.min(most, words.length + 2)];
    for (int i = 1; i < ids.length - 1; i++)
      ids[i] = 2 + Math.floorMod(words[i - 1].hashCode(), 40);
    ids[ids.length - 1] = 1;
    return ids;
  }
}
