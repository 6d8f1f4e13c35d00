package palette.encode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import palette.engine.ThreadTeam;
import palette.engine.Torch;

/**
 * BERT (Devlin et al. 2019, arXiv 1810.04805) on a manager's device: sums of word, position and
 * type, normalized; then layers of attention and of two matrices with a GELU between, each added to
 * what it read and normalized after; the mean over a text's tokens, or the first one, scaled to
 * length 1.
 *
 * <p>Nothing is padded. The tokens of all texts lie under each other, [T][d], so that most products
 * are large ones whatever the lengths; only attention goes by groups of texts of one length.
 */
public final class Transformer {
  private final Backbone backbone;
  private final Map<String, NDArray> frozen = new HashMap<>();
  private final int lowest;

  /** All weights but those that learn; layers below {@code lowest} stand still. */
  public Transformer(
      Backbone backbone, int lowest, Set<String> learned, NDManager manager, DataType type) {
    this.backbone = backbone;
    this.lowest = lowest;
    backbone
        .weights()
        .forEach(
            (name, tensor) -> {
              if (!learned.contains(name)) frozen.put(name, Torch.aligned(manager, tensor, type));
            });
  }

  /**
   * Does something for each text, the longest first, on all cores with one thread inside an
   * operation; what is made on the way is freed. An interrupt ends it by a {@link
   * CancellationException}.
   */
  public static void each(List<long[]> texts, IntConsumer work) {
    int[] order =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparing(i -> -texts.get(i).length))
            .mapToInt(Integer::intValue)
            .toArray();
    var caller = Thread.currentThread();
    int threads = Runtime.getRuntime().availableProcessors();
    // Part 0 is the caller's, whose number of threads inside an operation is not ours to change.
    try (var team = new ThreadTeam(1 + threads)) {
      team.each(
          part -> {
            if (part == 0) return;
            Torch.threads(1);
            for (int i = part - 1; i < order.length && !caller.isInterrupted(); i += threads) {
              try (var scope = Torch.scope()) {
                work.accept(order[i]);
              }
            }
          });
    }
    if (caller.isInterrupted()) throw new CancellationException("Encoding was interrupted.");
  }

  /** The type of its numbers. */
  public DataType type() {
    return frozen.get(Backbone.WORDS).getDataType();
  }

  /** The vector of one text. */
  NDArray vector(Map<String, NDArray> learned, long[] ids) {
    var alone = List.of(ids);
    return vectors(learned, still(alone), lengths(alone));
  }

  /** Texts of one length that lie one after the other. */
  private record Group(int texts, int tokens) {}

  /** What the layers that stand still make of texts in groups by their lengths, [T][d]. */
  public NDArray still(List<long[]> texts) {
    return through(Map.of(), embedded(texts), groups(lengths(texts)), 0, lowest);
  }

  /**
   * The vectors of some texts, [n][d], by what is learned; gradients flow back into it.
   *
   * @param still what {@link #still} made of them, texts of one length beside each other
   * @param lengths of the texts, in the same order
   */
  public NDArray vectors(Map<String, NDArray> learned, NDArray still, int[] lengths) {
    var groups = groups(lengths);
    NDArray x = through(learned, still, groups, lowest, backbone.layers());
    var pooled = new NDList();
    var parts = parts(x, groups);
    for (int g = 0; g < groups.size(); g++) {
      var group = groups.get(g);
      NDArray tokens = parts.get(g).reshape(group.texts, group.tokens, backbone.dimension());
      pooled.add(
          backbone.first()
              ? tokens.split(new long[] {1}, 1).get(0).squeeze(1)
              : tokens.mean(new int[] {1}));
    }
    return Torch.unit(joined(pooled));
  }

  private static int[] lengths(List<long[]> texts) {
    return texts.stream().mapToInt(ids -> ids.length).toArray();
  }

  private static List<Group> groups(int[] lengths) {
    var groups = new ArrayList<Group>();
    for (int from = 0, to = 0; from < lengths.length; from = to) {
      while (to < lengths.length && lengths[to] == lengths[from]) to++;
      groups.add(new Group(to - from, lengths[from]));
    }
    return groups;
  }

  private NDArray embedded(List<long[]> texts) {
    long[] ids = texts.stream().flatMapToLong(Arrays::stream).toArray();
    int[] positions = new int[ids.length];
    int at = 0;
    for (long[] text : texts) for (int i = 0; i < text.length; i++) positions[at++] = i;
    NDArray words = frozen.get(Backbone.WORDS);
    NDArray sum =
        Torch.rows(words, words.getManager().create(ids))
            .add(Torch.rows(frozen.get(Backbone.POSITIONS), positions))
            .add(Torch.rows(frozen.get(Backbone.TYPES), new int[] {0}));
    return normalized(frozen, Backbone.NORM, sum);
  }

  private NDArray through(
      Map<String, NDArray> learned, NDArray x, List<Group> groups, int from, int to) {
    for (int l = from; l < to; l++) x = layer(weights(l, learned), l, x, groups);
    return x;
  }

  /** A layer's weights as they are now. */
  private Map<String, NDArray> weights(int layer, Map<String, NDArray> learned) {
    var weights = new HashMap<String, NDArray>();
    for (var name : Backbone.names(layer)) {
      NDArray w = learned.containsKey(name) ? learned.get(name) : frozen.get(name);
      NDArray a = learned.get(name + Tuning.A);
      weights.put(name, a == null ? w : w.add(learned.get(name + Tuning.B).matMul(a)));
    }
    return weights;
  }

  private NDArray layer(Map<String, NDArray> w, int l, NDArray x, List<Group> groups) {
    String attention = Backbone.name(l, "attention.output.");
    NDArray mixed = linear(w, attention + "dense", attended(w, l, x, groups));
    NDArray y = normalized(w, attention + "LayerNorm", x.add(mixed));
    NDArray wide = Torch.gelu(linear(w, Backbone.name(l, "intermediate.dense"), y));
    NDArray narrow = linear(w, Backbone.name(l, "output.dense"), wide);
    return normalized(w, Backbone.name(l, "output.LayerNorm"), y.add(narrow));
  }

  /** softmax(Q K^T / sqrt(s)) V in each head of s numbers, among the tokens of each text. */
  private NDArray attended(Map<String, NDArray> w, int l, NDArray x, List<Group> groups) {
    String self = Backbone.name(l, "attention.self.");
    double size = (double) backbone.dimension() / backbone.heads();
    NDArray queries = linear(w, self + "query", x);
    var q = parts(queries.mul(Torch.number(queries, 1 / Math.sqrt(size))), groups);
    var k = parts(linear(w, self + "key", x), groups);
    var v = parts(linear(w, self + "value", x), groups);
    var all = new NDList();
    for (int g = 0; g < groups.size(); g++) {
      var group = groups.get(g);
      NDArray scores = heads(q.get(g), group).matMul(heads(k.get(g), group).transpose(0, 1, 3, 2));
      NDArray read = scores.softmax(3).matMul(heads(v.get(g), group));
      all.add(read.transpose(0, 2, 1, 3).reshape(-1, backbone.dimension()));
    }
    return joined(all);
  }

  /** [texts * tokens][d] as [texts][heads][tokens][s]. */
  private NDArray heads(NDArray rows, Group group) {
    var shape = new Shape(group.texts, group.tokens, backbone.heads(), -1);
    return rows.reshape(shape).transpose(0, 2, 1, 3);
  }

  private static NDList parts(NDArray x, List<Group> groups) {
    long[] ends = new long[groups.size() - 1];
    int at = 0;
    for (int g = 0; g < ends.length; g++) {
      at += groups.get(g).texts * groups.get(g).tokens;
      ends[g] = at;
    }
    return ends.length == 0 ? new NDList(x) : x.split(ends);
  }

  private static NDArray joined(NDList parts) {
    return parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts);
  }

  private static NDArray linear(Map<String, NDArray> w, String name, NDArray x) {
    return Torch.wideLinear(x, w.get(name + ".weight"), w.get(name + ".bias"));
  }

  private NDArray normalized(Map<String, NDArray> w, String name, NDArray x) {
    NDArray scale = w.get(name + ".weight");
    return Torch.layerNorm(x, scale, w.get(name + ".bias"), backbone.epsilon());
  }
}
