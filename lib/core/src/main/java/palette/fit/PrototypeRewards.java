package palette.fit;

import java.util.Arrays;
import java.util.Map;
import palette.engine.Snapshot;
import palette.engine.Tensor;

/**
 * The rewards R_k of some items in training, those of a user who is prototype k alone, and the way
 * back from R to what is learned. It holds what it learns.
 */
public interface PrototypeRewards extends AutoCloseable {

  /**
   * What is looked up: the first {@code count} of some entries, each with its prompt or -1 where
   * prompts count; null stands for the entries in their own order.
   */
  record Lookup(int[] entries, int[] prompts, int count) {

    /** The same in memory of its own. */
    Lookup copy() {
      int[] some = entries == null ? null : Arrays.copyOf(entries, count);
      return new Lookup(some, prompts, count);
    }

    /** The entry at a place. */
    public int entry(int place) {
      return entries == null ? place : entries[place];
    }
  }

  /** How many places may be looked up in one go; a step of more goes by parts. */
  default int atOnce() {
    return Integer.MAX_VALUE;
  }

  /** Works out R. */
  void forward(Lookup lookup);

  /** The same for one more part of a step, whose gradients add to those of the parts before. */
  default void forwardMore(Lookup lookup) {
    forward(lookup);
  }

  /** The same without a way back, for what is looked up again and again. */
  default void forwardOnly(Lookup lookup) {
    forward(lookup);
  }

  /** R, [K][at least count]. */
  double[][] r();

  /** dL/dR, zero after {@link #forward}; the caller sums into it. */
  double[][] dr();

  /** From dL/dR to the gradients of all that is learned. */
  void backward();

  /** One step of Adam by the gradients. */
  void step();

  /** A copy of what is learned, by name. */
  Map<String, Tensor> parameters();

  /** All that decides how it goes on, between two steps. */
  void state(Snapshot state);

  /** The gradients that {@link #backward} found, by name. */
  Map<String, double[]> gradients();

  @Override
  void close();
}
