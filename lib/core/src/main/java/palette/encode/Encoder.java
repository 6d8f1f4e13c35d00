package palette.encode;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import palette.data.Embedder;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.support.Sha256;

/**
 * A text encoder that can learn: given to a spec by {@code encoder(..)}, its layers are trained
 * together with the family's maps. As an {@link Embedder} it gives the vectors that it has now.
 * What a text's vector is does not depend on the texts beside it.
 *
 * <p>What a fit leaves is another encoder: this one's numbers, which are shared and not copied to
 * files, and those that were learned in the place of some.
 */
public final class Encoder implements Embedder {
  private static final int KEPT = 20_000; // vectors

  private final Encoder origin; // null: itself
  private final String fingerprint;
  private final int dimension;
  private final int longest;
  private final Function<List<String>, float[][]> plain; // null: the transformer
  private final Supplier<Backbone> source;
  private final Map<String, Tensor> changes;
  // A person after the other is placed by answers about the same texts.
  private final Map<String, float[]> kept = new ConcurrentHashMap<>();
  private Backbone backbone; // once it is wanted

  /**
   * An encoder whose numbers are read when they are first wanted.
   *
   * @param fingerprint names the numbers, by a hash
   * @param dimension d
   * @param longest the most tokens of a text; what lies beyond is not read
   * @param plain gives the vectors of one that has learned nothing, from a cache perhaps; null: the
   *     numbers themselves do
   */
  public Encoder(
      String fingerprint,
      int dimension,
      int longest,
      Function<List<String>, float[][]> plain,
      Supplier<Backbone> source) {
    this.origin = null;
    this.fingerprint = fingerprint;
    this.dimension = dimension;
    this.longest = longest;
    this.plain = plain;
    this.source = source;
    this.changes = Map.of();
  }

  private Encoder(Encoder origin, Map<String, Tensor> changes, int longest) {
    this.origin = origin;
    this.fingerprint = origin.fingerprint + ", learned " + hash(changes) + ", " + longest;
    this.dimension = origin.dimension;
    this.longest = Math.min(longest, origin.longest);
    this.plain = null;
    this.source = origin::backbone;
    this.changes = Map.copyOf(changes);
  }

  /** The numbers before anything was learned. */
  public synchronized Backbone backbone() {
    if (backbone == null) backbone = source.get();
    return backbone;
  }

  /** The encoder that this one was before it learned; itself where it has not. */
  public Encoder origin() {
    return origin == null ? this : origin;
  }

  /** The same, reading at most so many tokens of a text, with what was learned by name. */
  public Encoder learned(Map<String, Tensor> numbers, int mostTokens) {
    return new Encoder(origin(), numbers, mostTokens);
  }

  private static String hash(Map<String, Tensor> changes) {
    var digest = Sha256.begin();
    new TreeMap<>(changes)
        .forEach(
            (name, tensor) -> {
              digest.update(name.getBytes(StandardCharsets.UTF_8));
              var bytes = ByteBuffer.allocate(Float.BYTES * tensor.values().length);
              bytes.asFloatBuffer().put(tensor.values());
              digest.update(bytes);
            });
    return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
  }

  /** A text as the numbers of its tokens, at most so many. */
  public long[] tokens(String text, int most) {
    return backbone().tokenizer().ids(text, Math.min(most, longest));
  }

  @Override
  public float[][] embed(List<String> texts) {
    if (plain != null) return plain.apply(texts);
    if (kept.size() > KEPT) kept.clear();
    var left = texts.stream().filter(text -> !kept.containsKey(text)).distinct().toList();
    if (!left.isEmpty()) encode(left);
    return texts.stream().map(text -> kept.get(text).clone()).toArray(float[][]::new);
  }

  private void encode(List<String> texts) {
    var ids = texts.stream().map(text -> tokens(text, longest)).toList();
    try (var manager = Torch.manager(Device.cpu())) {
      var still = new Transformer(backbone(), 0, changes.keySet(), manager, DataType.FLOAT32);
      var learned = new HashMap<String, NDArray>();
      changes.forEach((name, t) -> learned.put(name, Torch.aligned(manager, t, DataType.FLOAT32)));
      Transformer.each(
          ids, i -> kept.put(texts.get(i), still.vector(learned, ids.get(i)).toFloatArray()));
    }
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public String toString() {
    return fingerprint;
  }
}
