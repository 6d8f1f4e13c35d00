package palette.reward;

import java.util.Arrays;
import java.util.Map;
import palette.engine.Tensor;

/**
 * What the prototypes make of some items, the rewards R_k of a user who is prototype k alone, and
 * the way back from R to the maps. It holds what it learns.
 */
interface Views extends AutoCloseable {

  /**
   * What is looked at: the first {@code count} of some entries, each with its prompt or -1 where
   * prompts count; null stands for the entries in their own order.
   */
  record Places(int[] entries, int[] prompts, int count) {

    /** The same places in memory of their own. */
    Places copy() {
      int[] some = entries == null ? null : Arrays.copyOf(entries, count);
      return new Places(some, prompts, count);
    }
  }

  /** Works out R for some places. */
  void look(Places places);

  /** The same without a way back, for places that are asked for again and again. */
  default void glance(Places places) {
    look(places);
  }

  /** R, [K][at least count]. */
  double[][] r();

  /** dL/dR, zero after a look; the caller sums into it. */
  double[][] dr();

  /** From dL/dR to the gradients of all that is learned. */
  void back();

  /** One step of Adam by the gradients. */
  void step();

  /** A copy of what is learned, by name. */
  Map<String, Tensor> parameters();

  /** The numbers of a parameter, where they can be written to; for tests. */
  double[] values(String name);

  /** The gradients that {@link #back} found, for tests. */
  Map<String, double[]> gradients();

  @Override
  void close();
}
