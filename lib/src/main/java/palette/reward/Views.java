package palette.reward;

import java.util.Map;
import palette.engine.Tensor;

/**
 * What the prototypes make of some entries: R_k = 2 u.q_k - |u|^2 with the mapped entry u and the
 * mapped prototype q_k, and the way back from R to the map. It holds what it learns.
 */
interface Views extends AutoCloseable {

  /** Works out R for the first {@code count} of some entries, or for all (null). */
  void look(int[] entries, int count);

  /** The same without a way back. */
  default void glance(int[] entries, int count) {
    look(entries, count);
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
