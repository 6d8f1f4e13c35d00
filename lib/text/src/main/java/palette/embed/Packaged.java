package palette.embed;

import java.net.JarURLConnection;
import java.util.List;
import java.util.zip.CRC32;
import palette.data.Embedder;
import palette.support.Bundled;
import palette.support.InputException;
import palette.support.Reasons;

/**
 * The encoders that langchain4j's jars carry; MiniLM's comes with Palette. Only the two files are
 * taken from there: langchain4j itself runs one text at a time on all cores, which is slower, and
 * drops what lies beyond 510 tokens, or 126.
 */
enum Packaged implements Embedder {
  MINI_LM("all-minilm-l6-v2", false, ""),
  BGE_SMALL("bge-small-en-v1.5", true, ""),
  // "Use the prefix if you want to use embeddings as features": its card.
  E5_SMALL("e5-small-v2", false, "query: "),
  MINI_LM_INT8(MINI_LM),
  BGE_SMALL_INT8(BGE_SMALL),
  E5_SMALL_INT8(E5_SMALL);

  final String file;
  final boolean first;
  private final String prefix;
  final boolean int8;

  private SentenceEncoder encoder;
  private String fingerprint;

  /** {@code first}: a text's vector is that of its first token, not the mean of all. */
  Packaged(String file, boolean first, String prefix) {
    this.file = file;
    this.first = first;
    this.prefix = prefix;
    this.int8 = false;
  }

  /** The same in {@link EightBits}. */
  Packaged(Packaged whole) {
    this.file = whole.file;
    this.first = whole.first;
    this.prefix = whole.prefix;
    this.int8 = true;
  }

  /** The coordinates of its jar. */
  private String artifact() {
    String version =
        file.equals(E5_SMALL.file) ? "1.11.0-beta19" : "1.20.0-beta30"; // the last ones there are
    return "dev.langchain4j:langchain4j-embeddings-" + file.replace(".", "") + ":" + version;
  }

  /** Whether its jar is on the class path. */
  boolean isThere() {
    return Packaged.class.getResource(model()) != null;
  }

  /** This one, if it is there. */
  Packaged required() {
    if (isThere()) return this;
    throw new InputException(
        "encoder " + file,
        "its jar on the class path, " + artifact(),
        "none",
        "Add that dependency, or start with PALETTE_PROFILES=encoders ./palette lab.");
  }

  private String model() {
    return "/" + file + ".onnx";
  }

  private String tokenizer() {
    return "/" + file + "-tokenizer.json";
  }

  /** The bytes of its ONNX file. */
  byte[] weights() {
    return bytes(model());
  }

  /** The bytes of its tokenizer's file. */
  byte[] words() {
    return bytes(tokenizer());
  }

  Tokens tokens() {
    return new Tokens(file + "'s tokenizer", words(), prefix);
  }

  private synchronized SentenceEncoder encoder() {
    if (encoder == null) {
      var model = int8 ? EightBits.of(weights()) : weights();
      var session = new OnnxSession(file, first, (ort, how) -> ort.createSession(model, how));
      encoder = new SentenceEncoder(tokens(), session, fingerprint());
    }
    return encoder;
  }

  private byte[] bytes(String name) {
    required();
    return Bundled.bytes(Packaged.class, name);
  }

  /** The CRC-32 of its ONNX file. */
  long checksum() {
    return checksum(model());
  }

  // A jar knows the checksums of what it holds, so a cache that knows every text reads no weights.
  private long checksum(String name) {
    required();
    var url = Packaged.class.getResource(name);
    return Reasons.attempt(
        "read " + name,
        () -> {
          if (url.openConnection() instanceof JarURLConnection jar)
            return jar.getJarEntry().getCrc();
          var crc = new CRC32();
          crc.update(bytes(name));
          return crc.getValue();
        });
  }

  @Override
  public float[][] embed(List<String> texts) {
    return encoder().embed(texts);
  }

  @Override
  public int dimension() {
    return 384;
  }

  @Override
  public synchronized String fingerprint() {
    if (fingerprint == null) {
      String how = prefix + (first ? "first token" : "") + (int8 ? "eight bits" : "");
      var hash = ModelHash.ofChecksums(checksum(tokenizer()), checksum(), how);
      fingerprint = hash.fingerprint(int8 ? file + "-int8" : file);
    }
    return fingerprint;
  }

  @Override
  public String toString() {
    return fingerprint();
  }
}
