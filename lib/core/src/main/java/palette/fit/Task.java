package palette.fit;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import palette.encode.EncodedTexts;
import palette.encode.Encoder;
import palette.encode.Tuning;
import palette.reward.Loss;
import palette.reward.Settings;

/**
 * All that a fit is about, but for the numbers that it starts from.
 *
 * @param encoder of the texts, where it learns as well; null where vectors stay as they are
 */
public record Task(
    Basis basis,
    TrainingSet data,
    Sizes sizes,
    Settings settings,
    Loss loss,
    Parameter.Groups groups,
    Device device,
    DataType type,
    Encoder encoder) {

  /** What a fit of a spec is about; in single precision. */
  public static Task of(ModelSpec spec, TrainingSet data, Device device) {
    return of(spec, data, device, spec.carriesIdentities(data));
  }

  static Task of(ModelSpec spec, TrainingSet data, Device device, boolean identities) {
    var sizes = data.sizes(spec.settings(), identities);
    var groups = Parameter.Groups.of(spec, sizes);
    return new Task(
        spec.basis(),
        data,
        sizes,
        spec.settings(),
        spec.loss(),
        groups,
        device,
        DataType.FLOAT32,
        spec.encoder());
  }

  /** Whether an item's rewards hang on what was asked, so that each side of a pair is its own. */
  public boolean perSide() {
    return !basis.joint() && data.prompts.size() > 0;
  }

  /** The texts that an encoder which learns will read. */
  EncodedTexts texts(NDManager manager) {
    var all =
        Stream.concat(data.entries.texts().stream(), data.promptTexts().stream())
            .flatMap(List::stream)
            .filter(Objects::nonNull)
            .toList();
    var tuning = Tuning.of(settings.get(ModelSpec.TUNING));
    int most = settings.get(ModelSpec.TEXT_LENGTH);
    return new EncodedTexts(encoder, tuning, most, threads(), all, manager, type);
  }

  /** The way it goes: the family's own, or where an encoder learns the one that it can go. */
  public Plan plan() {
    var own = basis.plan(this); // what a family refuses it refuses with an encoder, too
    return encoder == null ? own : Plan.encoded(this);
  }

  /** Vectors, their table, columns of answers, users' numbers with Adam's: less than it takes. */
  long leastBytes() {
    long vectors = (long) data.entries.size() * data.entries.dimension();
    long answers = data.train.size() + (long) data.validation.size();
    return 8 * vectors + 24 * answers + 24L * data.users.size() * prototypes();
  }

  /** K. */
  public int prototypes() {
    return sizes.prototypes();
  }

  /** How many threads work; 0 in the settings asks for all cores. */
  public int threads() {
    int asked = settings.get(FitSpec.THREADS);
    return asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
  }

  /** Rows a step. */
  public int batch() {
    return Trainer.batchSize(settings.get(FitSpec.BATCH), data.train.size());
  }

  /** How many distinct items a step has at most. */
  public long placesAStep() {
    return Math.min(data.entries.size(), 2L * batch());
  }
}
