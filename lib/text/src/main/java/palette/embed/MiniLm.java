package palette.embed;

import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.util.List;
import java.util.zip.CRC32;
import palette.data.Embedder;

/**
 * all-MiniLM-L6-v2 from langchain4j's jar. Only the two files are taken from there: langchain4j
 * itself runs one text at a time on all cores, which is slower, and drops what lies beyond 126
 * tokens.
 */
enum MiniLm implements Embedder {
  INSTANCE;

  static final String MODEL = "/all-minilm-l6-v2.onnx";
  static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";

  private SentenceEncoder encoder;
  private String fingerprint;

  private synchronized SentenceEncoder encoder() {
    if (encoder == null) {
      var model = resource(MODEL);
      var tokens = new Tokens("MiniLM's tokenizer", resource(TOKENIZER));
      var session = new OnnxSession("MiniLM", (ort, options) -> ort.createSession(model, options));
      encoder = new SentenceEncoder(tokens, session, fingerprint());
    }
    return encoder;
  }

  static byte[] resource(String name) {
    // A class literal does not initialise the class, which would load the model a second time.
    try (var in = AllMiniLmL6V2EmbeddingModel.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + name + " from its jar", e);
    }
  }

  // A jar knows the checksums of what it holds, so a cache that knows every text reads no weights.
  static long checksum(String name) {
    try {
      var connection = AllMiniLmL6V2EmbeddingModel.class.getResource(name).openConnection();
      if (connection instanceof JarURLConnection jar) return jar.getJarEntry().getCrc();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + name + " from its jar", e);
    }
    return crc(resource(name));
  }

  static long crc(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
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
      var hash = ModelHash.ofChecksums(checksum(TOKENIZER), checksum(MODEL));
      fingerprint = hash.fingerprint("all-minilm-l6-v2");
    }
    return fingerprint;
  }

  @Override
  public String toString() {
    return fingerprint();
  }
}
