package palette.encode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import palette.engine.Torch;

/**
 * The texts of a fit whose encoder learns. What its lower layers make of each is worked out once
 * and kept; a step takes the others from there. The distinct texts of a graph go by their lengths.
 */
public final class EncodedTexts {
  private static final long GRAPH = 1L << 30; // bytes that graphs of all threads may hold, about

  private final Transformer transformer;
  private final NDManager manager;
  private final int dimension;
  private final Map<String, Integer> index = new HashMap<>();
  private final List<long[]> tokens = new ArrayList<>();
  private final NDArray[] still; // null where no layer stands still
  private final int atOnce;

  /**
   * Texts of a fit; arrays live as long as the manager.
   *
   * @param most tokens of a text
   * @param threads that share a step
   */
  public EncodedTexts(
      Encoder encoder,
      Tuning tuning,
      int most,
      int threads,
      List<String> texts,
      NDManager manager,
      DataType type) {
    var backbone = encoder.backbone();
    int lowest = tuning.lowest(backbone.layers());
    this.manager = manager;
    this.dimension = encoder.dimension();
    var learned = tuning.shapes(backbone).keySet();
    this.transformer = new Transformer(backbone, lowest, learned, manager, type);
    for (var text : texts) {
      if (index.putIfAbsent(text, tokens.size()) == null) tokens.add(encoder.tokens(text, most));
    }
    this.still = lowest == 0 ? null : new NDArray[tokens.size()];
    if (still != null) Transformer.each(tokens, this::keep);
    int longest = tokens.stream().mapToInt(ids -> ids.length).max().orElse(1);
    long bytes = bytesOfAToken(backbone, longest) * longest * (backbone.layers() - lowest);
    this.atOnce = (int) Math.max(2L * threads, Math.min(4096, GRAPH / bytes / 4 * 2)); // pairs
  }

  private void keep(int text) {
    NDArray made = transformer.still(List.of(tokens.get(text)));
    still[text] = Torch.kept(made);
    made.attach(manager);
  }

  /** What a layer leaves for the way back, with what it needs in between. */
  private static long bytesOfAToken(Backbone backbone, int tokens) {
    long d = backbone.dimension();
    return Float.BYTES * (12 * d + 3L * backbone.width() + 3L * backbone.heads() * tokens);
  }

  /** How many places a graph may hold, so that a step of many does not fill the memory. */
  public int atOnce() {
    return atOnce;
  }

  /**
   * Finds the vectors of positions, [n][parts * d], by what is learned; each position has these
   * texts beside each other, null for zeros.
   */
  public BiFunction<Map<String, NDArray>, int[], NDArray> of(List<List<String>> texts) {
    int[][] parts =
        texts.stream()
            .map(all -> all.stream().mapToInt(t -> t == null ? -1 : index.get(t)).toArray())
            .toArray(int[][]::new);
    return (learned, positions) -> rows(learned, parts, positions);
  }

  private NDArray rows(Map<String, NDArray> learned, int[][] parts, int[] positions) {
    int[] met =
        Arrays.stream(positions)
            .flatMap(position -> Arrays.stream(parts[position]))
            .filter(text -> text >= 0)
            .distinct()
            .boxed()
            .sorted((a, b) -> tokens.get(a).length - tokens.get(b).length)
            .mapToInt(Integer::intValue)
            .toArray();
    NDArray zero = manager.zeros(new Shape(1, dimension), transformer.type());
    NDArray all = met.length == 0 ? zero : NDArrays.concat(new NDList(vectors(learned, met), zero));
    var place = new HashMap<Integer, Integer>();
    for (int i = 0; i < met.length; i++) place.put(met[i], i);
    var columns = new NDList();
    for (int part = 0; part < parts[0].length; part++) {
      int[] rows = new int[positions.length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = place.getOrDefault(parts[positions[i]][part], met.length);
      }
      columns.add(Torch.rows(all, rows));
    }
    return columns.size() == 1 ? columns.get(0) : NDArrays.concat(columns, 1);
  }

  private NDArray vectors(Map<String, NDArray> learned, int[] texts) {
    var ids = Arrays.stream(texts).mapToObj(tokens::get).toList();
    int[] lengths = ids.stream().mapToInt(id -> id.length).toArray();
    return transformer.vectors(learned, still(ids, texts), lengths);
  }

  private NDArray still(List<long[]> ids, int[] texts) {
    if (still == null) return transformer.still(ids);
    var rows = new NDList();
    for (int text : texts) rows.add(still[text]);
    return NDArrays.concat(rows);
  }
}
