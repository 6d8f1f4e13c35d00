package palette.embed;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  // Alike in all that come in packages.
  private static final int HEADS = 12;
  private static final int POSITIONS = 512;
  private static final double EPSILON = 1e-12;
  private static final Map<Packaged, Encoder> PACKAGED = new ConcurrentHashMap<>();

  private Encoders() {}

  /**
   * MiniLM, 384 numbers a text: the encoder of {@link Embedders#miniLm}, whose numbers are read
   * from the same jar. Six layers of 1.8 million numbers can learn.
   */
  public static Encoder miniLm() {
    return packaged(Packaged.MINI_LM);
  }

  /**
   * The encoder of {@link Embedders#bgeSmall}: twelve layers can learn.
   *
   * @throws palette.support.InputException without its jar
   */
  public static Encoder bgeSmall() {
    return packaged(Packaged.BGE_SMALL);
  }

  /**
   * The encoder of {@link Embedders#e5Small}: twelve layers can learn.
   *
   * @throws palette.support.InputException without its jar
   */
  public static Encoder e5Small() {
    return packaged(Packaged.E5_SMALL);
  }

  /** One a process. */
  static Encoder packaged(Packaged from) {
    return PACKAGED.computeIfAbsent(
        from.required(),
        key ->
            new Encoder(
                from.fingerprint() + "-encoder",
                from.dimension(),
                POSITIONS,
                texts -> Embedders.packaged(from).embed(texts),
                () -> read(from)));
  }

  private static Backbone read(Packaged from) {
    var weights = OnnxWeights.read(from.file, from.weights());
    return new Backbone(from.file, weights, HEADS, EPSILON, from.first, from.tokens()::cut);
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
