package palette.encode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.support.Checks;

/**
 * Which numbers of an encoder learn. Word and position tables and what normalizes them never do.
 *
 * @param last so many layers, counted from the last; 0 for all
 * @param rank LoRA's (Hu et al. 2022, arXiv 2106.09685): queries and values of all layers are
 *     {@code W + B A} with A [rank][in] and B [out][rank], and only A and B learn; 0 for whole
 *     layers
 */
public record Tuning(int last, int rank) {
  static final String A = ".a";

  /** Behind the name of the matrix that begins at zero, so that the encoder begins as it was. */
  public static final String B = ".b";

  /** All layers. */
  public static Tuning all() {
    return new Tuning(0, 0);
  }

  /** The last layers alone: the others are run once for each text, and what they say is kept. */
  public static Tuning last(int layers) {
    return new Tuning(Checks.atLeast(1, "layers", layers), 0);
  }

  /** Two narrow matrices beside those for queries and values, in all layers. */
  public static Tuning lora(int rank) {
    return new Tuning(0, Checks.atLeast(1, "rank", rank));
  }

  /** The way of a text that {@link #toString} made. */
  public static Tuning of(String text) {
    boolean known = text.matches("all|(last|lora) [1-9]\\d{0,5}");
    Checks.require(known, "tuning", "all, 'last N' or 'lora N'", "'" + text + "'");
    if (text.equals("all")) return all();
    int number = Integer.parseInt(text.substring(5));
    return text.startsWith("last") ? last(number) : lora(number);
  }

  /** The lowest layer that learns. */
  public int lowest(int layers) {
    Checks.require(last <= layers, "tuning", "at most " + layers + " layers", last);
    return last == 0 ? 0 : layers - last;
  }

  /** What learns in an encoder, by name, and its shape. */
  public Map<String, long[]> shapes(Backbone backbone) {
    var shapes = new LinkedHashMap<String, long[]>();
    for (int l = lowest(backbone.layers()); l < backbone.layers(); l++) {
      for (var name : rank == 0 ? Backbone.names(l) : narrowed(l)) {
        long[] whole = backbone.weights().get(name).shape();
        if (rank == 0) shapes.put(name, whole);
        else {
          shapes.put(name + A, new long[] {rank, whole[1]});
          shapes.put(name + B, new long[] {whole[0], rank});
        }
      }
    }
    return shapes;
  }

  private static List<String> narrowed(int layer) {
    var names = new ArrayList<>(Backbone.names(layer));
    names.removeIf(name -> !name.endsWith("query.weight") && !name.endsWith("value.weight"));
    return names;
  }

  @Override
  public String toString() {
    if (rank > 0) return "lora " + rank;
    return last == 0 ? "all" : "last " + last;
  }
}
