package palette.engine;

import ai.djl.ndarray.NDArray;
import palette.support.CountedRandom;

/**
 * All numbers that decide how a fit goes on, visited in one order: to be written, and by another
 * process to be read back to the same places. What is learned says its numbers once, for both.
 */
public interface Snapshot {

  /** Whether numbers come back; otherwise they are only looked at. */
  boolean restores();

  /** A whole number; returns the one to go on with. */
  long whole(long value);

  /** Numbers that are written, or replaced in place. */
  void numbers(double[] values);

  /** The same in single precision. */
  void numbers(float[] values);

  /** The same of an array of libtorch's. */
  default void array(NDArray array) {
    double[] values = Torch.numbers(array);
    numbers(values);
    if (restores()) Torch.overwrite(array, values);
  }

  /** How far a random stream is. */
  default void random(CountedRandom random) {
    random.drawTo(whole(random.drawn()));
  }

  /** A number; returns the one to go on with. */
  default double number(double value) {
    double[] one = {value};
    numbers(one);
    return one[0];
  }
}
