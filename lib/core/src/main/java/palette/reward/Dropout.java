package palette.reward;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;

/**
 * Silences a share of the hidden units and scales the others, by a random stream of its own:
 * torch's belongs to the whole process.
 */
record Dropout(double share, SplittableRandom random) {
  /** Leaves everything as it is. */
  static final Dropout NONE = new Dropout(0, null);

  NDArray of(NDArray hidden) {
    if (share == 0) return hidden;
    float[] mask = new float[Math.toIntExact(hidden.size())];
    float kept = (float) (1 / (1 - share));
    for (int i = 0; i < mask.length; i++) mask[i] = random.nextDouble() < share ? 0 : kept;
    NDArray masks = hidden.getManager().create(mask, hidden.getShape());
    return hidden.mul(masks.toType(hidden.getDataType(), false));
  }
}
