package palette.family.fast;

import palette.fit.PrototypeRewards;
import palette.fit.Task;

/**
 * f(x) = A x for the entries of a batch, A [d][D], and the way back to A: a matrix product each. By
 * plain loops where x is short; libtorch's products are faster from where the JVM's vector
 * instructions wait for memory. In double precision both, so they differ by rounding only.
 */
interface LinearMap extends AutoCloseable {

  /** The one that is faster. */
  static LinearMap of(Task task) {
    return isLibtorchs(task)
        ? new NativeMap(task.data(), task.threads())
        : new HeapMap(task.data());
  }

  /** Whether x has 64 numbers or more and a step 20,000; measured with d = 2 to 64. */
  static boolean isLibtorchs(Task task) {
    long inputs = task.sizes().inputs();
    return inputs >= 64 && task.placesAStep() * inputs >= 20_000;
  }

  /** u_l = (A x)_l of these places, [d][at least count]; 0, and A null, where D = 0. */
  void map(PrototypeRewards.Lookup places, double[] a, double[][] u);

  /** Keeps what has to be gathered for places that will be mapped again and again. */
  default void keep(PrototypeRewards.Lookup places) {}

  /** dA += sum over those places of du x^T. */
  void back(double[][] du, double[] da);

  /** Frees what lies outside the heap. */
  @Override
  default void close() {}
}
