package palette.embed;

import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * all-MiniLM-L6-v2 from langchain4j's jar. Only the two files are taken from there: langchain4j
 * itself runs one text at a time on all cores, which is slower by half.
 */
enum MiniLm implements Embedder {
  INSTANCE;

  static final String MODEL = "/all-minilm-l6-v2.onnx";
  static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";

  private SentenceEncoder encoder;
  private String fingerprint;

  // The files are read apart for the fingerprint: a cache that knows every text needs no more.
  private synchronized SentenceEncoder encoder() {
    if (encoder == null) {
      var model = resource(MODEL);
      var tokens = new Tokens("MiniLM's tokenizer", resource(TOKENIZER));
      var session = new OnnxSession("MiniLM", (ort, options) -> ort.createSession(model, options));
      encoder = new SentenceEncoder(tokens, session, fingerprint());
    }
    return encoder;
  }

  private static byte[] resource(String name) {
    // A class literal does not initialise the class, which would load the model a second time.
    try (var in = AllMiniLmL6V2EmbeddingModel.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + name + " from its jar", e);
    }
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
      var hash = ModelHash.of(resource(TOKENIZER), resource(MODEL));
      fingerprint = hash.fingerprint("all-minilm-l6-v2");
    }
    return fingerprint;
  }

  @Override
  public String toString() {
    return fingerprint();
  }
}
