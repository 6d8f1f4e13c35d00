package palette.embed;

import java.nio.file.Path;
import palette.encode.Backbone;
import palette.encode.Encoder;

/**
 * The encoders that can learn together with a model of people:
 *
 * <pre>{@code
 * var large = PalB.spec().encoder(Encoders.miniLm(), Tuning.last(2)).fit(texts);
 * }</pre>
 */
public final class Encoders {
  private static final int MINI_LM_HEADS = 12;
  private static final int MINI_LM_POSITIONS = 512;
  private static final double MINI_LM_EPSILON = 1e-12;
  private static final Encoder MINI_LM =
      new Encoder(
          MiniLm.INSTANCE.fingerprint() + "-encoder",
          MiniLm.INSTANCE.dimension(),
          MINI_LM_POSITIONS,
          texts -> Embedders.miniLm().embed(texts),
          Encoders::readMiniLm);

  private Encoders() {}

  /**
   * MiniLM, 384 numbers a text: the encoder of {@link Embedders#miniLm}, whose numbers are read
   * from the same jar. Six layers of 1.8 million numbers can learn.
   */
  public static Encoder miniLm() {
    return MINI_LM;
  }

  private static Backbone readMiniLm() {
    var tokens = new Tokens("MiniLM's tokenizer", MiniLm.resource(MiniLm.TOKENIZER));
    var weights = OnnxWeights.read("MiniLM", MiniLm.resource(MiniLm.MODEL));
    return new Backbone("MiniLM", weights, MINI_LM_HEADS, MINI_LM_EPSILON, tokens::cut);
  }

  /**
   * An encoder of one's own in the files of Hugging Face's transformers: {@code config.json},
   * {@code model.safetensors} in single precision, {@code tokenizer.json}. It has to be BERT-like,
   * and its vector the mean over the tokens: MiniLM, e5 and their kin. The files are read when they
   * are first wanted, but for their hash, which names the encoder in saved models.
   *
   * @throws palette.support.InputException if a file is missing or is not what it should be
   */
  public static Encoder folder(Path dir) {
    return BertFolder.of(dir).encoder();
  }
}
